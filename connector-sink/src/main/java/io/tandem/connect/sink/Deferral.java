package io.tandem.connect.sink;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Why and since when an aggregate could not be applied. Not thread-safe. */
final class Deferral {

    /** After so many attempts that met a lock, the aggregate may wait for its first lock. */
    static final int STARVING = 20;

    private static final Duration LOCK_PAUSE = Duration.ofMillis(10);
    private static final Duration CONSTRAINT_PAUSE = Duration.ofMillis(100);

    private int locked;
    private int waits;
    private long notBefore;
    private long refusedSince;
    private boolean refused;
    private @Nullable BusyRow busyRow;

    /** Somebody else holds a lock that is needed. */
    void busy(@Nullable BusyRow row, long nowNanos) {
        locked++;
        busyRow = row;
        notBefore = nowNanos + LOCK_PAUSE.toNanos();
    }

    /**
     * A constraint refuses it, which may pass.
     *
     * @return how long it has been refused
     */
    Duration refused(long nowNanos) {
        if (!refused) {
            refused = true;
            refusedSince = nowNanos;
        }
        notBefore = nowNanos + CONSTRAINT_PAUSE.toNanos();
        return Duration.ofNanos(nowNanos - refusedSince);
    }

    /** Not tried now, for lack of time. */
    void postpone(long nowNanos) {
        notBefore = nowNanos + CONSTRAINT_PAUSE.toNanos();
    }

    boolean isDue(long nowNanos) {
        return (locked == 0 && !refused) || nowNanos - notBefore >= 0;
    }

    /** True if a constraint refused it before, so that it should not spoil a batch of others. */
    boolean isSuspect() {
        return refused;
    }

    /** How often it was allowed to wait; the one that has waited least goes first. */
    int waits() {
        return waits;
    }

    /** It is about to wait for its first lock. */
    void waiting() {
        waits++;
    }

    /** The row whose lock it may wait for, if it has met locks for too long. */
    Optional<BusyRow> starvingFor() {
        return locked >= STARVING ? Optional.ofNullable(busyRow) : Optional.empty();
    }
}
