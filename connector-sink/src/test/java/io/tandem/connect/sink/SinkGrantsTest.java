package io.tandem.connect.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.tandem.connect.sink.Servers.Databases;
import io.tandem.testbed.Grants;
import io.tandem.testbed.SingleGrant;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A sink works with the rights that docs/security.md lists. Each of them is needed: without it the check and the task name
 * the table, nothing is applied by halves, and the application does not notice.
 */
@ParameterizedClass
@EnumSource(Vendor.class)
@ExtendWith(Servers.class)
class SinkGrantsTest {

    private static final List<String> TABLES = List.of("customer", "address");

    private final Vendor vendor;
    private final Databases databases;
    private int customers = 100;

    SinkGrantsTest(Vendor vendor, Databases databases) {
        this.vendor = vendor;
        this.databases = databases;
    }

    private static Map<String, String> settings(TestDatabase database, String install) {
        Map<String, String> settings = new HashMap<>(database.settings("modern"));
        settings.put("clock.install", install);
        settings.put("topics", Change.TOPIC);
        return settings;
    }

    private static Grants grants(TestDatabase database) {
        return Grants.of(settings(database, "create"), Vendor.TANDEM, database.schema());
    }

    private static String name(TestDatabase database, Grants.Install install) {
        return Grants.name(database.server(), Grants.Role.SINK, install);
    }

    /** The application writes, whatever rights Tandem has. */
    private void write(TestDatabase database) {
        int number = ++customers;
        database.executeAsApplication(
                TABLES,
                "INSERT INTO customer (id, name) VALUES (" + number + ", 'Ann')",
                "INSERT INTO address (id, customer_id, city) VALUES (" + number + ", " + number + ", 'Rome')",
                "UPDATE address SET city = 'Oslo' WHERE id = " + number,
                "DELETE FROM address WHERE id = " + number,
                "DELETE FROM customer WHERE id = " + number);
    }

    /** All that a sink does: inserts, updates and deletes of root and child rows, and a fold of what was written here. */
    private static void applyAll(TestDatabase database, long id, Map<String, String> settings) {
        try (Sink sink = Sink.startAsItIs(settings)) {
            sink.apply(Change.named(id, "Ann").clock(1, 0).address(id, "Rome").address(id + 1, "Oslo"));
            database.execute("UPDATE customer SET note = 'here' WHERE id = " + id);
            sink.apply(Change.named(id, "Anna")
                    .clock(2, 0)
                    .at(Change.LATEST - 1)
                    .with("note", null)
                    .address(id, "Bonn"));
            sink.apply(Change.deleted(id).clock(3, 1).at(Change.LATEST));
        }
    }

    /** What an error has to name; without USAGE there is no knowing which schema is meant. */
    private static String named(SingleGrant single) {
        return single.right().equals("USAGE") ? "USAGE" : single.name();
    }

    private static String complaints(Map<String, String> settings) {
        return new AlignmentSinkConnector()
                .validate(settings).configValues().stream()
                        .flatMap(value -> value.errorMessages().stream())
                        .collect(Collectors.joining("\n"));
    }

    @Test
    void with_all_tables_and_triggers_installed_by_a_dba() throws Exception {
        TestDatabase database = databases.create(vendor).withTables();
        Map<String, String> settings = settings(database, "validate");
        database.installAsAdministrator(settings);
        List<SingleGrant> singles;
        try (Connection administrator = database.connect()) {
            Grants installed = grants(database).installed(administrator);
            String name = name(database, Grants.Install.VALIDATE);
            installed.run(administrator, name);
            singles = installed.singles(name);
        }
        assertThat(singles).hasSizeGreaterThan(10);
        assertThat(complaints(settings)).isEmpty();
        applyAll(database, 1, settings);

        long id = 1;
        for (SingleGrant single : singles) {
            long next = id += 10;
            database.execute(single.revoke());

            assertThat(complaints(settings)).as(single.revoke()).contains(named(single));
            write(database);
            if (!single.right().equals("TRIGGER")) {
                assertThat(catchThrowable(() -> applyAll(database, next, settings)))
                        .as(single.revoke())
                        .hasMessageContaining(named(single));
            }

            database.execute(single.grant());
        }
        applyAll(database, id + 10, settings);
    }

    @Test
    void with_tables_and_triggers_that_the_connector_creates() throws Exception {
        TestDatabase complete = createGranted();
        List<SingleGrant> singles = grants(complete).singles(name(complete, Grants.Install.CREATE));
        applyAll(complete, 1, settings(complete, "create"));

        for (int i = 0; i < singles.size(); i++) {
            TestDatabase database = createGranted();
            SingleGrant single = grants(database)
                    .singles(name(database, Grants.Install.CREATE))
                    .get(i);
            if (!isForCreation(single)) {
                continue;
            }
            database.execute(single.revoke());
            AlignmentSinkConnector connector = new AlignmentSinkConnector();

            Throwable failure = catchThrowable(() -> connector.start(settings(database, "create")));

            assertThat(failure).as(single.revoke()).hasMessageContaining(named(single));
            write(database);
        }
    }

    /**
     * The others are those of the first test. A clock table is changed only when a master is added, and there is no journal of rows here.
     */
    private static boolean isForCreation(SingleGrant single) {
        return switch (single.right()) {
            case "CREATE", "TRIGGER" -> !single.name().contains("$");
            case "ALTER" -> false;
            default -> single.name().startsWith("tandem_") && !single.name().contains("$");
        };
    }

    private TestDatabase createGranted() throws SQLException {
        TestDatabase database = databases.create(vendor).withTables();
        try (Connection administrator = database.connect()) {
            grants(database).run(administrator, name(database, Grants.Install.CREATE));
        }
        return database;
    }
}
