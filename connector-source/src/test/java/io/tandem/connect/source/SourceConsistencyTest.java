package io.tandem.connect.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.testbed.Sql;
import io.tandem.testbed.Vendor;
import io.tandem.testbed.fixtures.Servers;
import io.tandem.testbed.fixtures.Servers.Databases;
import io.tandem.testbed.fixtures.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.connect.data.Struct;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The data of a record is that of its version, whoever writes meanwhile. */
@ParameterizedClass
@EnumSource(Vendor.class)
@ExtendWith(Servers.class)
class SourceConsistencyTest {

    private static final int CUSTOMERS = 3;
    private static final Duration DURATION = Duration.ofSeconds(4);

    private final TestDatabase database;

    SourceConsistencyTest(Vendor vendor, Databases databases) {
        database = databases.create(vendor).withTables();
    }

    /** Writes the same number into a root and its children, again and again; returns the last one of each. */
    private Map<Long, Long> hammer(AtomicBoolean stop) throws SQLException {
        Map<Long, Long> last = new HashMap<>();
        try (Connection application = database.begin()) {
            for (long number = 100; !stop.get(); number++) {
                long id = number % CUSTOMERS + 1;
                Sql.run(application, "UPDATE address SET counter = " + number + " WHERE customer_id = " + id);
                Sql.run(application, "UPDATE customer SET counter = " + number + " WHERE id = " + id);
                application.commit();
                last.put(id, number);
            }
        }
        return last;
    }

    private void createCustomers() {
        for (int id = 1; id <= CUSTOMERS; id++) {
            database.execute(
                    "INSERT INTO customer (id, name) VALUES (" + id + ", 'Ann')",
                    "INSERT INTO address (id, customer_id, city) VALUES (" + id + "1, " + id + ", 'Rome')",
                    "INSERT INTO address (id, customer_id, city) VALUES (" + id + "2, " + id + ", 'Oslo')");
        }
    }

    @Test
    void every_record_shows_one_moment_and_the_last_one_the_last_write() throws Exception {
        AtomicBoolean stop = new AtomicBoolean();
        List<Sent> all = new ArrayList<>();
        Map<Long, Long> written;
        try (Source source = Source.startAheadOn(database)) {
            createCustomers();
            CompletableFuture<Map<Long, Long>> writer = inBackground(() -> hammer(stop));
            InFlight inFlight = new InFlight(source);
            long end = System.nanoTime() + DURATION.toNanos();
            while (System.nanoTime() < end) {
                List<Sent> records = source.poll();
                all.addAll(records);
                inFlight.sent(records);
            }
            stop.set(true);
            written = writer.join();
            inFlight.close();
            all.addAll(source.drain());
        }

        assertThat(all).hasSizeGreaterThan(30);
        Map<Object, Long> own = new HashMap<>();
        Map<Object, Long> shown = new HashMap<>();
        for (Sent sent : all) {
            assertThat(sent.addresses())
                    .as("%s", sent)
                    .hasSize(2)
                    .allSatisfy((Struct address) -> assertThat(address.get("counter"))
                            .isEqualTo(sent.data().get("counter")));
            assertThat(sent.own()).as("%s", sent).isGreaterThan(own.getOrDefault(sent.id(), 0L));
            own.put(sent.id(), sent.own());
            shown.put(sent.id(), sent.data().getInt64("counter"));
        }
        assertThat(shown).containsExactlyInAnyOrderEntriesOf(new HashMap<>(written));
    }

    /** Acknowledges late and from another thread, and notices when a key is sent meanwhile. */
    private static final class InFlight {
        private final Set<Object> keys = new HashSet<>();
        private final BlockingQueue<Sent> unanswered = new LinkedBlockingQueue<>();
        private final AtomicBoolean stop = new AtomicBoolean();
        private final CompletableFuture<Integer> answering;

