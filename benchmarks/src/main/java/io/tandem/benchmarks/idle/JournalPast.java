package io.tandem.benchmarks.idle;

import io.tandem.benchmarks.rig.Scratch;
import io.tandem.testbed.Sql;
import io.tandem.testbed.Vendor;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * A change journal through which many notes have gone while some other transaction of the database stayed open, so that
 * the server had to keep all of them: PostgreSQL does not vacuum them, InnoDB does not purge them.
 */
final class JournalPast {

    private static final int BATCH = 100_000;

    private JournalPast() {}

    /**
     * Gives a database's journal such a past, and does something while the transaction is still open.
     *
     * @param notes a multiple of 100,000
     */
    static void during(Scratch database, int notes, Runnable work) {
        try (Connection reader = database.begin();
                Connection writer = database.connect()) {
            reader.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            // what it sees is settled by its first read
            Sql.query(reader, "SELECT COUNT(*) FROM tandem_account_journal");
            if (database.vendor() == Vendor.POSTGRESQL) {
                // it knows nothing of what is dead, and would read all of it for every batch
                Sql.run(writer, "SET enable_seqscan = off");
            }
            passThrough(database, writer, notes);
            work.run();
            reader.rollback();
        } catch (SQLException e) {
            throw new IllegalStateException("cannot give the journal a past", e);
        }
    }

    private static void passThrough(Scratch database, Connection writer, int notes) throws SQLException {
        long last = 0;
        for (int first = 1; first <= notes; first += BATCH) {
            Sql.run(
                    writer,
                    "INSERT INTO tandem_account_journal (key_id, changed_at, session) SELECT n, 1000, 1 FROM "
                            + database.numbers(first, first + BATCH - 1));
            String newest = Sql.query(writer, "SELECT MAX(id) FROM tandem_account_journal")
                    .get(0);
            Sql.run(writer, "DELETE FROM tandem_account_journal WHERE id > " + last);
            last = Long.parseLong(newest);
        }
    }
}
