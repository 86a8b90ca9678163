package io.tandem.connect.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tandem.testbed.Sql;
import io.tandem.testbed.Vendor;
import io.tandem.testbed.fixtures.Servers;
import io.tandem.testbed.fixtures.Servers.Databases;
import io.tandem.testbed.fixtures.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.apache.kafka.connect.errors.ConnectException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Versions in columns of the root table, counted by triggers. */
@ParameterizedClass
@EnumSource(Vendor.class)
@ExtendWith(Servers.class)
class SinkRootClocksTest {

    private final TestDatabase database;
    private final Sink sink;

    SinkRootClocksTest(Vendor vendor, Databases databases) {
        database = databases.create(vendor).withTables();
        sink = Sink.startOn(database, "clock.placement", "root");
        sink.apply(Change.named(1, "Ann").clock(1, 0).address(11, "Rome"));
    }

    @AfterEach
    void stop() {
        sink.close();
    }

    /** As {@link TestDatabase#clock}, in the root row. */
    private String clock(long id) {
        List<String> clock =
                database.query("SELECT CONCAT(clock_legacy, ',', clock_modern, ' @', clock_timestamp, ' ', "
                        + "clock_writer) FROM customer WHERE id = " + id);
        return clock.isEmpty() ? "none" : clock.get(0);
    }

    private long pending() {
        return database.number("SELECT (SELECT COUNT(*) FROM tandem_customer_journal) + "
                + "(SELECT COUNT(*) FROM customer WHERE clock_modern > clock_published) + "
                + "(SELECT COUNT(*) FROM tandem_customer_clock WHERE clock_modern > published)");
    }

    @Test
    void what_arrives_is_written_with_its_version_and_echoes_nothing() {
        assertThat(database.customer(1)).isEqualTo("Ann null 7 [11 Rome 7]");
        assertThat(clock(1)).isEqualTo("1,0 @1000 legacy");
        assertThat(database.clock(1)).isEqualTo("unclocked");

        sink.apply(Change.named(1, "Anna").clock(2, 0).at(2000).address(12, "Oslo"));

        assertThat(database.customer(1)).isEqualTo("Anna null 7 [12 Oslo 7]");
        assertThat(clock(1)).isEqualTo("2,0 @2000 legacy");
        assertThat(pending()).isZero();
    }

    @Test
    void a_delete_leaves_a_tombstone_and_an_insert_takes_it_back() {
        sink.apply(Change.deleted(1).clock(2, 0).at(2000));
        assertThat(database.customer(1)).isEqualTo("none");
        assertThat(database.clock(1)).isEqualTo("2,0 @2000 legacy deleted");

        sink.apply(Change.named(1, "old").clock(1, 0));
        assertThat(database.customer(1)).isEqualTo("none");

        sink.apply(Change.named(1, "Eve").clock(3, 0).at(3000));
        assertThat(clock(1)).isEqualTo("3,0 @3000 legacy");
        assertThat(database.clock(1)).isEqualTo("unclocked");
        assertThat(pending()).isZero();
    }

    @Test
    void a_delete_of_what_never_was_is_a_tombstone_and_stays_one() {
        sink.apply(Change.deleted(2).clock(1, 0).at(2000));
        sink.apply(Change.deleted(2).clock(2, 0).at(2500));
        assertThat(database.clock(2)).isEqualTo("2,0 @2500 legacy deleted");

        // the application inserts that key, without having heard of it: a write on top of the tombstone
        database.execute("INSERT INTO customer (id, name) VALUES (2, 'Bob')");
        sink.apply(Change.deleted(2).clock(2, 0).at(2500));
        assertThat(database.customer(2)).isEqualTo("Bob null 7 []");
        assertThat(clock(2)).startsWith("2,1 @").endsWith(" modern");
        assertThat(database.clock(2)).isEqualTo("unclocked");
        assertThat(pending()).isEqualTo(1);
    }

