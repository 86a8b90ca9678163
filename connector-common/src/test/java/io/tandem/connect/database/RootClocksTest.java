package io.tandem.connect.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tandem.clock.Masters;
import io.tandem.clock.VectorClock;
import io.tandem.clock.Version;
import io.tandem.connect.aggregate.AggregateKey;
import io.tandem.connect.aggregate.Clocking;
import io.tandem.connect.aggregate.Clocking.Placement;
import io.tandem.connect.aggregate.Clocking.Stamping;
import io.tandem.connect.database.dialect.DatabaseObject;
import io.tandem.testbed.Sql;
import io.tandem.testbed.Vendor;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/** Versions in columns of the root table, counted by triggers: the local write rule on a real database. */
class RootClocksTest {

    private static final TaskShare ALL = TaskShare.ALL;
    private static final Clocking IN_ROOT =
            new Clocking(Placement.ROOT, Stamping.TRIGGERS, ClockColumns.namesInRoot(Orders.MASTERS));

    private static AlignedAggregate install(TestDatabase database) throws SQLException {
        Orders.createTables(database);
        return Orders.install(database, Orders.definition().with(IN_ROOT));
    }

    @DatabaseTest
    void the_columns_are_none_of_the_aggregate(TestDatabase database) throws Exception {
        AlignedAggregate aligned = install(database);

        assertThat(aligned.aggregate().root().columns())
                .extracting(column -> column.name())
                .containsExactly("id", "note");
        assertThat(aligned.aggregate().notedTables())
                .extracting(noted -> noted.table().id().name())
                .containsExactly("item", "remark");
        // a second installation finds all there
        List<DatabaseObject> missing = database.open()
                .withHandle(handle ->
                        Orders.installer(database, aligned.aggregate()).missing(handle));
        assertThat(missing).isEmpty();
    }

    /** An index that is built online waits for statements that began before, so none of them may wait for its builder. */
    @DatabaseTest
    void connectors_that_start_at_once_install_side_by_side(TestDatabase database) throws Exception {
        Orders.createTables(database);
        Database pool = database.open();
        List<Future<AlignedAggregate>> starting = IntStream.range(0, 4)
                .mapToObj(i -> database.inBackground(() -> AlignedAggregate.open(
                        pool, Orders.definition().with(IN_ROOT), new Masters(Orders.MASTERS), Orders.SELF, true)))
                .toList();

        for (Future<AlignedAggregate> one : starting) {
            assertThat(one.get().aggregate().clocking()).isEqualTo(IN_ROOT);
        }
    }

    @DatabaseTest
    void an_insert_is_the_first_write_and_every_update_the_next(TestDatabase database) throws Exception {
        AlignedAggregate aligned = install(database);
        long before = nowMicros();

        database.execute("INSERT INTO orders (id, note) VALUES (1, 'a'), (2, 'b')");
        ClockRow first = read(database, aligned, 1);
        database.execute("UPDATE orders SET note = 'c' WHERE id = 1");
        ClockRow second = read(database, aligned, 1);

        assertThat(first.version().clock()).isEqualTo(clock(1, 0));
        assertThat(first.version().writer()).isEqualTo("legacy");
        assertThat(first.version().timestampMicros()).isBetween(before, nowMicros());
        assertThat(first.deleted()).isFalse();
        assertThat(second.version().clock()).isEqualTo(clock(2, 0));
        assertThat(second.version().timestampMicros())
                .isGreaterThan(first.version().timestampMicros());
        assertThat(pending(database, aligned)).containsExactlyInAnyOrder(Orders.key(1), Orders.key(2));
        assertThat(Orders.noted(database)).isEmpty();
    }

    @DatabaseTest
    void a_write_is_later_than_what_it_overwrites_whatever_the_wall_clock_says(TestDatabase database) throws Exception {
        AlignedAggregate aligned = install(database);
        database.execute("INSERT INTO orders (id) VALUES (1)");
        long future = nowMicros() + 3_600_000_000L;
        apply(database, aligned, row(1, 1, 4, future, "modern", false, 1));

        database.execute("UPDATE orders SET note = 'c' WHERE id = 1");

        assertThat(read(database, aligned, 1)).isEqualTo(row(1, 2, 4, future + 1, "legacy", false, 1));
    }

