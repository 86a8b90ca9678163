package io.tandem.connect.database;

import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * How many aggregates the next transaction takes: as many as are configured, unless transactions last too long for those
 * who wait for the rows, as on a busy server or with large aggregates. Begins small and doubles, halves when one was long
 * (as congestion windows do).
 *
 * <p><b>Invariant (short transactions).</b> After a transaction that was long the next one takes half of what it took.
 *
 * <p>Thread-safe: transactions may run at the same time.
 */
public final class BatchPace {

    /** A transaction that lasts longer is followed by a smaller one. */
    public static final Duration LONG = Duration.ofMillis(400);

    private static final int FIRST = 500;
    // so much shorter that twice the size may be expected not to be long
    private static final int MARGIN = 4;

    private final int most;
    private final LongSupplier nanoTime;
    private int size;

    /**
     * A pace.
     *
     * @param most how many aggregates are configured, at least 1
     * @param nanoTime the time in nanoseconds since any moment, as {@link System#nanoTime}
     */
    public BatchPace(int most, LongSupplier nanoTime) {
        this.most = most;
        this.nanoTime = nanoTime;
        this.size = Math.min(most, FIRST);
    }

    /** How many aggregates any transaction may take. */
    public int most() {
        return most;
    }

    /** How many aggregates the next transaction takes at most; at least 1. */
    public synchronized int size() {
        return size;
    }

    /**
     * Runs a transaction, and learns from how long it takes, also if it fails.
     *
     * @param aggregates how many it takes
     * @return what the transaction returns
     */
    public <T> T run(int aggregates, Supplier<T> transaction) {
        long start = nanoTime.getAsLong();
        try {
            return transaction.get();
        } finally {
            took(aggregates, nanoTime.getAsLong() - start);
        }
    }

    private synchronized void took(int aggregates, long nanos) {
        if (nanos > LONG.toNanos()) {
            size = Math.max(1, Math.min(size, aggregates) / 2);
        } else if (nanos < LONG.toNanos() / MARGIN && aggregates >= size) {
            size = (int) Math.min(most, size * 2L);
        }
    }
}
