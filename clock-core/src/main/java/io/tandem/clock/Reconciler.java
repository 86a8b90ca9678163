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
 *   <li><b>Invariant (no lost update unless overruled and recorded).</b> A write disappears only if it was overwritten by
 *       one that knew it, or if it was overruled in a conflict, which the outcome says so that the receiver can record it.
 *   <li><b>Invariant (idempotence).</b> An incoming version that was taken in before changes nothing.
 *   <li><b>Invariant (clocks are merged on both outcomes).</b> After a conflict the clock is the pointwise maximum,
 *       whoever won. Nothing is counted up by reconciling.
 * </ul>
 *
 * <p>Immutable and thread-safe.
 */
public final class Reconciler {

    private final ConflictPolicy policy;
    private final @Nullable String self;

    /** Compares versions of which neither is the one stored at a master, such as two records that have arrived. */
    public Reconciler(ConflictPolicy policy) {
        this.policy = policy;
        this.self = null;
    }

    /**
     * Judges what arrives at a master, which must remember all of its own writes.
     *
     * @param self the id of the receiving master
     */
    public Reconciler(ConflictPolicy policy, String self) {
        this.policy = policy;
        this.self = self;
    }

    /** The policy that names the winner of concurrent versions. */
    public ConflictPolicy policy() {
        return policy;
    }

    /**
     * Whether the incoming version counts more writes of the receiving master than its database knows.
     *
     * <p><b>No counter is forgotten.</b> A counter leaves its master only when it is durable, so at a sound
     * master this is never true. Ask it with the version as it is stored, <em>before</em> noted writes are folded: folded,
     * a restored database may come to the very counter that was used before, and hide what it has forgotten.
     *
     * @param unfolded the stored version without the writes that are noted but not counted yet
     * @return always false if the reconciler does not know the receiving master
     */
    public boolean provesForgottenWrites(Version unfolded, Version incoming) {
        return self != null && incoming.clock().counter(self) > unfolded.clock().counter(self);
    }

    /**
     * Whether an incoming version that {@linkplain #provesForgottenWrites proves forgotten writes} counts a write that is
     * still noted in the restored database. What was noted when the backup was made was folded afterwards, together with
     * or before the forgotten writes, and a fold is never earlier than what it counts, nor is what it leads to, if the
     * latest wins. So a note that is later than the incoming version is not counted by it: the application wrote after the
     * restore, or in the moment between the fold and the backup. Under another policy the timestamps do not tell.
     *
     * @param changedAtMicros when the noted write was made, in microseconds since the epoch
     */
    public boolean countsNoted(Version incoming, long changedAtMicros) {
        return !policy.latestWins() || changedAtMicros <= incoming.timestampMicros();
    }

    /**
     * Decides. Allocates nothing unless the two are concurrent or there is an alarm.
     *
     * @param stored the version that the receiver holds, noted writes folded, {@link Version#UNCLOCKED} if it holds none
     * @param incoming the version that arrived
     */
    public Decision reconcile(Version stored, Version incoming) {
        Decision decision = compare(stored, incoming);
        return provesForgottenWrites(stored, incoming) ? decision.raising(Alarm.FORGOTTEN_OWN_WRITES) : decision;
    }

    private Decision compare(Version stored, Version incoming) {
        return switch (incoming.clock().compare(stored.clock())) {
            case AFTER -> Decision.APPLY.raising(alarmIfLater(stored, incoming));
            case BEFORE -> Decision.STALE.raising(alarmIfLater(incoming, stored));
            case EQUAL ->
                Decision.DUPLICATE.raising(stored.sameWrite(incoming) ? null : Alarm.EQUAL_CLOCKS_DIFFERENT_WRITES);
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
