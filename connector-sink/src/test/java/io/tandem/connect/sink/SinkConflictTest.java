package io.tandem.connect.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.testbed.Sql;
import io.tandem.testbed.Vendor;
import io.tandem.testbed.fixtures.Servers;
import io.tandem.testbed.fixtures.Servers.Databases;
import io.tandem.testbed.fixtures.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Both masters wrote without knowing of each other. */
@ParameterizedClass
@EnumSource(Vendor.class)
@ExtendWith(Servers.class)
class SinkConflictTest {

    private static final String PRIORITY = "priority:legacy,modern";
    private static final String PRIORITY_OF_MODERN = "priority:modern,legacy";
    private static final long FUTURE = 9_000_000_000_000_000L;

    private final Vendor vendor;
    private final TestDatabase database;

    SinkConflictTest(Vendor vendor, Databases databases) {
        this.vendor = vendor;
        database = databases.create(vendor).withTables();
    }

    /** A row of the application, already folded into the version 0,1. */
    private void localWrite(long timestamp) {
        database.execute(
                "INSERT INTO customer (id, name) VALUES (1, 'Mine')",
                "INSERT INTO address (id, customer_id, city) VALUES (11, 1, 'Rome')");
        database.execute(
                "DELETE FROM tandem_customer_journal",
                "INSERT INTO tandem_customer_clock (key_id, clock_legacy, clock_modern, clock_timestamp, clock_writer, "
                        + "clock_deleted, published) VALUES (1, 0, 1, " + timestamp + ", 'modern', false, 1)");
    }

    private static Change theirs(long timestamp) {
        return Change.named(1, "Theirs").clock(1, 0).at(timestamp).address(12, "Oslo");
    }

    @Test
    void the_later_write_wins_when_it_arrives() {
        try (Sink sink = Sink.startOn(database)) {
            localWrite(5000);

            sink.apply(theirs(6000));

            assertThat(database.customer(1)).isEqualTo("Theirs null 7 [12 Oslo 7]");
            assertThat(database.clock(1)).isEqualTo("1,1 @6000 legacy");
            assertThat(database.pending()).isZero();
        }
    }

    @Test
    void the_later_write_stays_when_it_is_stored() {
        try (Sink sink = Sink.startOn(database)) {
            localWrite(5000);

            sink.apply(theirs(4000));

            assertThat(database.customer(1)).isEqualTo("Mine null 7 [11 Rome 7]");
            assertThat(database.clock(1)).isEqualTo("1,1 @5000 modern");
            assertThat(database.pending()).isZero();
        }
    }

    @Test
    void on_a_tie_the_master_that_is_listed_first_wins() {
        try (Sink sink = Sink.startOn(database)) {
            localWrite(5000);

            sink.apply(theirs(5000));

            assertThat(database.customer(1)).isEqualTo("Theirs null 7 [12 Oslo 7]");
            assertThat(database.clock(1)).isEqualTo("1,1 @5000 legacy");
        }
    }

    @Test
    void by_priority_the_earlier_write_of_the_first_master_wins() {
        try (Sink sink = Sink.startOn(database, "conflict.policy", "priority")) {
            localWrite(5000);

            sink.apply(theirs(4000).under(PRIORITY));

            assertThat(database.customer(1)).isEqualTo("Theirs null 7 [12 Oslo 7]");
            assertThat(database.clock(1)).isEqualTo("1,1 @4000 legacy");
        }
    }

    @Test
    void by_priority_the_earlier_write_of_the_first_master_stays() {
        try (Sink sink = Sink.startOn(database, "conflict.policy", "priority", "masters", "modern,legacy")) {
            localWrite(5000);

            sink.apply(theirs(6000).under(PRIORITY_OF_MODERN));

            assertThat(database.customer(1)).isEqualTo("Mine null 7 [11 Rome 7]");
            assertThat(database.clock(1)).isEqualTo("1,1 @5000 modern");
        }
    }

    @Test
    void a_delete_can_win() {
        try (Sink sink = Sink.startOn(database)) {
            localWrite(5000);

            sink.apply(Change.deleted(1).clock(1, 0).at(6000));

            assertThat(database.customer(1)).isEqualTo("none");
            assertThat(database.clock(1)).isEqualTo("1,1 @6000 legacy deleted");
        }
    }

    @Test
    void a_delete_can_lose() {
        try (Sink sink = Sink.startOn(database)) {
            localWrite(5000);

            sink.apply(Change.deleted(1).clock(1, 0).at(4000));

            assertThat(database.customer(1)).isEqualTo("Mine null 7 [11 Rome 7]");
            assertThat(database.clock(1)).isEqualTo("1,1 @5000 modern");
        }
    }

