package io.tandem.connect.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.tandem.clock.VectorClock;
import io.tandem.clock.Version;
import io.tandem.connect.aggregate.AggregateKey;
import io.tandem.connect.aggregate.Clocking;
import io.tandem.connect.aggregate.Clocking.Placement;
import io.tandem.connect.aggregate.Clocking.Stamping;
import io.tandem.testbed.Sql;
import io.tandem.testbed.Vendor;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.jdbi.v3.core.Handle;

/** The clock table and the change journal on a real database. */
class ClockStorageTest {

    private static final TaskShare ALL = new TaskShare(0, 1);

    @DatabaseTest
    void a_clock_row_is_read_as_it_was_written(TestDatabase database) throws Exception {
        AlignedAggregate aligned = Orders.install(database);
        ClockRow row = row(1, Long.MAX_VALUE, 3, "modern", true, 7);

        in(database, connection -> aligned.clocks().insert(connection, List.of(row)));

        assertThat(read(database, aligned, 1, 2)).containsExactly(Map.entry(Orders.key(1), row));
    }

    @DatabaseTest
    void clock_rows_are_updated_as_a_whole(TestDatabase database) throws Exception {
        AlignedAggregate aligned = Orders.install(database);
        in(
                database,
                connection -> aligned.clocks()
                        .insert(
                                connection,
                                List.of(row(1, 1, 1, "legacy", false, 0), row(2, 1, 1, "legacy", false, 0))));
        ClockRow changed = row(2, 2, 5, "modern", true, 1);

        in(database, connection -> aligned.clocks().update(connection, List.of(changed)));

        assertThat(read(database, aligned, 1, 2))
                .containsEntry(Orders.key(1), row(1, 1, 1, "legacy", false, 0))
                .containsEntry(Orders.key(2), changed);
    }

