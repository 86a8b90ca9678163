package io.tandem.clock;

import org.jspecify.annotations.Nullable;

/**
 * Rule 2: judges an incoming version against the stored one. Both masters run this same code, so both come to the same
 * state whatever the order of arrival.
 *
 * <ul>
 *   <li><b>Invariant (convergence).</b> The resulting version is the join of the two: the order, grouping and repetition
 *       of what arrives do not matter.
 *   <li><b>Invariant (causality).</b> What knows more replaces what knows less; the policy is asked only about
 *       concurrent versions.
 *   <li><b>Invariant (no lost update).</b> A write disappears only if it was overwritten by one that knew it, or if it
 *       was overruled in a conflict, which the outcome says.
 *   <li><b>Invariant (idempotence).</b> An incoming version that was taken in before changes nothing.
 *   <li><b>Invariant (clocks are merged on both outcomes).</b> After a conflict the clock is the pointwise maximum,
 *       whoever won. Nothing is counted up by reconciling.
 * </ul>
 *
 * <p>Immutable and thread-safe.
 */
public final class Reconciler {

    private final ConflictPolicy policy;

    public Reconciler(ConflictPolicy policy) {
        this.policy = policy;
    }

    /** The policy that names the winner of concurrent versions. */
    public ConflictPolicy policy() {
        return policy;
    }

    /**
     * Decides.
     *
     * @param stored the version that the receiver holds, {@link Version#UNCLOCKED} if it holds none
     * @param incoming the version that arrived
     */
    public Decision reconcile(Version stored, Version incoming) {
        return switch (incoming.clock().compare(stored.clock())) {
            case AFTER -> new Decision(Outcome.APPLY, incoming, alarmIfLater(stored, incoming));
            case BEFORE -> new Decision(Outcome.STALE, stored, alarmIfLater(incoming, stored));
            case EQUAL ->
                new Decision(
                        Outcome.DUPLICATE,
                        stored,
                        stored.sameWrite(incoming) ? null : Alarm.EQUAL_CLOCKS_DIFFERENT_WRITES);
            case CONCURRENT -> resolve(stored, incoming);
        };
    }

    private Decision resolve(Version stored, Version incoming) {
        VectorClock merged = stored.clock().merge(incoming.clock());
        if (stored.sameWrite(incoming)) {
            return new Decision(Outcome.MERGE, stored.withClock(merged), null);
        }
        return policy.compare(incoming, stored) > 0
                ? new Decision(Outcome.CONFLICT_INCOMING_WINS, incoming.withClock(merged), null)
                : new Decision(Outcome.CONFLICT_STORED_WINS, stored.withClock(merged), null);
    }

    private @Nullable Alarm alarmIfLater(Version dominated, Version dominating) {
        boolean later = dominated.timestampMicros() > dominating.timestampMicros();
        return later && policy.latestWins() ? Alarm.DOMINATED_BUT_LATER : null;
    }
}
