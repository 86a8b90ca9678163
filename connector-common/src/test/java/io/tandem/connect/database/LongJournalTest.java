package io.tandem.connect.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tandem.connect.aggregate.AggregateKey;
import io.tandem.testbed.Sql;
import io.tandem.testbed.Vendor;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.LongStream;
import org.jdbi.v3.core.Handle;

/** A journal with more notes than are needed, or than anybody should read at once. */
class LongJournalTest {

    private static final int MANY = 100;
    private static final int KEYS = 1 << 18;

    private static void note(TestDatabase database, long key, long changedAt) throws SQLException {
        database.execute("INSERT INTO " + Orders.JOURNAL + " (key_id, changed_at, session) VALUES (" + key + ", "
                + changedAt + ", 1)");
    }

    private static List<String> notes(TestDatabase database) throws SQLException {
        return database.query("SELECT CONCAT(key_id, '@', changed_at) FROM " + Orders.JOURNAL + " ORDER BY key_id, id");
    }

    @DatabaseTest
    void of_each_aggregate_the_latest_note_is_left_whatever_its_place(TestDatabase database) throws Exception {
        AlignedAggregate aligned = Orders.install(database);
        for (long time : new long[] {5, 9, 7}) {
            note(database, 1, time);
            note(database, 2, 10 - time);
            note(database, 3, 1);
        }

        int deleted = database.open()
                .inTransaction(handle -> aligned.journal().thinOut(handle.getConnection(), Orders.keys(1, 2), MANY));

        assertThat(deleted).isEqualTo(4);
        assertThat(notes(database)).containsExactly("1@9", "2@5", "3@1", "3@1", "3@1");
    }

    @DatabaseTest
    void no_more_notes_are_looked_at_than_asked_for(TestDatabase database) throws Exception {
        AlignedAggregate aligned = Orders.install(database);
        for (int i = 0; i < 10; i++) {
            note(database, 1, i);
        }

        int deleted = database.open()
                .inTransaction(handle -> aligned.journal().thinOut(handle.getConnection(), Orders.keys(1), 4));

        assertThat(deleted).isEqualTo(3);
        List<Note> some = database.open()
                .inTransaction(handle -> aligned.journal().notes(handle.getConnection(), Orders.keys(1), 5));
        assertThat(some).hasSize(5);
    }

    /** Were the earlier note deleted, and the later one then folded by who holds it, the data could be of between. */
    @DatabaseTest
    void a_note_is_left_if_the_later_one_is_held_by_somebody_else(TestDatabase database) throws Exception {
        AlignedAggregate aligned = Orders.install(database);
        note(database, 1, 5);
        note(database, 1, 9);
        Connection other = database.begin();
        Sql.run(other, "DELETE FROM " + Orders.JOURNAL + " WHERE changed_at = 9");

        int deleted = database.open()
                .inTransaction(handle -> aligned.journal().thinOut(handle.getConnection(), Orders.keys(1), MANY));

        other.commit();
        assertThat(deleted).isZero();
        assertThat(notes(database)).containsExactly("1@5");
    }

    /** Somebody who folds and deletes the later one meanwhile would make the earlier one's write unnoted. */
    @DatabaseTest
    void nobody_takes_the_later_note_while_the_earlier_ones_are_being_deleted(TestDatabase database) throws Exception {
        AlignedAggregate aligned = Orders.install(database);
        note(database, 1, 5);
        note(database, 1, 9);

        database.open().inTransaction(handle -> {
            aligned.journal().thinOut(handle.getConnection(), Orders.keys(1), MANY);
            Connection other = database.begin();
            Sql.run(
                    other,
                    database.vendor().choose("SET lock_timeout = '50ms'", "SET SESSION innodb_lock_wait_timeout = 0"));
            assertThatThrownBy(() -> Sql.run(other, "DELETE FROM " + Orders.JOURNAL + " WHERE changed_at = 9"))
                    .isInstanceOf(SQLException.class);
            return null;
        });
    }

    /** Nobody has told PostgreSQL yet what is in a journal that one statement has filled. */
    @DatabaseTest(Vendor.POSTGRESQL)
    void a_batch_does_not_read_the_whole_journal(TestDatabase database) throws Exception {
        AlignedAggregate aligned = Orders.install(database);
        database.execute(
                "ALTER TABLE " + Orders.JOURNAL + " SET (autovacuum_enabled = off)",
                "INSERT INTO " + Orders.JOURNAL
                        + " (key_id, changed_at, session) SELECT k, 1, 1 FROM generate_series(1, " + KEYS + ") AS k");
        List<AggregateKey> batch =
                LongStream.range(0, 1000).mapToObj(k -> Orders.key(k * 7)).toList();

        database.open().withHandle(handle -> {
            long before = scans(handle);
            assertThat(aligned.journal().notes(handle.getConnection(), batch, 10_000))
                    .hasSize(999);
            assertThat(aligned.journal().notedBySelf(handle.getConnection(), batch))
                    .isEmpty();
            assertThat(scans(handle)).isEqualTo(before);
            return null;
        });
    }

    private static long scans(Handle handle) {
        handle.select("SELECT CAST(pg_stat_force_next_flush() AS text)")
                .mapTo(String.class)
                .list();
        return handle.select("SELECT seq_scan FROM pg_stat_user_tables WHERE relname = ?", Orders.JOURNAL)
                .mapTo(Long.class)
                .one();
    }
}
