package io.tandem.connect.sink;

import io.tandem.clock.Reconciler;
import io.tandem.connect.aggregate.AggregateKey;
import io.tandem.connect.database.ClockRow;
import io.tandem.connect.database.Fold;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The usual way: what is noted is folded first, so that the version counts every write that the locked rows contain.
 *
 * <p><b>Invariant (no counter is used twice).</b> If a record knows more writes of this master than its database does,
 * the database has forgotten some, and the next local write would get the counter of another one. So nothing is folded
 * and nothing is applied any more: the task fails.
 *
 * <p>Not thread-safe: used by one thread at a time.
 */
final class Folding implements Preparation {

    private final Fold fold;
    private final Reconciler reconciler;
    private final String self;
    private final DecisionLog log;
    private final Clock clock;

    /**
     * @param reconciler one that knows the receiving master
     * @param self the receiving master
     */
    Folding(Fold fold, Reconciler reconciler, String self, DecisionLog log, Clock clock) {
        this.fold = fold;
        this.reconciler = reconciler;
        this.self = self;
        this.log = log;
        this.clock = clock;
    }

    @Override
    public Prepared prepare(List<Incoming> batch, Locked locked) {
        List<Incoming> judged = locked.of(batch);
        judged.forEach(incoming -> refuseForgotten(incoming, locked.stored(incoming.key())));
        long now = ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant());
        Fold.Result folded = fold.apply(
                locked.keys(), locked.clocks(), locked.allNotes(), locked.rows().existing(), now);
        Set<AggregateKey> unclocked = locked.rows().roots().keySet().stream()
                .filter(key -> folded.rows().containsKey(key)
                        && Objects.requireNonNull(folded.rows().get(key)).isUnclocked())
                .collect(Collectors.toSet());
        return new Prepared(
                judged, folded.rows(), folded.written(), unclocked, Set.of(), locked.notes(), locked.rowNotes());
    }

    @Override
    public void committed(Prepared prepared) {
        // nothing out of the ordinary
    }

    private void refuseForgotten(Incoming incoming, ClockRow stored) {
        if (reconciler.provesForgottenWrites(stored.version(), incoming.version())) {
            log.forgotten(incoming.key(), stored.version(), incoming.version());
            throw new ForgottenWritesException(
                    incoming,
                    stored.version(),
                    "cannot apply " + incoming.key() + ": a record counts "
                            + incoming.version().clock().counter(self) + " writes of '" + self
                            + "', but the database of '" + self + "' knows "
                            + stored.version().clock().counter(self)
                            + " only. It has forgotten writes: it was restored from a backup, or rows of the clock table were "
                            + "deleted. Nothing was applied. To go on would use the forgotten counters again, and the masters "
                            + "would differ without anybody noticing: stop the source and the application of '" + self
                            + "', and follow docs/restore.md (" + AlignmentSinkConfig.RECOVERY + ")");
        }
    }
}
