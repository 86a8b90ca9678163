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
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.DataException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What the application writes becomes the right record. */
@ParameterizedClass
@EnumSource(Vendor.class)
@ExtendWith(Servers.class)
class SourcePublishingTest {

    private static final String ANN = "INSERT INTO customer (id, name) VALUES (1, 'Ann')";
    private static final String BOB = "INSERT INTO customer (id, name) VALUES (2, 'Bob')";
    private static final String ROME = "INSERT INTO address (id, customer_id, city) VALUES (11, 1, 'Rome')";
    private static final String OSLO = "INSERT INTO address (id, customer_id, city) VALUES (12, 1, 'Oslo')";

    private final TestDatabase database;
    private final Source source;

    SourcePublishingTest(Vendor vendor, Databases databases) {
        database = databases.create(vendor).withTables();
        source = Source.startOn(database);
    }

    @AfterEach
    void stop() {
        source.close();
    }

    private static long nowMicros() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    }

    /** The sink of this database has got a longer list of masters than its source. */
    @Test
    void data_of_a_master_that_the_source_does_not_know_is_not_sent_without_its_counter() {
        database.execute(ANN);
        source.drainOne();
        database.execute("UPDATE tandem_customer_clock SET clock_writer = 'third', published = 0");

        assertThatThrownBy(source::drainOne)
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining("key 1 of customer was written by the master 'third'")
                .hasMessageContaining("'masters' of this source (legacy,modern)")
                .hasMessageContaining("the list that the sink of this database has");
    }

    @Test
    void an_insert_is_the_first_version_with_all_data() {
        long before = nowMicros();

        database.execute(ANN, OSLO, ROME);

        Sent sent = source.drainOne();
        assertThat(sent.id()).isEqualTo(1L);
        assertThat(sent.clock()).isEqualTo(Map.of("legacy", 1L));
        assertThat(sent.timestamp()).isBetween(before, nowMicros());
        assertThat(sent.writer()).isEqualTo("legacy");
        assertThat(sent.deleted()).isFalse();
        assertThat(sent.text()).isEqualTo("Ann 7 [11 Rome 7, 12 Oslo 7]");
        assertThat(sent.record().topic()).isEqualTo("customers");
    }

    @Test
    void a_row_that_cannot_be_read_ends_the_task_with_its_key_and_travels_when_it_is_corrected() {
        database.execute("ALTER TABLE customer ADD COLUMN seen TIME");
        try (Source restarted = Source.startOn(database)) {
            database.execute(ANN, "UPDATE customer SET seen = '24:00:00' WHERE id = 1");

            assertThatThrownBy(restarted::drain)
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("column seen (time")
                    .hasMessageContaining("customer, key 1: the value is")
                    .hasMessageEndingWith("correct it in the table, then restart the task");
        }
        database.execute("UPDATE customer SET seen = '23:59:59' WHERE id = 1");
        try (Source restarted = Source.start(database)) {
            assertThat(restarted.drainOne().id()).isEqualTo(1L);
        }
    }

    @Test
    void an_update_counts_up_and_is_later() {
        database.execute(ANN, ROME);
        Sent first = source.drainOne();

        database.execute("UPDATE customer SET name = 'Anna' WHERE id = 1");

        Sent second = source.drainOne();
        assertThat(second.clock()).isEqualTo(Map.of("legacy", 2L));
        assertThat(second.timestamp()).isGreaterThan(first.timestamp());
        assertThat(second.text()).isEqualTo("Anna 7 [11 Rome 7]");
    }

    @Test
    void a_change_of_a_child_is_a_write_of_the_aggregate() {
        database.execute(ANN, ROME);
        source.drain();

        database.execute("UPDATE address SET city = 'Bari' WHERE id = 11");

        Sent sent = source.drainOne();
        assertThat(sent.clock()).isEqualTo(Map.of("legacy", 2L));
        assertThat(sent.text()).isEqualTo("Ann 7 [11 Bari 7]");
    }

    @Test
    void a_removed_child_is_a_write_of_the_aggregate() {
        database.execute(ANN, ROME, OSLO);
        source.drain();

        database.execute("DELETE FROM address WHERE id = 11");

        assertThat(source.drainOne().text()).isEqualTo("Ann 7 [12 Oslo 7]");
    }

    @Test
    void a_child_that_moves_is_a_write_of_both_aggregates() {
        database.execute(ANN, BOB, ROME);
        source.drain();

        database.execute("UPDATE address SET customer_id = 2 WHERE id = 11");

        assertThat(source.drain())
                .extracting(sent -> sent.id() + " " + sent.own() + " " + sent.text())
                .containsExactlyInAnyOrder("1 2 Ann 7 []", "2 2 Bob 7 [11 Rome 7]");
    }

    @Test
    void a_key_that_changes_is_a_delete_and_an_insert() {
        database.execute(ANN);
        source.drain();

        database.execute("UPDATE customer SET id = 3 WHERE id = 1");

        assertThat(source.drain())
                .extracting(sent -> sent.id() + " " + sent.own() + " " + sent.deleted())
                .containsExactlyInAnyOrder("1 2 true", "3 1 false");
    }

    @Test
    void a_delete_is_a_version_without_data() {
        database.execute(ANN, ROME);
        Sent first = source.drainOne();

        database.execute("DELETE FROM address", "DELETE FROM customer");

        Sent tombstone = source.drainOne();
        assertThat(tombstone.deleted()).isTrue();
        assertThat(tombstone.hasData()).isFalse();
        assertThat(tombstone.clock()).isEqualTo(Map.of("legacy", 2L));
        assertThat(tombstone.timestamp()).isGreaterThan(first.timestamp());
    }

    @Test
    void an_insert_after_a_delete_goes_on_from_the_tombstone() {
        database.execute(ANN);
        source.drain();
        database.execute("DELETE FROM customer");
        Sent tombstone = source.drainOne();

        database.execute(ANN);

        Sent again = source.drainOne();
        assertThat(again.deleted()).isFalse();
        assertThat(again.clock()).isEqualTo(Map.of("legacy", 3L));
        assertThat(again.timestamp()).isGreaterThan(tombstone.timestamp());
    }

    @Test
    void many_writes_fold_into_one_version() {
        database.execute(ANN, ROME);
        source.drain();

        for (int i = 1; i <= 30; i++) {
            database.execute("UPDATE customer SET counter = " + i, "UPDATE address SET counter = " + i);
        }

        Sent sent = source.drainOne();
        assertThat(sent.own()).isEqualTo(2);
        assertThat(sent.text()).isEqualTo("Ann 30 [11 Rome 30]");
        assertThat(database.number("SELECT COUNT(*) FROM tandem_customer_journal"))
                .isZero();
    }

    @Test
    void the_timestamp_is_that_of_the_write_and_not_of_the_poll() {
        database.execute(ANN);
        long written = nowMicros();
        database.execute("UPDATE customer SET counter = 8 WHERE id = 9");
        database.query(database.vendor() == Vendor.POSTGRESQL ? "SELECT pg_sleep(0.3)" : "SELECT SLEEP(0.3)");

        assertThat(source.drainOne().timestamp()).isLessThanOrEqualTo(written);
    }

    @Test
    void a_timestamp_grows_even_if_the_last_one_is_ahead_of_the_clock() {
        database.execute(ANN);
        source.drain();
        long ahead = nowMicros() + 60_000_000;
        database.execute("UPDATE tandem_customer_clock SET clock_timestamp = " + ahead);

        database.execute("UPDATE customer SET counter = 8");

        assertThat(source.drainOne().timestamp()).isEqualTo(ahead + 1);
    }

    @Test
    void what_the_peer_knows_stays_in_the_clock() {
        database.execute(ANN);
        source.drain();
        database.execute("UPDATE tandem_customer_clock SET clock_modern = 5");

        database.execute("UPDATE customer SET counter = 8");

        assertThat(source.drainOne().clock()).isEqualTo(Map.of("legacy", 2L, "modern", 5L));
    }

    @Test
    void a_write_that_is_rolled_back_is_not_sent() throws SQLException {
        try (Connection application = database.begin()) {
            Sql.run(application, ANN);
            application.rollback();
        }

        assertThat(source.idle()).isEmpty();
    }

    @Test
    void a_transaction_that_commits_late_arrives() throws SQLException {
        try (Connection late = database.begin()) {
            Sql.run(late, ANN);
            for (int id = 100; id < 200; id++) {
                database.execute("INSERT INTO customer (id, name) VALUES (" + id + ", 'Bob')");
            }
            assertThat(source.drain()).hasSize(100);

            late.commit();
        }

        assertThat(source.drainOne().text()).isEqualTo("Ann 7 []");
    }

    @Test
    void a_truncated_table_is_a_delete() {
        database.execute(ANN);
        source.drain();
        database.execute("DELETE FROM address");

        database.execute(database.vendor() == Vendor.POSTGRESQL ? "TRUNCATE customer CASCADE" : "DELETE FROM customer");

        assertThat(source.drain()).singleElement().matches(Sent::deleted);
    }

    @Test
    void a_write_that_no_trigger_saw_is_found_with_the_next_one_that_is_pending() {
        database.execute(ANN);
        List<Sent> sent = source.idle();
        // as if the triggers had been off
        database.execute("DELETE FROM customer", "DELETE FROM tandem_customer_journal");
        source.drop(sent);

        try (Source restarted = Source.start(database)) {
            Sent tombstone = restarted.drainOne();
            assertThat(tombstone.deleted()).isTrue();
            assertThat(tombstone.own()).isEqualTo(2);
        }
    }
}
