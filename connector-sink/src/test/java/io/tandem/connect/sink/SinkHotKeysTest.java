package io.tandem.connect.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The worst load: hot customers that some session holds at nearly any moment, written children first and roots first, by
 * statements for one row and for several, in transactions that are short and long; and a sink with all of them in large
 * batches. The application alone cannot deadlock: whoever takes several customers takes them in the order of their ids,
 * and each customer is always written in the same order of its tables.
 */
@ParameterizedClass
@EnumSource(Vendor.class)
@ExtendWith(Servers.class)
class SinkHotKeysTest {

    private static final int HOT = 6;
    private static final int CUSTOMERS = 200;
    private static final int SESSIONS = 4;
    // so often every hot customer is applied while the application goes on
    private static final int TIMES = 3;
    private static final Duration LIMIT = Duration.ofSeconds(90);

    private final TestDatabase database;
    private final AtomicBoolean stop = new AtomicBoolean();
    private final AtomicInteger transactions = new AtomicInteger();
    private final ConcurrentLinkedQueue<String> errors = new ConcurrentLinkedQueue<>();

    SinkHotKeysTest(Vendor vendor, Databases databases) {
        database = databases.create(vendor).withTables();
    }

    private static Change theirs(long id, long number) {
        return Change.named(id, "v" + number)
                .clock(number, 0)
                .at(ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now()))
                .address(id * 10 + 1, "Rome")
                .address(id * 10 + 2, "Oslo");
    }

    private void application(int session) {
        Random random = new Random(session);
        try (Connection connection = database.begin();
                Statement statement = connection.createStatement()) {
            while (!stop.get()) {
                try {
                    transaction(statement, random);
                    connection.commit();
                    transactions.incrementAndGet();
                } catch (SQLException e) {
                    errors.add("session " + session + ": " + e.getMessage());
                    connection.rollback();
                }
            }
        } catch (SQLException e) {
            errors.add("session " + session + ": " + e.getMessage());
        }
    }

    private void transaction(Statement statement, Random random) throws SQLException {
        for (int id = 1; id <= HOT; id++) {
            if (random.nextInt(HOT) < 2) {
                String roots = "UPDATE customer SET counter = counter + 1 WHERE id = " + id;
                String children = "UPDATE address SET counter = counter + 1 WHERE id ";
                if (id % 2 == 0) {
                    statement.execute(children + "= " + id + "1");
                    statement.execute(children + "= " + id + "2");
                    statement.execute(roots);
                } else {
                    statement.execute(roots);
                    statement.execute(children + "IN (" + id + "1, " + id + "2)");
                }
            }
        }
        // holds what it has; now and then for longer than a deadlock is looked for
        String seconds = random.nextInt(50) == 0 ? "1.2" : "0.004";
        statement.execute(
                "SELECT " + (database.vendor() == Vendor.POSTGRESQL ? "pg_sleep(" : "SLEEP(") + seconds + ")");
    }

    private List<Long> appliedHot() {
        return database
                .query("SELECT clock_legacy FROM tandem_customer_clock WHERE key_id <= " + HOT + " ORDER BY key_id")
                .stream()
                .map(Long::valueOf)
                .toList();
    }

    @Test
    void no_statement_of_the_application_fails_and_no_customer_starves() {
        long[] number = {1};
        try (Sink sink = Sink.startOn(database)) {
            sink.apply(batch(number[0]));
            List<CompletableFuture<Void>> sessions = new ArrayList<>();
            // the common pool may have fewer threads
            ExecutorService threads = Executors.newFixedThreadPool(SESSIONS);
            try {
                for (int i = 0; i < SESSIONS; i++) {
                    int session = i;
                    sessions.add(CompletableFuture.runAsync(() -> application(session), threads));
                }
                for (int time = 1; time <= TIMES; time++) {
                    long before = number[0];
                    await("every hot customer is applied, time " + time)
                            .atMost(LIMIT)
                            .pollInterval(Duration.ofMillis(2))
                            .failFast(() -> assertThat(errors).isEmpty())
                            .until(() -> {
                                sink.put(batch(++number[0]));
                                return appliedHot().stream().allMatch(applied -> applied > before);
                            });
                }
            } finally {
                stop.set(true);
                sessions.forEach(CompletableFuture::join);
                threads.shutdown();
            }
            sink.awaitApplied();
        }

        assertThat(errors).isEmpty();
        assertThat(transactions.get()).isGreaterThan(SESSIONS);
        assertThat(database.number("SELECT COUNT(*) FROM tandem_customer_clock WHERE clock_legacy = " + number[0]))
                .isEqualTo(CUSTOMERS);
    }

    private static Change[] batch(long number) {
        return IntStream.rangeClosed(1, CUSTOMERS)
                .mapToObj(id -> theirs(id, number))
                .toArray(Change[]::new);
    }
}