    @DatabaseTest
    void what_the_application_says_about_the_columns_does_not_count(TestDatabase database) throws Exception {
        AlignedAggregate aligned = install(database);

        database.execute("INSERT INTO orders (id, clock_legacy, clock_modern, clock_published) VALUES (1, 7, 8, 9)");
        assertThat(read(database, aligned, 1).version().clock()).isEqualTo(clock(1, 0));
        database.execute("UPDATE orders SET clock_legacy = 70, clock_modern = 80, clock_writer = 'x', "
                + "clock_published = 90, clock_timestamp = 5 WHERE id = 1");

        ClockRow row = read(database, aligned, 1);
        assertThat(row.version().clock()).isEqualTo(clock(2, 0));
        assertThat(row.version().writer()).isEqualTo("legacy");
        assertThat(row.version().timestampMicros()).isGreaterThan(5);
        assertThat(row.published()).isZero();
    }

    @DatabaseTest
    void a_delete_leaves_a_tombstone_with_the_next_version(TestDatabase database) throws Exception {
        AlignedAggregate aligned = install(database);
        database.execute("INSERT INTO orders (id) VALUES (1), (2)");
        apply(database, aligned, row(1, 1, 4, 5000, "modern", false, 1));

        database.execute("DELETE FROM orders WHERE id = 1");

        ClockRow tombstone = read(database, aligned, 1);
        assertThat(tombstone.version().clock()).isEqualTo(clock(2, 4));
        assertThat(tombstone.version().writer()).isEqualTo("legacy");
        assertThat(tombstone.deleted()).isTrue();
        assertThat(tombstone.published()).isEqualTo(1);
        assertThat(pending(database, aligned)).containsExactlyInAnyOrder(Orders.key(1), Orders.key(2));
    }

    @DatabaseTest
    void a_row_that_is_inserted_again_goes_on_from_the_tombstone(TestDatabase database) throws Exception {
        AlignedAggregate aligned = install(database);
        database.execute("INSERT INTO orders (id) VALUES (1)");
        apply(database, aligned, row(1, 1, 4, 5000, "modern", false, 1));
        database.execute("DELETE FROM orders WHERE id = 1");
        ClockRow tombstone = read(database, aligned, 1);

        database.execute("INSERT INTO orders (id) VALUES (1)", "UPDATE orders SET note = 'again' WHERE id = 1");

        ClockRow notCounted = read(database, aligned, 1);
        assertThat(notCounted.version()).isEqualTo(tombstone.version());
        assertThat(notCounted.insertedAgainMicros())
                .isGreaterThan(tombstone.version().timestampMicros());
        ClockRow counted = fold(database, aligned, 1);
        assertThat(counted.version().clock()).isEqualTo(clock(3, 4));
        assertThat(counted.version().timestampMicros()).isEqualTo(notCounted.insertedAgainMicros());
        assertThat(counted.deleted()).isFalse();
        assertThat(read(database, aligned, 1)).isEqualTo(counted);
        assertThat(database.query("SELECT * FROM " + Orders.CLOCK)).isEmpty();
    }

    @DatabaseTest
    void a_row_that_comes_and_goes_before_anybody_looks_is_one_more_delete(TestDatabase database) throws Exception {
        AlignedAggregate aligned = install(database);
        database.execute(
                "INSERT INTO orders (id) VALUES (1)",
                "DELETE FROM orders WHERE id = 1",
                "INSERT INTO orders (id) VALUES (1)",
                "DELETE FROM orders WHERE id = 1");

        ClockRow row = read(database, aligned, 1);
        assertThat(row.version().clock()).isEqualTo(clock(3, 0));
        assertThat(row.deleted()).isTrue();
        assertThat(row.insertedAgainMicros()).isNull();
    }

    @DatabaseTest
    void a_key_that_changes_is_a_delete_and_an_insert(TestDatabase database) throws Exception {
        AlignedAggregate aligned = install(database);
        database.execute("INSERT INTO orders (id) VALUES (1)");
        apply(database, aligned, row(1, 1, 4, 5000, "modern", false, 1));

        database.execute("UPDATE orders SET id = 10 WHERE id = 1");

        ClockRow old = read(database, aligned, 1);
        assertThat(old.version().clock()).isEqualTo(clock(2, 4));
        assertThat(old.deleted()).isTrue();
        ClockRow moved = read(database, aligned, 10);
        // of the new key no other master knows anything, so it must not claim to know theirs
        assertThat(moved.version().clock()).isEqualTo(clock(1, 0));
        assertThat(moved.deleted()).isFalse();
    }

    @DatabaseTest
    void an_upsert_counts_once(TestDatabase database) throws Exception {
        AlignedAggregate aligned = install(database);
        String upsert = database.vendor()
                .choose(
                        "INSERT INTO orders (id, note) VALUES (1, 'x') ON CONFLICT (id) DO UPDATE SET note = 'y'",
                        "INSERT INTO orders (id, note) VALUES (1, 'x') ON DUPLICATE KEY UPDATE note = 'y'");

        database.execute(upsert, upsert);

        assertThat(read(database, aligned, 1).version().clock()).isEqualTo(clock(2, 0));
        assertThat(database.query("SELECT note FROM orders")).containsExactly("y");
    }

