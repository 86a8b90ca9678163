package io.tandem.clock;

/**
 * The later timestamp wins; on a tie the writer that ranks higher in the list of masters. For any number of masters.
 *
 * <p><b>Invariant (causality).</b> Because of rule 1 ({@link LocalWrite}) a version is greater in this order than every
 * version in its causal past, so the state is a join: it converges under duplication and re-ordering.
 */
public final class TimestampPolicy implements ConflictPolicy {

    /** The name of this policy in a setting. */
    public static final String NAME = "timestamp";

    private final Masters masters;

    public TimestampPolicy(Masters masters) {
        this.masters = masters;
    }

    @Override
    public String id() {
        return NAME + ":" + masters;
    }

    /**
     * The list of masters may grow at its end: a master that is appended ranks behind all others, listed or not, so with
     * the shorter list and with the longer one the same version wins. Not the other way round: with the shorter list the
     * receiver cannot rank the masters that were appended.
     */
    @Override
    public boolean accepts(String publishedId) {
        return publishedId.equals(id()) || id().startsWith(publishedId + ",");
    }

    @Override
    public int compare(Version left, Version right) {
        int byTimestamp = Long.compare(left.timestampMicros(), right.timestampMicros());
        if (byTimestamp != 0) {
            return byTimestamp;
        }
        int byRank = Integer.compare(masters.rank(right.writer()), masters.rank(left.writer()));
        // two writers that are not listed (any more) share a rank, and yet all masters must decide alike
        return byRank != 0 ? byRank : right.writer().compareTo(left.writer());
    }

    @Override
    public boolean latestWins() {
        return true;
    }
}
