package io.tandem.connect.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.testbed.Sql;
import io.tandem.testbed.Vendor;
import io.tandem.testbed.fixtures.Servers;
import io.tandem.testbed.fixtures.Servers.Databases;
import io.tandem.testbed.fixtures.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Somebody writes a clock row between the source's snapshot and its fold. The snapshot reads the addresses last, so a
 * lock on that table stops the source there; MariaDB would lock the journal along with it.
 */
@ExtendWith(Servers.class)
class SourceRaceTest {

    private final TestDatabase database;

    SourceRaceTest(Databases databases) {
        database = databases.create(Vendor.POSTGRESQL).withTables();
    }

    private List<Sent> pollWhile(Source source, String interference) throws SQLException {
        try (Connection lock = database.begin()) {
            Sql.run(lock, "LOCK TABLE address IN ACCESS EXCLUSIVE MODE");
            CompletableFuture<List<Sent>> poll = CompletableFuture.supplyAsync(source::poll);
            database.awaitWaitingSession();
            database.execute(interference);
            lock.commit();
            return poll.join();
        }
    }

    @Test
    void a_clock_that_changes_after_the_snapshot_is_not_overwritten() throws SQLException {
        try (Source source = Source.startOn(database)) {
            database.execute("INSERT INTO customer (id, name) VALUES (1, 'Ann')");
            source.drain();
            database.execute("UPDATE customer SET counter = 8");

            List<Sent> raced = pollWhile(source, "UPDATE tandem_customer_clock SET clock_modern = 5");

            assertThat(raced).isEmpty();
            Sent sent = source.drainOne();
            assertThat(sent.clock()).isEqualTo(Map.of("legacy", 2L, "modern", 5L));
            assertThat(sent.text()).isEqualTo("Ann 8 []");
        }
    }

    @Test
    void a_clock_that_appears_after_the_snapshot_is_not_overwritten() throws SQLException {
        try (Source source = Source.startOn(database)) {
            database.execute("INSERT INTO customer (id, name) VALUES (1, 'Ann')");

            List<Sent> raced =
                    pollWhile(source, "INSERT INTO tandem_customer_clock VALUES (1, 0, 5, 1000, 'modern', false, 0)");

            assertThat(raced).isEmpty();
            assertThat(source.drainOne().clock()).isEqualTo(Map.of("legacy", 1L, "modern", 5L));
        }
    }

    @Test
    void a_write_after_the_snapshot_is_the_next_version() throws SQLException {
        try (Source source = Source.startOn(database)) {
            database.execute("INSERT INTO customer (id, name) VALUES (1, 'Ann')");

            List<Sent> first = pollWhile(source, "UPDATE customer SET counter = 8");

            assertThat(first).extracting(Sent::text).containsExactly("Ann 7 []");
            source.acknowledge(first);
            Sent second = source.drainOne();
            assertThat(second.own()).isEqualTo(2);
            assertThat(second.text()).isEqualTo("Ann 8 []");
        }
    }
}
