package io.tandem.clock;

import org.jspecify.annotations.Nullable;

/**
 * What to do with an incoming version.
 *
 * <p><b>Only a merge makes a version.</b> There is a merged version if and only if the outcome {@linkplain
 * Outcome#mergesClocks() merges clocks}. Otherwise the version afterwards is one of the two that were compared, which
 * the decision does not hold, and so decisions without an alarm are shared.
 *
 * <p>Immutable and thread-safe.
 *
 * @param outcome which data to show
 * @param merged the version of the aggregate afterwards, null if that is one of the two that were compared; {@link
 *     #version} gives it for every outcome
 * @param alarm what the comparison proves to be broken, null if nothing
 */
public record Decision(
        Outcome outcome, @Nullable Version merged, @Nullable Alarm alarm) {

    static final Decision APPLY = new Decision(Outcome.APPLY, null, null);
    static final Decision STALE = new Decision(Outcome.STALE, null, null);
    static final Decision DUPLICATE = new Decision(Outcome.DUPLICATE, null, null);

    /** @throws IllegalArgumentException if there is a merged version without a merge, or none after one */
    public Decision {
        if (outcome.mergesClocks() != (merged != null)) {
            throw new IllegalArgumentException("a decision to " + outcome + " with the merged version " + merged
                    + ": there must be one exactly if the outcome merges clocks");
        }
    }

    /**
     * The version of the aggregate afterwards.
     *
     * @param stored the stored version of which this was decided
     * @param incoming the incoming version of which this was decided
     */
    public Version version(Version stored, Version incoming) {
        if (merged != null) {
            return merged;
        }
        return outcome.takesIncomingData() ? incoming : stored;
    }

    /** The same decision with this alarm instead of the one that it has; itself if {@code proven} is null. */
    Decision raising(@Nullable Alarm proven) {
        return proven == null ? this : new Decision(outcome, merged, proven);
    }
}
