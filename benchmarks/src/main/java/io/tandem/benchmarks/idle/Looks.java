package io.tandem.benchmarks.idle;

import io.tandem.benchmarks.rig.Accounts;
import io.tandem.benchmarks.rig.Scratch;
import io.tandem.benchmarks.rig.State;
import io.tandem.connect.database.AlignedAggregate;
import io.tandem.connect.database.Database;
import io.tandem.connect.database.PendingKeys;
import io.tandem.connect.database.TaskShare;
import io.tandem.connect.sink.AlignmentSinkConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Looks at a database as a source's task does that has nothing on its way: the oldest notes, then the versions that are
 * not published, on the one connection of its pool. For one thread.
 */
final class Looks implements AutoCloseable {

    /** The default of {@code source.batch.size}, which bounds what a look may find. */
    private static final int LIMIT = 1000;

    private static final int MOST = 2000;
    private static final int FEWEST = 3;
    private static final long ENOUGH_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final long WHILE_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final Database database;
    private final Scratch scratch;
    private final PendingKeys pending;

    Looks(Scratch scratch, String master) {
        this.scratch = scratch;
        AlignmentSinkConfig config = new AlignmentSinkConfig(State.settings(scratch, new Accounts(false), master));
        database = Database.open(config.connection(), "benchmark-source", 1);
        try {
            AlignedAggregate aligned =
                    AlignedAggregate.open(database, config.aggregate(), config.masters(), config.master(), false);
            pending = new PendingKeys(aligned, TaskShare.ALL, System::nanoTime);
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
    }

    /** How long a look takes, in microseconds: the median of many, of fewer where each takes long. */
    double medianMicros() {
        List<Long> nanos = new ArrayList<>();
        long start = System.nanoTime();
        while (nanos.size() < MOST && (nanos.size() < FEWEST || System.nanoTime() - start < ENOUGH_NANOS)) {
            nanos.add(look());
        }
        nanos.sort(null);
        return nanos.get(nanos.size() / 2) / (double) TimeUnit.MICROSECONDS.toNanos(1);
    }

    /** How long a look takes on average, in microseconds, if there is one every 50 ms for half a minute. */
    double meanMicros() {
        long nanos = 0;
        int looks = 0;
        long start = System.nanoTime();
        while (System.nanoTime() - start < WHILE_NANOS) {
            nanos += look();
            looks++;
            LockSupport.parkNanos(POLL_NANOS);
        }
        return nanos / (double) looks / TimeUnit.MICROSECONDS.toNanos(1);
    }

    /** Lets it find a note, as one that has been looking all the time would have. */
    void meetNote() {
        scratch.execute("INSERT INTO tandem_account_journal (key_id, changed_at, session) VALUES (1, 1000, 1)");
        if (!findsNote()) {
            throw new IllegalStateException("the note was not found");
        }
        scratch.execute("DELETE FROM tandem_account_journal WHERE key_id = 1");
    }

    private boolean findsNote() {
        return database.withHandle(
                handle -> !pending.noted(handle.getConnection(), LIMIT).isEmpty());
    }

    private long look() {
        long start = System.nanoTime();
        boolean found = findsNote()
                || database.withHandle(handle ->
                        !pending.unpublished(handle.getConnection(), LIMIT).isEmpty());
        long taken = System.nanoTime() - start;
        if (found) {
            throw new IllegalStateException("something is pending, so this is no idle look");
        }
        return taken;
    }

    @Override
    public void close() {
        database.close();
    }
}
