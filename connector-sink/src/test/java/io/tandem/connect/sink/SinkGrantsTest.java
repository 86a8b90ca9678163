package io.tandem.connect.sink;

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
    private long applied = 1000;

    SinkGrantsTest(Vendor vendor, Databases databases) {
        this.vendor = vendor;
        this.databases = databases;
    }

    private RightsTrial trial() {
        TestDatabase database = databases.create(vendor).withTables();
        Map<String, String> settings = database.settings("modern");
        settings.put("topics", Change.TOPIC);
        return new RightsTrial(Sink.KIND, database, settings, () -> write(database));
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
    private void applyAll(RightsTrial trial, Grants.Install install) {
        long id = applied += 10;
        try (Sink sink = Sink.startAsItIs(trial.settings(install))) {
            sink.apply(Change.named(id, "Ann").clock(1, 0).address(id, "Rome").address(id + 1, "Oslo"));
            trial.database().execute("UPDATE customer SET note = 'here' WHERE id = " + id);
            sink.apply(Change.named(id, "Anna")
                    .clock(2, 0)
                    .at(Change.LATEST - 1)
                    .with("note", null)
                    .address(id, "Bonn"));
            sink.apply(Change.deleted(id).clock(3, 1).at(Change.LATEST));
        }
    }

    @Test
    void with_all_tables_and_triggers_installed_by_a_dba() throws Exception {
        RightsTrial trial = trial();
        List<SingleGrant> singles = trial.installAsAdministrator();
        assertThat(singles).hasSizeGreaterThan(10);
        assertThat(Sink.KIND.complaints(trial.settings(Grants.Install.VALIDATE)))
                .isEmpty();
        applyAll(trial, Grants.Install.VALIDATE);

        trial.needsEach(singles, () -> applyAll(trial, Grants.Install.VALIDATE));

        applyAll(trial, Grants.Install.VALIDATE);
    }

    /** There is no journal of rows here. */
    @Test
    void with_tables_and_triggers_that_the_connector_creates() throws Exception {
        RightsTrial complete = trial();
        List<SingleGrant> singles = complete.allowCreation();
        applyAll(complete, Grants.Install.CREATE);

        RightsTrial.creationNeedsEach(singles, this::trial, "$");
    }
}
