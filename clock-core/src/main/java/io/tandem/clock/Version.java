package io.tandem.clock;

/**
 * Which write a state of an aggregate is.
 *
 * <p><b>Invariant (one write, one stamp).</b> A master's timestamps for one aggregate grow strictly, so timestamp and
 * writer together name one write. Two versions with the same stamp show the same data, whatever their clocks know
 * besides. (Under {@link PriorityPolicy} an overruled stamp may come again; there this holds for versions with equal or
 * concurrent clocks, the only ones of which the {@link Reconciler} asks it.)
 *
 * @param clock the writes that this state knows of
 * @param timestampMicros when the data now shown was written, in microseconds since 1970-01-01T00:00Z
 * @param writer the master whose write produced the data now shown; empty only in {@link #UNCLOCKED}
 */
public record Version(VectorClock clock, long timestampMicros, String writer) {

    /** The version of a state that was never stamped: it is before every other version. */
    public static final Version UNCLOCKED = new Version(VectorClock.ZERO, 0, "");

    /** True if timestamp and writer are the same: both show the data of one and the same write. */
    public boolean sameWrite(Version other) {
        return timestampMicros == other.timestampMicros && writer.equals(other.writer);
    }

    Version withClock(VectorClock merged) {
        return merged.equals(clock) ? this : new Version(merged, timestampMicros, writer);
    }

    /** For people: {@code {legacy:3, modern:1}@1700000000000000 by legacy}. */
    @Override
    public String toString() {
        return clock + "@" + timestampMicros + (writer.isEmpty() ? "" : " by " + writer);
    }
}
