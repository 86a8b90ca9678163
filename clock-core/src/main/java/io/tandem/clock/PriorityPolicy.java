package io.tandem.clock;

/**
 * The master listed first wins every conflict; two concurrent versions by the same writer go by timestamp.
 *
 * <p>For exactly two masters. With three, ranked a, b, c, the order of arrival decides: let c1 overwrite a1, and b1 be
 * concurrent with both. Who takes a1, b1, c1 keeps a1 (a beats b, then a beats c); who takes a1, c1, b1 shows b1 (c1
 * replaces a1, then b beats c). Both hold equal clocks and never notice.
 */
public final class PriorityPolicy implements ConflictPolicy {

    /** The name of this policy in a setting. */
    public static final String NAME = "priority";

    private final Masters masters;

    /** @throws IllegalArgumentException if there are not exactly two masters */
    public PriorityPolicy(Masters masters) {
        if (masters.size() != 2) {
            throw new IllegalArgumentException("the policy '" + NAME + "' is valid for two masters only, but there are "
                    + masters.size() + " (" + masters + "); use '" + TimestampPolicy.NAME + "'");
        }
        this.masters = masters;
    }

    @Override
    public String id() {
        return NAME + ":" + masters;
    }

    @Override
    public int compare(Version left, Version right) {
        int byRank = Integer.compare(masters.rank(right.writer()), masters.rank(left.writer()));
        if (byRank != 0) {
            return byRank;
        }
        int byTimestamp = Long.compare(left.timestampMicros(), right.timestampMicros());
        // two writers that are not listed (any more) share a rank, and yet all masters must decide alike
        return byTimestamp != 0 ? byTimestamp : right.writer().compareTo(left.writer());
    }

    @Override
    public boolean latestWins() {
        return false;
    }
}