    @DatabaseTest
    void truncating_buries_every_row_where_the_database_tells(TestDatabase database) throws Exception {
        AlignedAggregate aligned = install(database);
        if (database.vendor() == Vendor.MARIADB) {
            database.execute("INSERT INTO orders (id) VALUES (1)", "REPLACE INTO orders (id, note) VALUES (1, 'r')");
            assertThat(fold(database, aligned, 1).version().clock()).isEqualTo(clock(3, 0));
        } else {
            database.execute("INSERT INTO orders (id) VALUES (1), (2)", "TRUNCATE orders CASCADE");
            assertThat(read(database, aligned, 1, 2).values()).allMatch(ClockRow::deleted);
        }
    }

    @DatabaseTest
    void a_child_row_is_noted_and_locks_no_root_row(TestDatabase database) throws Exception {
        AlignedAggregate aligned = install(database);
        database.execute("INSERT INTO orders (id) VALUES (1)");
        try (Connection one = database.begin();
                Connection other = database.begin()) {
            Sql.run(one, "INSERT INTO item VALUES (1, 1, 'x')");
            // would wait for ever if the first had locked the root row for its counter
            Sql.run(other, "INSERT INTO item VALUES (1, 2, 'y')");
            one.commit();
            other.commit();
        }
        assertThat(Orders.noted(database)).containsExactly("1");
        assertThat(fold(database, aligned, 1).version().clock()).isEqualTo(clock(2, 0));
    }

