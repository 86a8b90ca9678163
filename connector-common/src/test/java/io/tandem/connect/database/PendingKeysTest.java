package io.tandem.connect.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.connect.aggregate.AggregateKey;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

class PendingKeysTest {

    private static final int MANY = 100;

    /** A time that passes only while somebody looks. */
    private final AtomicLong now = new AtomicLong();

    private long lookMillis = 1;

    private PendingKeys open(TestDatabase database) throws Exception {
        return new PendingKeys(
                Orders.install(database),
                TaskShare.ALL,
                () -> now.getAndAdd(TimeUnit.MILLISECONDS.toNanos(lookMillis)));
    }

    private static List<AggregateKey> noted(TestDatabase database, PendingKeys keys) {
        return database.open().withHandle(handle -> List.copyOf(keys.noted(handle.getConnection(), MANY)));
    }

    private static List<AggregateKey> unpublished(TestDatabase database, PendingKeys keys) {
        return database.open().withHandle(handle -> keys.unpublished(handle.getConnection(), MANY));
    }

    @DatabaseTest
    void a_note_that_is_committed_late_is_found_at_once_while_looks_are_short(TestDatabase database) throws Exception {
        PendingKeys keys = open(database);
        try (Connection late = database.connect();
                Statement statement = late.createStatement()) {
            late.setAutoCommit(false);
            statement.execute("INSERT INTO orders VALUES (1, 'late')");
            database.execute("INSERT INTO orders VALUES (2, 'early')");
            assertThat(noted(database, keys)).containsExactly(Orders.key(2));
            database.execute("DELETE FROM " + Orders.JOURNAL + " WHERE id = 2");
            assertThat(noted(database, keys)).isEmpty();
            late.commit();
        }
        assertThat(noted(database, keys)).containsExactly(Orders.key(1));
    }

    @DatabaseTest
    void a_note_that_is_committed_late_is_found_by_and_by_when_looks_are_long(TestDatabase database) throws Exception {
        PendingKeys keys = open(database);
        try (Connection late = database.connect();
                Statement statement = late.createStatement()) {
            late.setAutoCommit(false);
            statement.execute("INSERT INTO orders VALUES (1, 'late')");
            database.execute("INSERT INTO orders VALUES (2, 'early')");
            lookMillis = 1000;
            noted(database, keys);
            assertThat(noted(database, keys)).containsExactly(Orders.key(2));
            late.commit();
        }
        assertThat(noted(database, keys)).as("from the floor on").containsExactly(Orders.key(2));
        database.execute("INSERT INTO orders VALUES (3, 'new')");
        assertThat(noted(database, keys)).as("what is new comes at once").containsExactly(Orders.key(2), Orders.key(3));
        now.addAndGet(TimeUnit.SECONDS.toNanos(20));
        assertThat(noted(database, keys)).containsExactly(Orders.key(1), Orders.key(2), Orders.key(3));
        assertThat(noted(database, keys))
                .as("the floor is where the lowest is")
                .containsExactly(Orders.key(1), Orders.key(2), Orders.key(3));
    }

    @DatabaseTest
    void long_looks_for_what_is_not_published_pause(TestDatabase database) throws Exception {
        PendingKeys keys = open(database);
        lookMillis = 1000;
        assertThat(unpublished(database, keys)).isEmpty();
        assertThat(unpublished(database, keys)).isEmpty();
        database.execute("INSERT INTO " + Orders.CLOCK + " (key_id, clock_legacy, clock_modern, clock_timestamp, "
                + "clock_writer, clock_deleted, published) VALUES (1, 1, 0, 0, 'legacy', FALSE, 0)");
        assertThat(unpublished(database, keys)).isEmpty();
        now.addAndGet(TimeUnit.SECONDS.toNanos(20));
        assertThat(unpublished(database, keys)).containsExactly(Orders.key(1));
    }
}
