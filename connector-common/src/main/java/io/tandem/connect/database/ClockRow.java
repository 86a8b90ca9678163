package io.tandem.connect.database;

import io.tandem.clock.LocalWrite;
import io.tandem.clock.Version;
import io.tandem.connect.aggregate.AggregateKey;

/**
 * What the clock table holds for one aggregate. Immutable.
 *
 * @param key the aggregate
 * @param version which write its data is; {@link Version#UNCLOCKED} if the table has no row for it
 * @param deleted whether that write was a delete (a tombstone)
 * @param published the own counter as last acknowledged by Kafka
 */
public record ClockRow(AggregateKey key, Version version, boolean deleted, long published) {

    /** The row of an aggregate that was never stamped. */
    public static ClockRow unclocked(AggregateKey key) {
        return new ClockRow(key, Version.UNCLOCKED, false, 0);
    }

    /** True if the clock table has no row for the aggregate. */
    public boolean isUnclocked() {
        return version.equals(Version.UNCLOCKED);
    }

    /** True if both are the same version in the same state, whatever is published. */
    public boolean sameState(ClockRow other) {
        return deleted == other.deleted && version.equals(other.version);
    }

    /** The row after a local write. */
    public ClockRow written(String self, long changedAtMicros, boolean nowDeleted) {
        return new ClockRow(key, LocalWrite.after(version, self, changedAtMicros), nowDeleted, published);
    }
}
