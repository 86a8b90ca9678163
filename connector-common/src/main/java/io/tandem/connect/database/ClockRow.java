package io.tandem.connect.database;

import io.tandem.clock.LocalWrite;
import io.tandem.clock.Version;
import io.tandem.connect.aggregate.AggregateKey;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is stored about the version of one aggregate. Immutable.
 *
 * @param key the aggregate
 * @param version which write its data is; {@link Version#UNCLOCKED} if there is none
 * @param deleted whether that write was a delete (a tombstone)
 * @param published the own counter as last acknowledged by Kafka
 * @param insertedAgainMicros the wall clock of the latest write to a root row that the application has inserted again
 *     after the delete that this is the tombstone of, and that is not counted yet; null if there is no such row. Only
 *     where versions are in the root row, which then does not know the tombstone's counters
 */
public record ClockRow(
        AggregateKey key,
        Version version,
        boolean deleted,
        long published,
        @Nullable Long insertedAgainMicros) {

    /** A row that counts all writes of the aggregate. */
    public ClockRow(AggregateKey key, Version version, boolean deleted, long published) {
        this(key, version, deleted, published, null);
    }

    /** The row of an aggregate that was never stamped. */
    public static ClockRow unclocked(AggregateKey key) {
        return new ClockRow(key, Version.UNCLOCKED, false, 0);
    }

    /** True if the aggregate was never stamped. */
    public boolean isUnclocked() {
        return version.equals(Version.UNCLOCKED);
    }

    /** True if both are the same version in the same state, whatever is published. */
    public boolean sameState(ClockRow other) {
        return deleted == other.deleted
                && version.equals(other.version)
                && Objects.equals(insertedAgainMicros, other.insertedAgainMicros);
    }

    /** The same with another acknowledged counter. */
    public ClockRow published(long counter) {
        return new ClockRow(key, version, deleted, counter, insertedAgainMicros);
    }

    /** The row after a local write. */
    public ClockRow written(String self, long changedAtMicros, boolean nowDeleted) {
        return new ClockRow(key, LocalWrite.after(version, self, changedAtMicros), nowDeleted, published);
    }
}
