package io.tandem.connect.database;

import io.tandem.testbed.DatabaseServer;
import io.tandem.testbed.Vendor;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.support.AnnotationConsumer;
import org.junit.jupiter.params.support.ParameterDeclarations;

/** Empty databases on one server per vendor, which ends with the last test; JUnit closes each after its test. */
final class TestDatabases implements ArgumentsProvider, AnnotationConsumer<DatabaseTest> {

    private List<Vendor> vendors = List.of();

    @Override
    public void accept(DatabaseTest annotation) {
        vendors = List.of(annotation.value());
    }

    @Override
    public Stream<Arguments> provideArguments(ParameterDeclarations parameters, ExtensionContext context) {
        return vendors.stream().map(vendor -> {
            DatabaseServer server = context.getRoot()
                    .getStore(Namespace.create(TestDatabases.class))
                    .getOrComputeIfAbsent(vendor, Vendor::start, DatabaseServer.class);
            return Arguments.of(new TestDatabase(vendor, server));
        });
    }
}