    @DatabaseTest
    void a_clock_row_that_exists_is_not_inserted_again(TestDatabase database) throws Exception {
        AlignedAggregate aligned = Orders.install(database);
        in(database, connection -> aligned.clocks().insert(connection, List.of(row(1, 1, 1, "legacy", false, 0))));

        assertThatThrownBy(() -> in(
                        database,
                        connection -> aligned.clocks().insert(connection, List.of(row(1, 9, 9, "modern", false, 0)))))
                .isInstanceOfSatisfying(
                        DatabaseException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.DUPLICATE_KEY));
    }

    @DatabaseTest
    void a_clock_row_that_somebody_else_holds_is_left_out_of_a_lock_read(TestDatabase database) throws Exception {
        AlignedAggregate aligned = Orders.install(database);
        ClockRow free = row(2, 1, 1, "legacy", false, 0);
        in(
                database,
                connection -> aligned.clocks().insert(connection, List.of(row(1, 1, 1, "legacy", false, 0), free)));
        Connection other = database.begin();
        Sql.run(other, "UPDATE " + Orders.CLOCK + " SET published = 1 WHERE key_id = 1");

        Map<AggregateKey, ClockRow> locked = database.open()
                .inTransaction(handle -> aligned.clocks().lock(handle.getConnection(), Orders.keys(1, 2, 3)));

        assertThat(locked).containsExactly(Map.entry(Orders.key(2), free));
    }

    @DatabaseTest
    void an_acknowledgement_is_never_lowered(TestDatabase database) throws Exception {
        AlignedAggregate aligned = Orders.install(database);
        in(
                database,
                connection -> aligned.clocks()
                        .insert(
                                connection,
                                List.of(row(1, 5, 1, "legacy", false, 3), row(2, 5, 1, "legacy", false, 3))));

        in(
                database,
                connection -> aligned.clocks()
                        .acknowledge(connection, Map.of(Orders.key(1), 2L, Orders.key(2), 5L, Orders.key(9), 1L)));

        assertThat(read(database, aligned, 1, 2, 9))
                .hasSize(2)
                .allSatisfy((key, row) -> assertThat(row.published()).isEqualTo(key.equals(Orders.key(1)) ? 3 : 5));
    }

    @DatabaseTest
    void what_is_not_published_is_pending(TestDatabase database) throws Exception {
        AlignedAggregate aligned = Orders.install(database);
        in(
                database,
                connection -> aligned.clocks()
                        .insert(
                                connection,
                                List.of(
                                        row(1, 5, 1, "legacy", false, 5),
                                        row(2, 5, 1, "legacy", false, 4),
                                        row(3, 5, 1, "modern", true, 0),
                                        row(4, 0, 7, "modern", false, 0))));

        List<AggregateKey> pending =
                database.open().inTransaction(handle -> aligned.clocks().pending(handle.getConnection(), 9, ALL));

        assertThat(pending).containsExactlyInAnyOrder(Orders.key(2), Orders.key(3));
    }

    @DatabaseTest
    void looking_for_what_is_pending_does_not_read_the_table(TestDatabase database) throws Exception {
        AlignedAggregate aligned = Orders.install(database);
        in(
                database,
                connection -> aligned.clocks()
                        .insert(
                                connection,
                                LongStream.range(0, 20_000)
                                        .mapToObj(id -> row(id, 1, 1, "legacy", false, 0))
                                        .toList()));
        database.execute("UPDATE " + Orders.CLOCK + " SET published = 1");
        readsLittle(database, aligned, "never analysed");

        database.execute(database.vendor().choose("ANALYZE ", "ANALYZE TABLE ") + Orders.CLOCK);
        readsLittle(database, aligned, "analysed, nothing pending");

        if (database.vendor() == Vendor.POSTGRESQL) {
            database.execute("VACUUM ANALYZE " + Orders.CLOCK);
            readsLittle(database, aligned, "vacuumed, nothing pending");
        }

        database.execute("UPDATE " + Orders.CLOCK + " SET published = 0 WHERE key_id < 10");
        readsLittle(database, aligned, "little pending");
    }

    private static void readsLittle(TestDatabase database, AlignedAggregate aligned, String state) {
        for (TaskShare share : List.of(ALL, new TaskShare(0, 2))) {
            long read = database.open().inTransaction(handle -> {
                long before = rowsRead(database, handle);
                aligned.clocks().pending(handle.getConnection(), 500, share);
                return rowsRead(database, handle) - before;
            });
            assertThat(read).as("rows read, %s, %s", state, share).isLessThan(100);
        }
    }

    /** How many rows this session has read so far, by whatever access path. */
    private static long rowsRead(TestDatabase database, Handle handle) {
        if (database.vendor() == Vendor.POSTGRESQL) {
            return handle.select("SELECT seq_tup_read + idx_tup_fetch FROM pg_stat_xact_user_tables WHERE relname = '"
                            + Orders.CLOCK + "'")
                    .mapTo(Long.class)
                    .one();
        }
        return handle.select("SHOW SESSION STATUS LIKE 'Handler_read%'").map((row, context) -> row.getLong(2)).stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    @DatabaseTest
    void notes_are_found_by_key(TestDatabase database) throws Exception {
        AlignedAggregate aligned = Orders.install(database);
        in(database, connection -> {
            Orders.note(aligned, connection, Orders.keys(1, 2), 1_000);
            Orders.note(aligned, connection, Orders.keys(2, 3), 2_000);
        });

        List<Note> notes = database.open()
                .inTransaction(handle -> aligned.journal().notes(handle.getConnection(), Orders.keys(2, 9)));

        assertThat(notes)
                .extracting(Note::key, Note::changedAtMicros)
                .containsExactlyInAnyOrder(tuple(Orders.key(2), 1_000L), tuple(Orders.key(2), 2_000L));
    }

    /** Where the application stamps, it holds rows of the clock table for as long as its transactions take. */
    @DatabaseTest
    void an_acknowledgement_leaves_alone_what_an_application_that_stamps_holds(TestDatabase database) throws Exception {
        Orders.createTables(database);
        AlignedAggregate aligned = Orders.install(
                database, Orders.definition().with(new Clocking(Placement.TABLE, Stamping.APPLICATION, Set.of())));
        in(
                database,
                connection -> aligned.clocks()
                        .insert(
                                connection,
                                List.of(row(1, 1, 1, "legacy", false, 0), row(2, 1, 1, "legacy", false, 0))));
        try (Connection application = database.begin()) {
            Sql.run(application, "UPDATE " + Orders.CLOCK + " SET clock_legacy = 2 WHERE key_id = 1");

            Set<AggregateKey> saved = aligned.clocks()
                    .inTransaction(
                            database.open(),
                            handle -> aligned.clocks()
                                    .acknowledge(handle.getConnection(), Map.of(Orders.key(1), 1L, Orders.key(2), 1L)));

            assertThat(saved).containsExactly(Orders.key(2));
        }
    }

    @DatabaseTest
    void notes_are_deleted_by_id_and_the_others_stay(TestDatabase database) throws Exception {
        AlignedAggregate aligned = Orders.install(database);
        in(
                database,
                connection -> Orders.note(
                        aligned,
                        connection,
                        LongStream.range(0, 3_001).mapToObj(Orders::key).toList(),
                        1_000));
        List<Long> ids = database.open()
                .inTransaction(handle -> aligned
                        .journal()
                        .notes(
                                handle.getConnection(),
                                LongStream.range(0, 3_000).mapToObj(Orders::key).toList())
                        .stream()
                        .map(Note::id)
                        .toList());

        in(database, connection -> aligned.journal().delete(connection, ids));

        assertThat(ids).hasSize(3_000);
        assertThat(Orders.noted(database)).containsExactly("3000");
    }

    @DatabaseTest
    void the_oldest_keys_come_first_and_each_once(TestDatabase database) throws Exception {
        AlignedAggregate aligned = Orders.install(database);
        in(database, connection -> {
            for (long id : new long[] {3, 1, 3, 2, 4}) {
                Orders.note(aligned, connection, Orders.keys(id), 1_000);
            }
        });

        var keys = database.open()
                .inTransaction(handle -> aligned.journal()
                        .oldestKeys(handle.getConnection(), 4, ALL, new JournalFloor(System::nanoTime)));

        assertThat(keys).containsExactly(Orders.key(3), Orders.key(1), Orders.key(2));
    }

    @DatabaseTest
    void a_note_of_this_very_session_is_told_from_others(TestDatabase database) throws Exception {
        AlignedAggregate aligned = Orders.install(database);
        database.execute("INSERT INTO orders VALUES (1, 'other session')");

        var own = database.open().inTransaction(handle -> {
            handle.execute("INSERT INTO orders VALUES (2, 'this session')");
            return aligned.journal().notedBySelf(handle.getConnection(), Orders.keys(1, 2));
        });

        assertThat(own).containsExactly(Orders.key(2));
    }

    @DatabaseTest
    void the_shares_of_the_tasks_hold_every_key_once(TestDatabase database) throws Exception {
        AlignedAggregate aligned = Orders.install(database);
        List<AggregateKey> keys =
                LongStream.range(0, 1_000).mapToObj(Orders::key).toList();
        in(database, connection -> {
            Orders.note(aligned, connection, keys, 1_000);
            aligned.clocks()
                    .insert(
                            connection,
                            LongStream.range(0, 1_000)
                                    .mapToObj(id -> row(id, 1, 1, "legacy", false, 0))
                                    .toList());
        });

        database.open().inTransaction(handle -> {
            List<AggregateKey> noted = new ArrayList<>();
            for (int task = 0; task < 3; task++) {
                TaskShare share = new TaskShare(task, 3);
                var mine = aligned.journal()
                        .oldestKeys(handle.getConnection(), 5_000, share, new JournalFloor(System::nanoTime));
                assertThat(aligned.clocks().pending(handle.getConnection(), 5_000, share))
                        .as("the clock table is shared like the journal")
                        .containsExactlyInAnyOrderElementsOf(mine);
                assertThat(mine).as("keys of task %s", task).hasSizeGreaterThan(200);
                noted.addAll(mine);
            }
            assertThat(noted).containsExactlyInAnyOrderElementsOf(keys);
            return null;
        });
    }

    private static Map<AggregateKey, ClockRow> read(TestDatabase database, AlignedAggregate aligned, long... ids) {
        return database.open().inTransaction(handle -> aligned.clocks().read(handle.getConnection(), Orders.keys(ids)));
    }

    private static ClockRow row(long id, long legacy, long modern, String writer, boolean deleted, long published) {
        Version version = new Version(VectorClock.of(Map.of("legacy", legacy, "modern", modern)), 1_000 + id, writer);
        return new ClockRow(Orders.key(id), version, deleted, published);
    }

    /** Work with a connection. */
    @FunctionalInterface
    private interface Work {
        void run(Connection connection) throws SQLException;
    }

    private static void in(TestDatabase database, Work work) {
        database.open().inTransaction(handle -> {
            work.run(handle.getConnection());
            return null;
        });
    }
}