        InFlight(Source source) {
            this.answering = inBackground(() -> {
                int answered = 0;
                while (!stop.get() || !unanswered.isEmpty()) {
                    // so that records stay in flight for several polls
                    pause().join();
                    List<Sent> batch = new ArrayList<>();
                    unanswered.drainTo(batch);
                    synchronized (keys) {
                        batch.forEach(sent -> keys.remove(sent.id()));
                    }
                    source.acknowledge(batch);
                    answered += batch.size();
                }
                return answered;
            });
        }

        private static CompletableFuture<Void> pause() {
            return CompletableFuture.runAsync(() -> {}, CompletableFuture.delayedExecutor(30, TimeUnit.MILLISECONDS));
        }

        void sent(List<Sent> records) {
            synchronized (keys) {
                records.forEach(
                        sent -> assertThat(keys.add(sent.id())).as("%s", sent).isTrue());
            }
            unanswered.addAll(records);
        }

        void close() {
            stop.set(true);
            answering.join();
        }
    }

    /** Work that may fail. */
    private interface Work<T> {
        T run() throws Exception;
    }

    private static <T> CompletableFuture<T> inBackground(Work<T> work) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return work.run();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
    }

    @Test
    void a_version_that_another_changed_meanwhile_is_folded_again() throws SQLException {
        try (Source source = Source.startOn(database)) {
            createCustomers();
            source.drain();
            try (Connection sink = database.begin()) {
                Sql.run(sink, "SELECT * FROM tandem_customer_clock WHERE key_id = 1 FOR UPDATE");
                database.execute("UPDATE customer SET counter = 8 WHERE id <= 2");

                assertThat(source.drain()).extracting(Sent::id).containsExactly(2L);

                Sql.run(sink, "UPDATE tandem_customer_clock SET clock_modern = 5 WHERE key_id = 1");
                sink.commit();
            }
            Sent sent = source.drainOne();
            assertThat(sent.clock()).isEqualTo(Map.of("legacy", 2L, "modern", 5L));
            assertThat(sent.text()).isEqualTo("Ann 8 [11 Rome 7, 12 Oslo 7]");
        }
    }

    @Test
    void nothing_is_lost_while_another_changes_the_same_clocks() throws Exception {
        AtomicBoolean stop = new AtomicBoolean();
        Map<Object, Long> shown = new HashMap<>();
        Map<Object, Long> known = new HashMap<>();
        Map<Long, Long> written;
        try (Source source = Source.startOn(database)) {
            createCustomers();
            source.drain();
            CompletableFuture<Map<Long, Long>> writer = inBackground(() -> hammer(stop));
            CompletableFuture<Integer> sink = inBackground(() -> {
                int changes = 0;
                for (; !stop.get(); changes++) {
                    database.execute("UPDATE tandem_customer_clock SET clock_modern = clock_modern + 1 WHERE key_id = "
                            + (System.nanoTime() % CUSTOMERS + 1));
                }
                return changes;
            });
            long end = System.nanoTime() + DURATION.toNanos();
            List<Sent> all = new ArrayList<>();
            while (System.nanoTime() < end) {
                List<Sent> records = source.poll();
                all.addAll(records);
                source.acknowledge(records);
            }
            stop.set(true);
            written = writer.join();
            assertThat(sink.join()).isGreaterThan(30);
            all.addAll(source.drain());
            for (Sent sent : all) {
                long peer = sent.clock().getOrDefault("modern", 0L);
                assertThat(peer).as("%s", sent).isGreaterThanOrEqualTo(known.getOrDefault(sent.id(), 0L));
                known.put(sent.id(), peer);
                shown.put(sent.id(), sent.data().getInt64("counter"));
            }
        }

        assertThat(shown).containsExactlyInAnyOrderEntriesOf(new HashMap<>(written));
        assertThat(database.number("SELECT COUNT(*) FROM tandem_customer_journal"))
                .isZero();
    }
}
