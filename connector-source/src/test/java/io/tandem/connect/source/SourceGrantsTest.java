package io.tandem.connect.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.testbed.Grants;
import io.tandem.testbed.SingleGrant;
import io.tandem.testbed.Vendor;
import io.tandem.testbed.fixtures.RightsTrial;
import io.tandem.testbed.fixtures.Servers;
import io.tandem.testbed.fixtures.Servers.Databases;
import io.tandem.testbed.fixtures.TestDatabase;
import java.util.List;
import java.util.Map;
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
    private RightsTrial trial() {
        TestDatabase database = create();
        Map<String, String> settings = database.settings("legacy");
        settings.putAll(Map.of(
                "aggregate", "account",
                "aggregate.root", "account",
                "aggregate.key", "account_no",
                "aggregate.children", "line",
                "aggregate.children.line.key", "line_no",
                "topic", "accounts",
                "source.poll.interval.ms", "1"));
        return new RightsTrial(Source.KIND, database, settings, () -> write(database));
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

    private static void sendsOneWrite(RightsTrial trial, Source source) {
        trial.write();
        assertThat(source.drain()).hasSize(1);
    }

    @Test
    void with_all_tables_and_triggers_installed_by_a_dba() throws Exception {
        RightsTrial trial = trial();
        List<SingleGrant> singles = trial.installAsAdministrator();
        Map<String, String> settings = trial.settings(Grants.Install.VALIDATE);
        assertThat(singles).hasSizeGreaterThan(10);
        assertThat(Source.KIND.complaints(settings)).isEmpty();
        try (Source source = Source.startAsItIs(settings)) {
            sendsOneWrite(trial, source);
        }

        trial.needsEach(singles, () -> {
            try (Source source = Source.startAsItIs(settings)) {
                source.drain();
            }
        });

        try (Source source = Source.startAsItIs(settings)) {
            assertThat(source.drain()).hasSize(singles.size());
        }
    }

    /** Of the journals of rows only that of the root is needed here. */
    @Test
    void with_tables_and_triggers_that_the_connector_creates() throws Exception {
        RightsTrial complete = trial();
        List<SingleGrant> singles = complete.allowCreation();
        try (Source source = Source.startAsItIs(complete.settings(Grants.Install.CREATE))) {
            assertThat(source.idle()).isEmpty();
            sendsOneWrite(complete, source);
        }

        RightsTrial.creationNeedsEach(singles, this::trial, "$line");
    }
}
