package io.tandem.connect.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.tandem.connect.source.Servers.Databases;
import io.tandem.testbed.Grants;
import io.tandem.testbed.SingleGrant;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A source works with the rights that docs/security.md lists. Each of them is needed: without it the check names the table,
 * and the application does not notice.
 */
@ParameterizedClass
@EnumSource(Vendor.class)
@ExtendWith(Servers.class)
class SourceGrantsTest {

    private static final List<String> TABLES = List.of("account", "line");

    private final Vendor vendor;
    private final Databases databases;
    private int accounts;

    SourceGrantsTest(Vendor vendor, Databases databases) {
        this.vendor = vendor;
        this.databases = databases;
    }

    private TestDatabase create() {
        String generated = "BIGINT " + (vendor == Vendor.POSTGRESQL ? "GENERATED ALWAYS AS IDENTITY" : "AUTO_INCREMENT")
                + " PRIMARY KEY";
        TestDatabase database = databases.create(vendor);
        database.execute(
                "CREATE TABLE account (id " + generated + ", account_no INT NOT NULL UNIQUE, name VARCHAR(20))",
                "CREATE TABLE line (id " + generated + ", account_id BIGINT NOT NULL REFERENCES account (id), "
                        + "line_no INT NOT NULL, UNIQUE (account_id, line_no))");
        return database;
    }

    /** Lines refer to generated keys, so there is a journal of rows, too. */
    private static Map<String, String> settings(TestDatabase database, String install) {
        Map<String, String> settings = new HashMap<>(database.settings("legacy"));
        settings.putAll(Map.of(
                "aggregate", "account",
                "aggregate.root", "account",
                "aggregate.key", "account_no",
                "aggregate.children", "line",
                "aggregate.children.line.key", "line_no",
                "topic", "accounts",
                "source.poll.interval.ms", "1",
                "clock.install", install));
        return settings;
    }

    private Grants grants(TestDatabase database) {
        return Grants.of(settings(database, "create"), Vendor.TANDEM, database.schema());
    }

    private static String name(TestDatabase database, Grants.Install install) {
        return Grants.name(database.server(), Grants.Role.SOURCE, install);
    }

    /** The application writes, whatever rights Tandem has. */
    private void write(TestDatabase database) {
        int number = ++accounts;
        database.executeAsApplication(
                TABLES,
                "INSERT INTO account (account_no, name) VALUES (" + number + ", 'Ann')",
                "INSERT INTO line (account_id, line_no) SELECT id, 1 FROM account WHERE account_no = " + number,
                "UPDATE line SET line_no = 2 WHERE account_id IN (SELECT id FROM account WHERE account_no = " + number
                        + ")");
    }

    /** What an error has to name; without USAGE there is no knowing which schema is meant. */
    private static String named(SingleGrant single) {
        return single.right().equals("USAGE") ? "USAGE" : single.name();
    }

    private static String complaints(Map<String, String> settings) {
        return new AlignmentSourceConnector()
                .validate(settings).configValues().stream()
                        .flatMap(value -> value.errorMessages().stream())
                        .collect(Collectors.joining("\n"));
    }

    @Test
    void with_all_tables_and_triggers_installed_by_a_dba() throws Exception {
        TestDatabase database = create();
        Map<String, String> settings = settings(database, "validate");
        database.installAsAdministrator(settings);
        String name = name(database, Grants.Install.VALIDATE);
        List<SingleGrant> singles = new ArrayList<>();
        try (Connection administrator = database.connect()) {
            Grants installed = grants(database).installed(administrator);
            for (String grants : List.of(name, Grants.rowsName(database.server()))) {
                installed.run(administrator, grants);
                singles.addAll(installed.singles(grants));
            }
        }
        assertThat(singles).hasSizeGreaterThan(10);
        assertThat(complaints(settings)).isEmpty();
        try (Source source = Source.startAsItIs(settings)) {
            write(database);
            assertThat(source.drain()).hasSize(1);
        }

        for (SingleGrant single : singles) {
            database.execute(single.revoke());

            assertThat(complaints(settings)).as(single.revoke()).contains(named(single));
            write(database);
            if (!single.right().equals("TRIGGER")) {
                Throwable failure = catchThrowable(() -> {
                    try (Source source = Source.startAsItIs(settings)) {
                        source.drain();
                    }
                });
                assertThat(failure).as(single.revoke()).hasMessageContaining(named(single));
            }

            database.execute(single.grant());
        }
        try (Source source = Source.startAsItIs(settings)) {
            assertThat(source.drain()).hasSize(singles.size());
        }
    }

    @Test
    void with_tables_and_triggers_that_the_connector_creates() throws Exception {
        TestDatabase complete = createGranted();
        List<SingleGrant> singles = grants(complete).singles(name(complete, Grants.Install.CREATE));
        try (Source source = Source.startAsItIs(settings(complete, "create"))) {
            assertThat(source.idle()).isEmpty();
            write(complete);
            assertThat(source.drain()).hasSize(1);
        }

        for (int i = 0; i < singles.size(); i++) {
            TestDatabase database = createGranted();
            SingleGrant single = grants(database)
                    .singles(name(database, Grants.Install.CREATE))
                    .get(i);
            if (!isForCreation(single)) {
                continue;
            }
            database.execute(single.revoke());
            AlignmentSourceConnector connector = new AlignmentSourceConnector();

            Throwable failure = catchThrowable(() -> connector.start(settings(database, "create")));

            assertThat(failure).as(single.revoke()).hasMessageContaining(named(single));
            write(database);
        }
    }

    /**
     * The others are those of the first test. A clock table is changed only when a master is added, and of the journals of rows only that of the root is needed here.
     */
    private static boolean isForCreation(SingleGrant single) {
        return switch (single.right()) {
            case "CREATE", "TRIGGER" -> !single.name().contains("$line");
            case "ALTER" -> false;
            default -> single.name().startsWith("tandem_") && !single.name().contains("$line");
        };
    }

    private TestDatabase createGranted() throws SQLException {
        TestDatabase database = create();
        try (Connection administrator = database.connect()) {
            grants(database).run(administrator, name(database, Grants.Install.CREATE));
        }
        return database;
    }
}
