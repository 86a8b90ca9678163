package io.tandem.connect.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.testbed.Vendor;
import io.tandem.testbed.fixtures.Servers;
import io.tandem.testbed.fixtures.Servers.Databases;
import io.tandem.testbed.fixtures.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever the sink does, no statement of the application fails because of it. */
@ParameterizedClass
@EnumSource(Vendor.class)
@ExtendWith(Servers.class)
class SinkVictimTest {

    private static final int CUSTOMERS = 4;
    private static final Duration DURATION = Duration.ofSeconds(7);

    private final TestDatabase database;
    private final AtomicBoolean stop = new AtomicBoolean();
    private final AtomicInteger transactions = new AtomicInteger();

    SinkVictimTest(Vendor vendor, Databases databases) {
        database = databases.create(vendor).withTables();
    }

    /** Writes children first and then the root, which is not the sink's order; returns the errors. */
    private List<String> application(int session) {
        List<String> errors = new ArrayList<>();
        try (Connection connection = database.begin();
                Statement statement = connection.createStatement()) {
            for (int number = session; !stop.get(); number++) {
                int id = number % CUSTOMERS + 1;
                try {
                    statement.execute("UPDATE address SET counter = counter + 1 WHERE id = " + id + "1");
                    statement.execute("UPDATE address SET counter = counter + 1 WHERE id = " + id + "2");
                    statement.execute("UPDATE customer SET counter = counter + 1 WHERE id = " + id);
                    connection.commit();
                    transactions.incrementAndGet();
                } catch (SQLException e) {
                    errors.add(String.valueOf(e.getMessage()));
                    connection.rollback();
                }
            }
        } catch (SQLException e) {
            errors.add(String.valueOf(e.getMessage()));
        }
        return errors;
    }

    private static Change theirs(long id, long number) {
        Change change = Change.named(id, "v" + number)
                .clock(number, 0)
                .at(ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now()))
                .address(Long.parseLong(id + "1"), "Rome")
                .address(Long.parseLong(id + "2"), "Oslo");
        return number % 2 == 0 ? change.address(Long.parseLong(id + "3"), "Bonn") : change;
    }

    @Test
    void the_application_does_not_notice_the_sink() {
        int applied = 0;
        List<String> errors = new ArrayList<>();
        try (Sink sink = Sink.startOn(database)) {
            for (int id = 1; id <= CUSTOMERS; id++) {
                sink.apply(theirs(id, 1));
            }
            CompletableFuture<List<String>> first = CompletableFuture.supplyAsync(() -> application(0));
            CompletableFuture<List<String>> second = CompletableFuture.supplyAsync(() -> application(2));
            long end = System.nanoTime() + DURATION.toNanos();
            for (long number = 2; System.nanoTime() < end; number++) {
                long committable = sink.committable();
                Change[] batch = new Change[CUSTOMERS];
                for (int i = 0; i < CUSTOMERS; i++) {
                    batch[i] = theirs(i + 1, number);
                }
                sink.put(batch);
                applied += sink.committable() > committable ? 1 : 0;
            }
            stop.set(true);
            errors.addAll(first.join());
            errors.addAll(second.join());
            sink.awaitApplied();
        }

        assertThat(errors).isEmpty();
        assertThat(transactions.get()).isGreaterThan(500);
        assertThat(applied).isGreaterThan(20);
        assertThat(database.number("SELECT COUNT(*) FROM tandem_customer_clock WHERE clock_legacy > 1"))
                .isEqualTo(CUSTOMERS);
    }

    /** The sink holds the customer and needs the region, the application holds the region and needs the customer. */
    @Test
    void the_application_gets_what_the_sink_holds_although_the_sink_needs_what_it_holds() {
        database.execute("INSERT INTO region (id) VALUES (1)", "INSERT INTO region (id) VALUES (2)");
        List<String> errors = new ArrayList<>();
        try (Sink sink = Sink.startOn(database)) {
            sink.apply(theirs(1, 1), theirs(2, 1));
            CompletableFuture<List<String>> application = CompletableFuture.supplyAsync(this::regionFirst);
            long end = System.nanoTime() + DURATION.toNanos();
            for (long number = 2; System.nanoTime() < end; number++) {
                sink.put(theirs(1, number).with("region_id", number % 2 + 1), theirs(2, number));
            }
            stop.set(true);
            errors.addAll(application.join());
            sink.awaitApplied();
        }

        assertThat(errors).isEmpty();
        assertThat(transactions.get()).isGreaterThan(2);
        assertThat(database.number("SELECT COUNT(*) FROM tandem_customer_clock WHERE clock_legacy > 1"))
                .isEqualTo(2);
    }

    private List<String> regionFirst() {
        List<String> errors = new ArrayList<>();
        try (Connection connection = database.begin();
                Statement statement = connection.createStatement()) {
            while (!stop.get()) {
                try {
                    statement.execute("SELECT id FROM region ORDER BY id FOR UPDATE");
                    // a sink that waits would be in between by now, and past PostgreSQL's only look for deadlocks
                    database.query(
                            database.vendor() == Vendor.POSTGRESQL ? "SELECT pg_sleep(1.3)" : "SELECT SLEEP(0.1)");
                    statement.execute("UPDATE customer SET counter = counter + 1 WHERE id = 1");
                    connection.commit();
                    transactions.incrementAndGet();
                } catch (SQLException e) {
                    errors.add(String.valueOf(e.getMessage()));
                    connection.rollback();
                }
            }
        } catch (SQLException e) {
            errors.add(String.valueOf(e.getMessage()));
        }
        return errors;
    }
}
