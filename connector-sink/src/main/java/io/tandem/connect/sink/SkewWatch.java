package io.tandem.connect.sink;

import io.tandem.connect.aggregate.AggregateKey;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.apache.kafka.connect.errors.DataException;
import org.jspecify.annotations.Nullable;

/**
 * Looks whether records carry timestamps of the future: a master whose clock is ahead wins every conflict. Late ones are
 * nothing special, since a record may have waited. What is a little ahead is not either: a local write is stamped at
 * least a microsecond later than what it overwrites, whatever the clock says.
 *
 * <p>Not thread-safe: used by one task's thread. {@link #largestMicros} and {@link #exceeded} may be asked by any.
 */
final class SkewWatch {

    private static final long QUIET_NANOS = Duration.ofSeconds(10).toNanos();

    private final String aggregate;
    private final long maxMicros;
    private final boolean refuses;
    private final DatabaseClock clock;
    private final LongSupplier nanoTime;
    private final AtomicLong largestMicros = new AtomicLong();
    private final AtomicLong exceeded = new AtomicLong();
    private @Nullable Worst worst;
    private long unwarned;
    private boolean asked;
    private @Nullable Long warnedAt;

    /** The record that was farthest ahead since the last warning. */
    private record Worst(AggregateKey key, String writer, RecordPlace place, long aheadMicros) {}

    /**
     * @param max how far a record may be ahead; zero if nothing is checked
     * @param refuses whether a record that is farther ahead is refused
     * @param clock that of this database
     * @param nanoTime a running time in nanoseconds
     */
    SkewWatch(String aggregate, Duration max, boolean refuses, DatabaseClock clock, LongSupplier nanoTime) {
        this.aggregate = aggregate;
        this.maxMicros = max.toMillis() * 1000;
        this.refuses = refuses;
        this.clock = clock;
        this.nanoTime = nanoTime;
    }

    /**
     * Looks at one record.
     *
     * @throws DataException if it is too far ahead and such records are refused
     * @throws io.tandem.connect.database.DatabaseException if the database has to be asked for the time and does not answer
     */
    void check(Incoming incoming) {
        if (maxMicros == 0) {
            return;
        }
        long timestamp = incoming.version().timestampMicros();
        long ahead = timestamp - clock.nowMicros();
        if (ahead > maxMicros && !asked) {
            // the running time may have stood still, as when a machine is suspended; once in a batch is enough
            ahead = timestamp - clock.askedMicros();
            asked = true;
        }
        largestMicros.accumulateAndGet(ahead, Math::max);
        if (ahead <= maxMicros) {
            return;
        }
        exceeded.incrementAndGet();
        unwarned++;
        Worst seen = new Worst(incoming.key(), incoming.version().writer(), incoming.place(), ahead);
        if (refuses) {
            throw refused(seen);
        }
        if (worst == null || worst.aheadMicros() < ahead) {
            worst = seen;
        }
    }

    private DataException refused(Worst seen) {
        return new DataException("record " + seen.place() + ", key " + seen.key() + ": written by '" + seen.writer()
                + "' with a timestamp that is " + seen.aheadMicros() / 1000
                + " ms ahead of this database's clock, more than "
                + AlignmentSinkConfig.MAX_SKEW + "=" + maxMicros / 1000 + " allows. The clock of the master '"
                + seen.writer()
                + "' is ahead (or that of a master whose write it overwrote), or this one's is behind. Set "
                + "the clock right; then restart this task when the time of the record has come, or apply it now with "
                + AlignmentSinkConfig.SKEW_ACTION + "=warn. Nothing is lost: the record stays in the topic");
    }

    /**
     * What to warn of after a batch: the record that was farthest ahead. Empty if there was none, and for ten seconds after
     * the last warning, whose records the next one counts.
     */
    Optional<String> warning() {
        asked = false;
        Worst seen = worst;
        long now = nanoTime.getAsLong();
        if (seen == null || (warnedAt != null && now - warnedAt < QUIET_NANOS)) {
            return Optional.empty();
        }
        String warning = "SKEW " + aggregate + ": " + unwarned + " records with timestamps more than "
                + maxMicros / 1000
                + " ms ahead of this database's clock; the farthest is " + seen.key() + ", written by " + seen.writer()
                + ", " + seen.aheadMicros() / 1000 + " ms ahead (record " + seen.place()
                + "). A master whose clock is ahead wins every conflict: set its clock right";
        warnedAt = now;
        worst = null;
        unwarned = 0;
        return Optional.of(warning);
    }

    /** How far the record that was farthest ahead was, in microseconds; 0 if none was. */
    long largestMicros() {
        return largestMicros.get();
    }

    /** How many records were farther ahead than is allowed. */
    long exceeded() {
        return exceeded.get();
    }
}
