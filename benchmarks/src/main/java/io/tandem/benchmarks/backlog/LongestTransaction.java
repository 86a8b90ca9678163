package io.tandem.benchmarks.backlog;

import io.tandem.benchmarks.rig.Scratch;
import io.tandem.testbed.Vendor;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Watches a database for its longest transaction, by looking at it again and again. MariaDB tells the start of a
 * transaction in whole seconds, so what is told there may be up to a second too much.
 */
final class LongestTransaction implements AutoCloseable {

    private static final long LOOK_MILLIS = 20;
    // who asks InnoDB again within 100 ms is told the same again
    private static final long LOOK_MILLIS_INNODB = 150;

    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private final AtomicBoolean over = new AtomicBoolean();
    private final Future<Seen> seen;

    /**
     * A transaction.
     *
     * @param statement how its statement began when it was seen for the last time
     */
    record Seen(double seconds, String statement) {}

    private LongestTransaction(Scratch database) {
        seen = thread.submit(() -> watch(database));
    }

    static LongestTransaction of(Scratch database) {
        return new LongestTransaction(database);
    }

    private static String query(Vendor vendor) {
        return vendor == Vendor.POSTGRESQL
                ? "SELECT extract(epoch FROM clock_timestamp() - xact_start), query FROM pg_stat_activity "
                        + "WHERE datname = current_database() AND xact_start IS NOT NULL AND pid <> pg_backend_pid() "
                        + "AND backend_type = 'client backend' ORDER BY 1 DESC LIMIT 1"
                : "SELECT TIMESTAMPDIFF(MICROSECOND, t.trx_started, SYSDATE(6)) / 1000000, p.info "
                        + "FROM information_schema.innodb_trx t JOIN information_schema.processlist p "
                        + "ON p.id = t.trx_mysql_thread_id WHERE p.db = DATABASE() AND p.id <> CONNECTION_ID() "
                        + "ORDER BY 1 DESC LIMIT 1";
    }

    private Seen watch(Scratch database) throws SQLException, InterruptedException {
        Seen longest = new Seen(0, "");
        try (Connection connection = database.connect();
                PreparedStatement statement = connection.prepareStatement(query(database.vendor()))) {
            while (!over.get()) {
                try (ResultSet result = statement.executeQuery()) {
                    if (result.next() && result.getDouble(1) > longest.seconds()) {
                        longest = new Seen(result.getDouble(1), String.valueOf(result.getString(2)));
                    }
                }
                TimeUnit.MILLISECONDS.sleep(database.vendor() == Vendor.POSTGRESQL ? LOOK_MILLIS : LOOK_MILLIS_INNODB);
            }
        }
        return longest;
    }

    /** Ends the watch. */
    Seen end() {
        over.set(true);
        try {
            return seen.get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException("cannot watch transactions", e);
        }
    }

    @Override
    public void close() {
        over.set(true);
        thread.shutdownNow();
    }
}
