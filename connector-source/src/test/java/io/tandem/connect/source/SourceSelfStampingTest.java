package io.tandem.connect.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tandem.testbed.Sql;
import io.tandem.testbed.Vendor;
import io.tandem.testbed.fixtures.Servers;
import io.tandem.testbed.fixtures.Servers.Databases;
import io.tandem.testbed.fixtures.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** An application that counts its writes itself; there are no triggers and no journal. */
@ParameterizedClass
@EnumSource(Vendor.class)
@ExtendWith(Servers.class)
class SourceSelfStampingTest {

    private static final String[] IN_TABLE = {"clock.stamping", "application"};
    private static final String[] IN_ROOT = {
        "clock.placement", "root",
        "clock.stamping", "application",
        "aggregate.deleted.column", "counter",
        "aggregate.deleted.value", "99"
    };

    private final TestDatabase database;
    private final Vendor vendor;

    SourceSelfStampingTest(Vendor vendor, Databases databases) {
        this.vendor = vendor;
        database = databases.create(vendor).withTables();
    }

    private String stamp(long id, long now, boolean deleted) {
        String onConflict = vendor == Vendor.POSTGRESQL
                ? "ON CONFLICT (key_id) DO UPDATE SET clock_legacy = c.clock_legacy + 1, "
                        + "clock_timestamp = GREATEST(excluded.clock_timestamp, c.clock_timestamp + 1), "
                        + "clock_writer = 'legacy', clock_deleted = excluded.clock_deleted"
                : "ON DUPLICATE KEY UPDATE clock_legacy = clock_legacy + 1, "
                        + "clock_timestamp = GREATEST(VALUES(clock_timestamp), clock_timestamp + 1), "
                        + "clock_writer = 'legacy', clock_deleted = VALUES(clock_deleted)";
        return "INSERT INTO tandem_customer_clock " + (vendor == Vendor.POSTGRESQL ? "AS c " : "")
                + "(key_id, clock_legacy, clock_timestamp, clock_writer, clock_deleted, published) VALUES (" + id
                + ", 1, " + now + ", 'legacy', " + deleted + ", 0) " + onConflict;
    }

    private static String stampRow(long id, long now) {
        return "UPDATE customer SET clock_legacy = clock_legacy + 1, clock_timestamp = GREATEST(" + now
                + ", clock_timestamp + 1), clock_writer = 'legacy' WHERE id = " + id;
    }

    @Test
    void writes_stamped_in_the_clock_table_are_sent_and_there_is_no_journal() {
        try (Source source = Source.startOn(database, IN_TABLE)) {
            database.execute("INSERT INTO customer (id, name) VALUES (1, 'Ann')", stamp(1, 500, false));
            Sent first = source.drainOne();
            assertThat(first.version()).isEqualTo("{legacy=1}@500 by legacy");

            database.execute(
                    "INSERT INTO address (id, customer_id, city) VALUES (11, 1, 'Rome')", stamp(1, 400, false));
            Sent second = source.drainOne();
            assertThat(second.version()).isEqualTo("{legacy=2}@501 by legacy");
            assertThat(second.text()).isEqualTo("Ann 7 [11 Rome 7]");

            database.execute("DELETE FROM address", "DELETE FROM customer", stamp(1, 600, true));
            Sent delete = source.drainOne();
            assertThat(delete.deleted()).isTrue();
            assertThat(delete.version()).isEqualTo("{legacy=3}@600 by legacy");
        }
        String tables = "SELECT COUNT(*) FROM information_schema.tables WHERE table_name LIKE 'tandem%journal%'";
        String triggers = "SELECT COUNT(*) FROM information_schema.triggers WHERE trigger_schema = "
                + (vendor == Vendor.POSTGRESQL ? "'public'" : "DATABASE()");
        assertThat(database.number(tables)).isZero();
        assertThat(database.number(triggers)).isZero();
    }

    @Test
    void a_write_that_the_application_forgot_to_stamp_does_not_travel() {
        try (Source source = Source.startOn(database, IN_TABLE)) {
            database.execute("INSERT INTO customer (id, name) VALUES (1, 'Ann')", stamp(1, 500, false));
            source.drainOne();
            database.execute("UPDATE customer SET name = 'Anna'");
            assertThat(source.drain()).isEmpty();
        }
    }

    @Test
    void an_acknowledgement_waits_for_no_transaction_of_the_application() throws SQLException {
        try (Source source = Source.startOn(database, IN_TABLE)) {
            database.execute("INSERT INTO customer (id, name) VALUES (1, 'Ann')", stamp(1, 500, false));
            var sent = source.idle();
            try (Connection application = database.begin()) {
                Sql.run(application, stamp(1, 600, false));
                source.acknowledge(sent);
                assertThat(source.drain()).isEmpty();
                application.commit();
            }
            assertThat(source.drainOne().own()).isEqualTo(2);
        }
        assertThat(database.query("SELECT clock_legacy, published FROM tandem_customer_clock"))
                .containsExactly("2|2");
    }

    @Test
    void seeding_gives_way_to_a_stamp_that_is_not_committed_yet() throws SQLException {
        database.execute("INSERT INTO customer (id, name) VALUES (1, 'Ann'), (2, 'Bob')");
        try (Source source = Source.start(database, IN_TABLE)) {
            assertThat(source.drain()).isEmpty();
        }
        String[] seed = {"clock.stamping", "application", "clock.seed", "true", "source.batch.size", "10"};
        try (Connection application = database.begin();
                Source source = Source.start(database, seed)) {
            Sql.run(application, "UPDATE customer SET name = 'Anna' WHERE id = 1");
            Sql.run(application, stamp(1, 500, false));
            source.drain();
            application.commit();

            assertThat(source.drain()).extracting(Sent::version).contains("{legacy=1}@500 by legacy");
        }
        assertThat(database.query("SELECT key_id, clock_legacy, clock_timestamp, published FROM tandem_customer_clock "
                        + "ORDER BY key_id"))
                .containsExactly("1|1|500|1", "2|1|1|1");
    }

    @Test
    void writes_stamped_in_the_root_row_are_sent_and_a_marked_row_as_a_delete() {
        try (Source source = Source.startOn(database, IN_ROOT)) {
            database.execute("INSERT INTO customer (id, name, clock_legacy, clock_timestamp, clock_writer) "
                    + "VALUES (1, 'Ann', 1, 500, 'legacy')");
            assertThat(source.drainOne().version()).isEqualTo("{legacy=1}@500 by legacy");

            database.execute("UPDATE customer SET counter = 99 WHERE id = 1", stampRow(1, 600));
            Sent delete = source.drainOne();
            assertThat(delete.deleted()).isTrue();
            assertThat(delete.version()).isEqualTo("{legacy=2}@600 by legacy");

            database.execute("UPDATE customer SET counter = 8 WHERE id = 1", stampRow(1, 100));
            Sent again = source.drainOne();
            assertThat(again.text()).isEqualTo("Ann 8 []");
            assertThat(again.clock()).isEqualTo(Map.of("legacy", 3L));
            assertThat(again.timestamp()).isEqualTo(601);
        }
    }

    @Test
    void rows_that_would_take_their_version_along_are_refused() {
        assertThatThrownBy(() -> Source.start(database, "clock.placement", "root", "clock.stamping", "application"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("aggregate.deleted.column")
                .hasMessageContaining("would take its version along");
    }
}
