package io.tandem.connect.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.testbed.Vendor;
import io.tandem.testbed.fixtures.Servers;
import io.tandem.testbed.fixtures.Servers.Databases;
import io.tandem.testbed.fixtures.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The source folds, sends and acknowledges aggregates that the application is writing, and the application never waits. */
@ParameterizedClass
@EnumSource(Vendor.class)
@ExtendWith(Servers.class)
class SourceBlocksNobodyTest {

    private static final int CUSTOMERS = 50;
    private static final int TRANSACTIONS = 60;
    // so many the source sends while the application writes
    private static final int SENT = 3 * CUSTOMERS;
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Vendor vendor;
    private final TestDatabase database;
    private final AtomicBoolean stop = new AtomicBoolean();
    private final AtomicInteger transactions = new AtomicInteger();

    SourceBlocksNobodyTest(Vendor vendor, Databases databases) {
        this.vendor = vendor;
        this.database = databases.create(vendor).withTables();
    }

    /**
     * In a table of their own nobody but Tandem has anything to do with the versions, so any wait would be too long. In
     * the root row a statement may meet the transaction that acknowledges, which is short and waits for nobody.
     */
    private String patience(String placement) {
        boolean inRoot = placement.equals("root");
        return vendor == Vendor.POSTGRESQL
                ? "SET lock_timeout = '" + (inRoot ? "1s" : "100ms") + "'"
                : "SET SESSION innodb_lock_wait_timeout = " + (inRoot ? 1 : 0);
    }

    /** One session, so that nobody but the source can be in its way. It writes children first, then roots first. */
    private List<String> application(String placement) {
        List<String> errors = new ArrayList<>();
        try (Connection connection = database.begin();
                Statement statement = connection.createStatement()) {
            statement.execute(patience(placement));
            connection.commit();
            for (int i = 1; i <= TRANSACTIONS || !stop.get(); i++) {
                String children = "UPDATE address SET counter = " + i;
                String roots = "UPDATE customer SET counter = " + i;
                try {
                    statement.execute(i % 2 == 0 ? children : roots);
                    statement.execute("UPDATE customer SET note = 'n' WHERE id = " + (i % CUSTOMERS + 1));
                    statement.execute(i % 2 == 0 ? roots : children);
                    connection.commit();
                    transactions.set(i);
                    // what is held all the time cannot be acknowledged in the root row
                    statement.execute(vendor == Vendor.POSTGRESQL ? "SELECT pg_sleep(0.02)" : "SELECT SLEEP(0.02)");
                    connection.commit();
                } catch (SQLException e) {
                    errors.add(i + ": " + e.getMessage());
                    connection.rollback();
                }
            }
        } catch (SQLException e) {
            errors.add(String.valueOf(e.getMessage()));
        }
        return errors;
    }

    @ParameterizedTest
    @ValueSource(strings = {"table", "root"})
    void no_statement_of_the_application_waits_for_the_source(String placement) {
        Map<Object, Sent> last = new HashMap<>();
        int sent = 0;
        List<String> errors;
        try (Source source = Source.startOn(database, "clock.placement", placement, "source.batch.size", "20")) {
            List<String> rows = new ArrayList<>();
            for (int id = 1; id <= CUSTOMERS; id++) {
                rows.add("INSERT INTO customer (id, name) VALUES (" + id + ", 'Ann')");
                rows.add("INSERT INTO address (id, customer_id, city) VALUES (" + id + "1, " + id + ", 'Rome')");
            }
            database.execute(rows.toArray(String[]::new));
            CompletableFuture<List<String>> application = CompletableFuture.supplyAsync(() -> application(placement));
            long deadline = System.nanoTime() + LIMIT.toNanos();
            while (!application.isDone()) {
                List<Sent> batch = source.poll();
                sent += batch.size();
                batch.forEach(record -> last.put(record.id(), record));
                source.acknowledge(batch);
                stop.set(sent > SENT || System.nanoTime() > deadline);
            }
            errors = application.join();
            source.drain().forEach(record -> last.put(record.id(), record));
        }

        assertThat(errors).isEmpty();
        assertThat(sent).as("sent while the application wrote").isGreaterThan(SENT);
        assertThat(last).hasSize(CUSTOMERS);
        assertThat(last.values())
                .allSatisfy(record -> assertThat(record.text())
                        .isEqualTo("Ann " + transactions + " [" + record.id() + "1 Rome " + transactions + "]"));
    }
}
