package io.tandem.connect.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.testbed.Sql;
import io.tandem.testbed.Vendor;
import io.tandem.testbed.fixtures.Servers;
import io.tandem.testbed.fixtures.Servers.Databases;
import io.tandem.testbed.fixtures.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** An application that counts its writes itself, in the clock table; there are no triggers and no journal. */
@ParameterizedClass
@EnumSource(Vendor.class)
@ExtendWith(Servers.class)
class SinkSelfStampingTest {

    private final TestDatabase database;
    private final Sink sink;

    SinkSelfStampingTest(Vendor vendor, Databases databases) {
        database = databases.create(vendor).withTables();
        sink = Sink.startOn(database, "clock.stamping", "application");
    }

    @AfterEach
    void stop() {
        sink.close();
    }

    private static String stampNew(long id, long now) {
        return "INSERT INTO tandem_customer_clock (key_id, clock_modern, clock_timestamp, clock_writer, clock_deleted, "
                + "published) VALUES (" + id + ", 1, " + now + ", 'modern', false, 0)";
    }

    private static String stamp(long id, long now) {
        return "UPDATE tandem_customer_clock SET clock_modern = clock_modern + 1, clock_timestamp = GREATEST(" + now
                + ", clock_timestamp + 1), clock_writer = 'modern', clock_deleted = false WHERE key_id = " + id;
    }

    @Test
    void what_arrives_is_applied_and_a_stamped_write_that_did_not_know_it_is_a_conflict() {
        sink.apply(Change.named(1, "Ann").clock(1, 0).address(11, "Rome"));
        assertThat(database.customer(1)).isEqualTo("Ann null 7 [11 Rome 7]");
        assertThat(database.clock(1)).isEqualTo("1,0 @1000 legacy");

        database.execute("UPDATE customer SET name = 'here'", stamp(1, 3000));
        sink.apply(Change.named(1, "older").clock(2, 0).at(2000));
        assertThat(database.customer(1)).isEqualTo("here null 7 [11 Rome 7]");
        assertThat(database.clock(1)).isEqualTo("2,1 @3000 modern");

        sink.apply(Change.named(1, "newer").clock(3, 0).at(4000));
        assertThat(database.customer(1)).isEqualTo("newer null 7 [11 Rome 7]");
        assertThat(database.clock(1)).isEqualTo("3,1 @4000 legacy");
    }

    @Test
    void a_row_and_its_version_that_appear_while_the_sink_looks_are_not_taken_for_unclocked() throws SQLException {
        try (Connection application = database.begin()) {
            Sql.run(application, "INSERT INTO customer (id, name) VALUES (1, 'Bob')");
            Sql.run(application, stampNew(1, 3000));
            sink.put(Change.named(1, "older").clock(1, 0).at(2000));
            application.commit();
        }
        sink.awaitApplied();
        assertThat(database.customer(1)).isEqualTo("Bob null 7 []");
        assertThat(database.clock(1)).isEqualTo("1,1 @3000 modern");
    }

    @Test
    void a_write_that_is_not_committed_is_waited_for_without_holding_up_others() throws SQLException {
        sink.apply(Change.named(1, "Ann").clock(1, 0));
        try (Connection application = database.begin()) {
            Sql.run(application, stamp(1, 3000));
            sink.put(
                    Change.named(1, "Anna").clock(2, 0).at(2000),
                    Change.named(3, "Cid").clock(1, 0));
            assertThat(database.customer(3)).isEqualTo("Cid null 7 []");
            Sql.run(application, "UPDATE customer SET name = 'here' WHERE id = 1");
            application.commit();
        }
        sink.awaitApplied();
        assertThat(database.customer(1)).isEqualTo("here null 7 []");
        assertThat(database.clock(1)).isEqualTo("2,1 @3000 modern");
    }
}