    @Test
    void a_write_of_the_application_and_one_that_did_not_know_it_are_a_conflict() {
        database.execute("UPDATE customer SET name = 'here' WHERE id = 1");

        sink.apply(Change.named(1, "older").clock(2, 0).at(2000));
        assertThat(database.customer(1)).isEqualTo("here null 7 [11 Rome 7]");
        assertThat(clock(1)).startsWith("2,1 @").endsWith(" modern");

        sink.apply(Change.named(1, "newer").clock(3, 0).at(Change.LATEST));
        assertThat(database.customer(1)).isEqualTo("newer null 7 [11 Rome 7]");
        assertThat(clock(1)).isEqualTo("3,1 @" + Change.LATEST + " legacy");
        assertThat(pending()).isEqualTo(1);
    }

    @Test
    void a_child_row_written_here_is_folded_before_the_decision() {
        database.execute("UPDATE address SET city = 'Bonn' WHERE id = 11");

        sink.apply(Change.named(1, "older").clock(2, 0).at(2000));

        assertThat(database.customer(1)).isEqualTo("Ann null 7 [11 Bonn 7]");
        assertThat(clock(1)).startsWith("2,1 @").endsWith(" modern");
    }

    @Test
    void a_row_without_a_version_is_overwritten() {
        database.execute("INSERT INTO customer (id, name) VALUES (5, 'x')", "UPDATE customer SET name = name");
        sink.close();
        // a row that was there before the columns were
        try (Sink other = Sink.startOn(database, "clock.placement", "root")) {
            forgetVersion(5);
            other.apply(Change.named(5, "Zoe").clock(1, 0));
            assertThat(clock(5)).isEqualTo("1,0 @1000 legacy");
        }
    }

    private void forgetVersion(long id) {
        String flag = database.vendor() == Vendor.POSTGRESQL
                ? "SELECT set_config('tandem.applying', 'customer', true)"
                : "SET @tandem_applying = 'customer'";
        database.execute(
                flag,
                "UPDATE customer SET clock_legacy = 0, clock_modern = 0, clock_timestamp = 0, clock_writer = '', "
                        + "clock_published = 0 WHERE id = " + id);
    }

    @Test
    void a_busy_row_is_left_until_it_is_free() throws SQLException {
        try (Connection application = database.begin()) {
            Sql.run(application, "UPDATE customer SET name = 'busy' WHERE id = 1");
            sink.put(
                    Change.named(1, "Anna").clock(2, 0).at(2000),
                    Change.named(3, "Cid").clock(1, 0));
            assertThat(database.customer(3)).isEqualTo("Cid null 7 []");
            application.commit();
        }
        sink.awaitApplied();
        assertThat(database.customer(1)).isEqualTo("busy null 7 [11 Rome 7]");
        assertThat(clock(1)).startsWith("2,1 @").endsWith(" modern");
    }

    @Test
    void triggers_that_count_what_the_sink_writes_are_found_out() {
        String countsAlways = database.vendor() == Vendor.POSTGRESQL
                ? "CREATE FUNCTION meddle() RETURNS trigger LANGUAGE plpgsql AS "
                        + "'BEGIN NEW.clock_modern := NEW.clock_modern + 1; RETURN NEW; END'"
                : "CREATE TRIGGER meddle BEFORE UPDATE ON customer FOR EACH ROW "
                        + "SET NEW.clock_modern = NEW.clock_modern + 1";
        database.execute(countsAlways);
        if (database.vendor() == Vendor.POSTGRESQL) {
            database.execute(
                    "CREATE TRIGGER zz_meddle BEFORE UPDATE ON customer FOR EACH ROW EXECUTE FUNCTION meddle()");
        }

        assertThatThrownBy(() -> sink.put(Change.named(1, "Anna").clock(2, 0).at(2000)))
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining("customer")
                .hasMessageContaining("own write");
        assertThat(database.customer(1)).isEqualTo("Ann null 7 [11 Rome 7]");
    }
}
