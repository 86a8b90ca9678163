package io.tandem.connect.database;

import java.util.function.LongSupplier;

/**
 * When to look again with a query that may have become expensive. As long as some transaction of the application stays
 * open, the server keeps every row that was deleted meanwhile, and a query that looks for the few that are left walks over
 * all of them; so it gets a small share of the time and not all of it.
 *
 * <p><b>Invariant (cheap when idle).</b> Looks that are long take a twentieth of the time at most.
 *
 * <p>Not thread-safe.
 */
final class LookPace {

    private static final int PAUSE = 19;
    // a query that takes no longer is not what makes a poll expensive
    private static final long SHORT_NANOS = 20_000_000;

    private final LongSupplier nanoTime;
    private long lastNanos;
    private long pauseUntil;
    private boolean pausing;

    /** @param nanoTime the time in nanoseconds since any moment, as {@link System#nanoTime} */
    LookPace(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Whether it is time to look. */
    boolean isDue() {
        return !pausing || nanoTime.getAsLong() - pauseUntil >= 0;
    }

    /** The moment at which a look begins, for {@link #looked}. */
    long begin() {
        return nanoTime.getAsLong();
    }

    /**
     * A look has ended.
     *
     * @param begun the moment at which it began
     * @param foundAll false if there may be more, so that the next look is due at once
     */
    void looked(long begun, boolean foundAll) {
        long now = nanoTime.getAsLong();
        long took = now - begun;
        // one that was long by chance, say on a server that had just started, tells little
        long expected = Math.min(took, lastNanos);
        lastNanos = took;
        pausing = foundAll && expected > SHORT_NANOS;
        pauseUntil = now + PAUSE * expected;
    }
}
