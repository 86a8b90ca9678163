package io.tandem.connect.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.testbed.Sql;
import io.tandem.testbed.Vendor;
import io.tandem.testbed.fixtures.Servers;
import io.tandem.testbed.fixtures.Servers.Databases;
import io.tandem.testbed.fixtures.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The application holds locks that the sink needs: the sink goes on with others and comes back. */
@ParameterizedClass
@EnumSource(Vendor.class)
@ExtendWith(Servers.class)
class SinkLockTest {

    private static final Duration SHORT = Duration.ofSeconds(2);

    private final TestDatabase database;
    private final Sink sink;

    SinkLockTest(Vendor vendor, Databases databases) {
        database = databases.create(vendor).withTables();
        sink = Sink.startOn(database);
    }

    @BeforeEach
    void threeCustomers() {
        sink.apply(version(1, 1), version(2, 1), version(3, 1));
    }

    @AfterEach
    void stop() {
        sink.close();
    }

    private static Change version(long id, long number) {
        return Change.named(id, "v" + number).clock(number, 0).at(1000 * number).address(id * 10, "Rome", number);
    }

    private static String shown(long id, long number) {
        return "v" + number + " null 7 [" + id * 10 + " Rome " + number + "]";
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE customer SET counter = counter WHERE id = 2",
                "SELECT id FROM customer WHERE id = 2 FOR UPDATE",
                "UPDATE address SET counter = counter WHERE customer_id = 2",
                "INSERT INTO address (id, customer_id, city) VALUES (21, 2, 'Oslo')",
                "SELECT key_id FROM tandem_customer_clock WHERE key_id = 2 FOR UPDATE"
            })
    void a_locked_aggregate_is_deferred_and_the_others_are_applied(String lock) throws SQLException {
        try (Connection application = database.begin()) {
            Sql.run(application, lock);
            long started = System.nanoTime();

            sink.put(version(1, 2), version(2, 2), version(3, 2));

            assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(SHORT);
            assertThat(database.customer(1)).isEqualTo(shown(1, 2));
            assertThat(database.customer(2)).isEqualTo(shown(2, 1));
            assertThat(database.customer(3)).isEqualTo(shown(3, 2));
            assertThat(sink.committable()).isEqualTo(4);
            assertThat(sink.context().lastTimeout()).isBetween(1L, 100L);
            application.rollback();
        }
        sink.awaitApplied();
        assertThat(database.customer(2)).isEqualTo(shown(2, 2));
        assertThat(database.clock(2)).isEqualTo("2,0 @2000 legacy");
        assertThat(database.pending()).isZero();
    }

    @Test
    void later_records_of_a_deferred_aggregate_are_merged_and_nothing_is_skipped() throws SQLException {
        try (Connection application = database.begin()) {
            Sql.run(application, "SELECT id FROM customer WHERE id = 2 FOR UPDATE");
            sink.put(version(2, 2));
            sink.put(version(1, 2));
            sink.put(version(2, 3), version(3, 2));

            assertThat(sink.committable()).isEqualTo(3);
            assertThat(database.customer(1)).isEqualTo(shown(1, 2));
            assertThat(database.customer(3)).isEqualTo(shown(3, 2));
            application.rollback();
        }
        sink.awaitApplied();
        assertThat(database.customer(2)).isEqualTo(shown(2, 3));
    }

    @Test
    void what_the_application_commits_while_it_held_the_lock_is_a_conflict() throws SQLException {
        try (Connection application = database.begin()) {
            Sql.run(application, "UPDATE address SET city = 'Bari' WHERE id = 20");
            sink.put(version(2, 2));
            application.commit();
        }

        sink.awaitApplied();

        assertThat(database.customer(2)).isEqualTo("v1 null 7 [20 Bari 1]");
        assertThat(database.clock(2)).matches("2,1 @\\d{16} modern");
    }

    @Test
    void a_partition_that_goes_takes_its_deferred_records_along() throws SQLException {
        try (Connection application = database.begin()) {
            Sql.run(application, "SELECT id FROM customer WHERE id = 2 FOR UPDATE");
            sink.put(version(2, 2));
            assertThat(sink.committable()).isEqualTo(3);

            sink.close(List.of(Sink.PARTITION));

            application.rollback();
        }
        sink.put();
        assertThat(database.customer(2)).isEqualTo(shown(2, 1));
    }

    /** The application never lets go for long, so that only a sink that waits for the lock gets it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT id FROM customer WHERE id = 2 FOR UPDATE",
                "SELECT id FROM address WHERE id = 20 FOR UPDATE"
            })
    void a_starving_aggregate_waits_for_its_first_lock(String lock) throws SQLException {
        try (Connection application = database.begin()) {
            Sql.run(application, lock);
            sink.put(version(2, 2));
            for (int attempt = 0; attempt < Deferral.STARVING; attempt++) {
                pauseOfADeferral();
                if (attempt < Deferral.STARVING - 1) {
                    sink.put();
                }
            }
            CompletableFuture<Void> waiting = CompletableFuture.runAsync(sink::put);
            database.awaitWaitingSession();

            application.rollback();

            waiting.join();
        }
        assertThat(database.customer(2)).isEqualTo(shown(2, 2));
        assertThat(sink.committable()).isEqualTo(4);
    }

    private void pauseOfADeferral() {
        database.query(database.vendor() == Vendor.POSTGRESQL ? "SELECT pg_sleep(0.012)" : "SELECT SLEEP(0.012)");
    }

    @Test
    void a_starving_aggregate_that_never_gets_its_lock_holds_up_nobody_for_long() throws SQLException {
        try (Connection application = database.begin()) {
            Sql.run(application, "SELECT id FROM customer WHERE id = 2 FOR UPDATE");
            sink.put(version(2, 2));
            for (int attempt = 0; attempt < Deferral.STARVING; attempt++) {
                pauseOfADeferral();
                sink.put();
            }
            long started = System.nanoTime();

            sink.put(version(1, 2));

            assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(4));
            assertThat(database.customer(1)).isEqualTo(shown(1, 2));
            application.rollback();
        }
        sink.awaitApplied();
        assertThat(database.customer(2)).isEqualTo(shown(2, 2));
    }

    @Test
    void a_row_that_the_application_is_inserting_is_waited_for_and_then_decided_about() throws SQLException {
        try (Connection application = database.begin()) {
            Sql.run(application, "INSERT INTO customer (id, name) VALUES (9, 'Mine')");
            sink.put(version(9, 1), version(1, 2));
            assertThat(sink.committable()).isEqualTo(3);
            assertThat(database.customer(1)).isEqualTo(shown(1, 2));

            application.commit();
        }

        sink.awaitApplied();
        assertThat(database.customer(9)).isEqualTo("Mine null 7 []");
        assertThat(database.clock(9)).matches("1,1 @\\d{16} modern");
    }

    @Test
    void a_row_that_the_application_did_not_insert_after_all_is_written() throws SQLException {
        try (Connection application = database.begin()) {
            Sql.run(application, "INSERT INTO customer (id, name) VALUES (9, 'Mine')");
            sink.put(version(9, 1));
            application.rollback();
        }

        sink.awaitApplied();

        assertThat(database.customer(9)).isEqualTo(shown(9, 1));
        assertThat(database.clock(9)).isEqualTo("1,0 @1000 legacy");
    }
}
