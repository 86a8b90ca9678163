package io.tandem.clock;

/**
 * Rule 1: the version that a write by the application of a master gets.
 *
 * <p><b>Invariant (local writes beat what they overwrite).</b> The result is causally after {@code previous} and its
 * timestamp is larger, even if the wall clock stood still or went back; without it two masters can diverge for good
 * under equal clocks.
 *
 * <p><b>Invariant (fold equals sequence).</b> Many writes noted one after the other may be folded into one: the result
 * stands to every other version as the last of the sequence would. (If the wall clock stood still or went back meanwhile,
 * the fold's timestamp is earlier, by fewer microseconds than there were writes; that can only change who wins a
 * conflict.)
 */
public final class LocalWrite {

    private LocalWrite() {}

    /**
     * The next version: own counter + 1, timestamp = max(changed, previous + 1), writer = self.
     *
     * @param previous the stored version, {@link Version#UNCLOCKED} for a new aggregate
     * @param self the id of the master at which the write happened
     * @param changedAtMicros the latest wall clock of the statements that wrote, microseconds since the epoch
     */
    public static Version after(Version previous, String self, long changedAtMicros) {
        long earliest = Math.addExact(previous.timestampMicros(), 1);
        return new Version(previous.clock().increment(self), Math.max(changedAtMicros, earliest), self);
    }
}
