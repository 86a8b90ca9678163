package io.tandem.connect.sink;

import io.tandem.testbed.DatabaseServer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** One server per vendor for all tests of the module, and empty databases on it that go when the test is over. */
final class Servers implements ParameterResolver, AfterEachCallback {

    /** What the tests get. */
    interface Databases {
        /** A new, empty database. */
        TestDatabase create(Vendor vendor);

        /** The server that holds them. */
        DatabaseServer server(Vendor vendor);
    }

    private final List<TestDatabase> open = new ArrayList<>();

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Databases.class;
    }

    @Override
    public Databases resolveParameter(ParameterContext parameter, ExtensionContext context) {
        ExtensionContext root = context.getRoot();
        return new Databases() {
            @Override
            public TestDatabase create(Vendor vendor) {
                TestDatabase database = TestDatabase.create(vendor, server(vendor));
                open.add(database);
                return database;
            }

            @Override
            public DatabaseServer server(Vendor vendor) {
                return root.getStore(Namespace.create(Servers.class))
                        .getOrComputeIfAbsent(vendor, Vendor::start, DatabaseServer.class);
            }
        };
    }

    @Override
    public void afterEach(ExtensionContext context) {
        open.forEach(TestDatabase::close);
        open.clear();
    }
}
