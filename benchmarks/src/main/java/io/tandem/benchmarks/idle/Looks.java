package io.tandem.benchmarks.idle;

import io.tandem.benchmarks.rig.Accounts;
import io.tandem.benchmarks.rig.Scratch;
import io.tandem.benchmarks.rig.State;
import io.tandem.connect.database.AlignedAggregate;
import io.tandem.connect.database.Database;
import io.tandem.connect.database.TaskShare;
import io.tandem.connect.sink.AlignmentSinkConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

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

    private final Database database;
    private final AlignedAggregate aligned;

    Looks(Scratch scratch, String master) {
        AlignmentSinkConfig config = new AlignmentSinkConfig(State.settings(scratch, new Accounts(false), master));
        database = Database.open(config.connection(), "benchmark-source", 1);
        try {
            aligned = AlignedAggregate.open(database, config.aggregate(), config.masters(), config.master(), false);
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

    private long look() {
        long start = System.nanoTime();
        boolean found = database.withHandle(handle -> !aligned.journal()
                        .oldestKeys(handle.getConnection(), LIMIT, TaskShare.ALL)
                        .isEmpty()
                || !aligned.clocks()
                        .pending(handle.getConnection(), LIMIT, TaskShare.ALL)
                        .isEmpty());
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