    /** Why child rows are noted: a trigger that counted in the root row would make such statements fail on MariaDB. */
    @DatabaseTest
    void statements_that_name_root_and_child_work(TestDatabase database) throws Exception {
        AlignedAggregate aligned = install(database);
        String copy = "INSERT INTO item SELECT id, 1, note FROM orders";
        database.execute("INSERT INTO orders (id) VALUES (1), (2)", copy);
        assertThat(Orders.noted(database)).containsExactly("1", "2");
        assertThat(fold(database, aligned, 2).version().clock()).isEqualTo(clock(2, 0));

        if (database.vendor() == Vendor.MARIADB) {
            database.execute(
                    "DELETE FROM item",
                    "CREATE TRIGGER counting AFTER INSERT ON item FOR EACH ROW "
                            + "UPDATE orders SET note = note WHERE id = NEW.order_id");
            assertThatThrownBy(() -> database.execute(copy))
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            e -> assertThat(e.getErrorCode()).isEqualTo(1442));
        }
    }

    @DatabaseTest
    void what_the_sink_writes_is_not_counted(TestDatabase database) throws Exception {
        AlignedAggregate aligned = install(database);
        database.open()
                .inTransaction(
                        handle -> {
                            database.dialect().session().beginApplying(handle, Orders.NAME, Duration.ZERO);
                            handle.execute("INSERT INTO orders (id, note) VALUES (1, 'a')");
                            handle.execute("UPDATE orders SET note = 'b'");
                            return handle.execute("DELETE FROM orders");
                        },
                        database.dialect().session()::end);

        assertThat(read(database, aligned, 1)).isEqualTo(ClockRow.unclocked(Orders.key(1)));
        assertThat(database.query("SELECT * FROM " + Orders.CLOCK)).isEmpty();
    }

    @DatabaseTest
    void an_acknowledgement_leaves_alone_what_the_application_holds(TestDatabase database) throws Exception {
        AlignedAggregate aligned = install(database);
        database.execute("INSERT INTO orders (id) VALUES (1), (2), (3)", "DELETE FROM orders WHERE id = 3");
        try (Connection application = database.begin()) {
            Sql.run(application, "UPDATE orders SET note = 'held' WHERE id = 1");
            assertThat(acknowledge(database, aligned, Map.of(Orders.key(1), 1L, Orders.key(2), 1L, Orders.key(3), 2L)))
                    .containsExactlyInAnyOrder(Orders.key(2), Orders.key(3));
            application.commit();
        }
        assertThat(pending(database, aligned)).containsExactly(Orders.key(1));
        assertThat(acknowledge(database, aligned, Map.of(Orders.key(1), 1L))).containsExactly(Orders.key(1));
        ClockRow row = read(database, aligned, 1);
        assertThat(row.version().clock()).isEqualTo(clock(2, 0));
        assertThat(row.published()).isEqualTo(1);
    }

    @DatabaseTest
    void a_lock_is_not_waited_for_and_a_held_row_is_missing(TestDatabase database) throws Exception {
        AlignedAggregate aligned = install(database);
        database.execute(
                "INSERT INTO orders (id) VALUES (1), (2), (3), (4)",
                "DELETE FROM orders WHERE id IN (3, 4)",
                "INSERT INTO orders (id) VALUES (4)");
        try (Connection application = database.begin()) {
            Sql.run(application, "UPDATE orders SET note = 'held' WHERE id IN (1, 4)");

            Set<AggregateKey> locked = database.open()
                    .inTransaction(handle -> Set.copyOf(aligned.clocks()
                            .lock(handle.getConnection(), Orders.keys(1, 2, 3, 4))
                            .keySet()));

            assertThat(locked).containsExactlyInAnyOrder(Orders.key(2), Orders.key(3));
        }
    }

    /** As an acknowledgement of the delete does while the application inserts the row again. */
    @DatabaseTest
    void a_row_whose_tombstone_is_held_is_missing_too(TestDatabase database) throws Exception {
        AlignedAggregate aligned = install(database);
        database.execute("INSERT INTO orders (id) VALUES (1), (2)", "DELETE FROM orders WHERE id = 1");
        try (Connection source = database.begin()) {
            // as Tandem's sessions do, else MariaDB locks the gap that the row goes into
            source.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
            aligned.clocks().lock(source, Orders.keys(1));
            database.execute("INSERT INTO orders (id) VALUES (1)");

            Set<AggregateKey> locked = database.open()
                    .inTransaction(handle -> Set.copyOf(aligned.clocks()
                            .lock(handle.getConnection(), Orders.keys(1, 2))
                            .keySet()));

            assertThat(locked).containsExactly(Orders.key(2));
        }
    }

    @DatabaseTest
    void a_version_that_a_trigger_wrote_over_is_found(TestDatabase database) throws Exception {
        AlignedAggregate aligned = install(database);
        database.execute("INSERT INTO orders (id) VALUES (1)");
        ClockRow written = row(1, 1, 4, 5000, "modern", false, 1);

        // without the flag the trigger counts the write of the version itself
        Set<AggregateKey> found = database.open().inTransaction(handle -> {
            aligned.clocks().update(handle.getConnection(), List.of(written));
            return aligned.clocks().stampedOver(handle.getConnection(), List.of(written));
        });

        assertThat(found).containsExactly(Orders.key(1));
    }

    private static long nowMicros() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    }

    private static VectorClock clock(long legacy, long modern) {
        return VectorClock.of(Map.of("legacy", legacy, "modern", modern));
    }

    private static ClockRow row(
            long id, long legacy, long modern, long micros, String writer, boolean deleted, long published) {
        return new ClockRow(Orders.key(id), new Version(clock(legacy, modern), micros, writer), deleted, published);
    }

    private static void apply(TestDatabase database, AlignedAggregate aligned, ClockRow row) {
        aligned.clocks().inTransaction(database.open(), handle -> {
            aligned.clocks().update(handle.getConnection(), List.of(row));
            return null;
        });
    }

    private static Set<AggregateKey> acknowledge(
            TestDatabase database, AlignedAggregate aligned, Map<AggregateKey, Long> counters) {
        return aligned.clocks()
                .inTransaction(
                        database.open(), handle -> aligned.clocks().acknowledge(handle.getConnection(), counters));
    }

    private static List<AggregateKey> pending(TestDatabase database, AlignedAggregate aligned) {
        return database.open().withHandle(handle -> aligned.clocks().pending(handle.getConnection(), 9, ALL));
    }

    /** Folds as source and sink do. */
    private static ClockRow fold(TestDatabase database, AlignedAggregate aligned, long id) {
        return aligned.clocks().inTransaction(database.open(), handle -> {
            Connection connection = handle.getConnection();
            List<AggregateKey> keys = Orders.keys(id);
            Map<AggregateKey, ClockRow> stored = aligned.clocks().lock(connection, keys);
            List<Note> notes = aligned.journal().notes(connection, keys);
            Set<AggregateKey> existing = aligned.tables().read(connection, keys).keySet();
            Fold.Result folded = aligned.fold().apply(keys, stored, notes, existing, 0);
            aligned.clocks().update(connection, folded.rows().values());
            aligned.journal().delete(connection, folded.noteIds());
            return folded.rows().get(Orders.key(id));
        });
    }

    private static ClockRow read(TestDatabase database, AlignedAggregate aligned, long id) {
        return read(database, aligned, new long[] {id})
                .getOrDefault(Orders.key(id), ClockRow.unclocked(Orders.key(id)));
    }

    private static Map<AggregateKey, ClockRow> read(TestDatabase database, AlignedAggregate aligned, long... ids) {
        return database.open().withHandle(handle -> aligned.clocks().read(handle.getConnection(), Orders.keys(ids)));
    }
}