    @Test
    void a_local_delete_that_wins_stays_a_tombstone() {
        try (Sink sink = Sink.startOn(database)) {
            localWrite(5000);
            database.execute("DELETE FROM address", "DELETE FROM customer");

            sink.apply(theirs(6000));

            assertThat(database.customer(1)).isEqualTo("none");
            assertThat(database.clock(1)).matches("1,2 @\\d{16} modern deleted");
            assertThat(database.pending()).isOne();
        }
    }

    @Test
    void a_record_that_was_overruled_before_is_recognised() {
        try (Sink sink = Sink.startOn(database)) {
            localWrite(5000);
            sink.apply(theirs(4000));

            sink.apply(theirs(4000));

            assertThat(database.customer(1)).isEqualTo("Mine null 7 [11 Rome 7]");
            assertThat(database.clock(1)).isEqualTo("1,1 @5000 modern");
        }
    }

    @Test
    void notes_that_nobody_folded_count_as_a_local_write() {
        try (Sink sink = Sink.startOn(database)) {
            sink.apply(Change.named(1, "Ann").clock(1, 0).at(1000).address(11, "Rome"));
            database.execute("UPDATE address SET city = 'Bari' WHERE id = 11");

            // knows nothing of the local write, and is older
            sink.apply(Change.named(1, "Anna").clock(2, 0).at(2000).address(11, "Rome"));

            assertThat(database.customer(1)).isEqualTo("Ann null 7 [11 Bari 7]");
            assertThat(database.clock(1)).matches("2,1 @\\d{16} modern");
            assertThat(database.number("SELECT COUNT(*) FROM tandem_customer_journal"))
                    .isZero();
            assertThat(database.pending()).isOne();
        }
    }

    @Test
    void notes_that_nobody_folded_can_be_overruled() {
        try (Sink sink = Sink.startOn(database)) {
            database.execute("INSERT INTO customer (id, name) VALUES (1, 'Mine')");

            sink.apply(theirs(FUTURE));

            assertThat(database.customer(1)).isEqualTo("Theirs null 7 [12 Oslo 7]");
            assertThat(database.clock(1)).isEqualTo("1,1 @" + FUTURE + " legacy");
            // the local write is still to be published: the peer has to hear that it is overruled
            assertThat(database.pending()).isOne();
        }
    }

    @Test
    void a_row_that_was_there_before_tandem_is_overwritten() {
        database.execute("INSERT INTO customer (id, name, counter) VALUES (1, 'Old', 3)");
        try (Sink sink = Sink.startOn(database)) {
            sink.apply(theirs(1000));

            assertThat(database.customer(1)).isEqualTo("Theirs null 3 [12 Oslo 7]");
            assertThat(database.clock(1)).isEqualTo("1,0 @1000 legacy");
        }
    }

    @Test
    void records_of_one_put_that_conflict_with_each_other_are_merged() {
        try (Sink sink = Sink.startOn(database)) {
            localWrite(3000);

            sink.apply(
                    Change.named(1, "a").clock(2, 0).at(2000),
                    Change.named(1, "b").clock(1, 1).at(3000).writtenBy("modern"));

            assertThat(database.customer(1)).isEqualTo("b null 7 [11 Rome 7]");
            assertThat(database.clock(1)).isEqualTo("2,1 @3000 modern");
            assertThat(database.pending()).isZero();
        }
    }

    /** The lock on the addresses stops the sink after it has found that there is no root row. */
    @Test
    void a_row_that_appears_between_the_lock_and_the_journal_is_seen() throws SQLException {
        try (Sink sink = Sink.startOn(database);
                Connection lock = database.begin()) {
            Sql.run(
                    lock,
                    vendor == Vendor.POSTGRESQL
                            ? "LOCK TABLE address IN ACCESS EXCLUSIVE MODE"
                            : "LOCK TABLES address READ");
            CompletableFuture<Void> put = CompletableFuture.runAsync(() -> sink.put(theirs(4000)));
            database.awaitWaitingSession();
            database.execute("INSERT INTO customer (id, name) VALUES (1, 'Mine')");

            Sql.run(lock, vendor == Vendor.POSTGRESQL ? "COMMIT" : "UNLOCK TABLES");

            put.join();
            sink.awaitApplied();
            assertThat(database.customer(1)).isEqualTo("Mine null 7 []");
            assertThat(database.clock(1)).matches("1,1 @\\d{16} modern");
        }
    }
}
