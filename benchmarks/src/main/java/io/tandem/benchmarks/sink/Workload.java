package io.tandem.benchmarks.sink;

import java.util.Locale;

/** What the records of a topic do to the rows. */
enum Workload {
    /** Every aggregate is new. */
    INSERT,
    /** Every aggregate is there, in an older version. */
    UPDATE,
    /** As {@link #UPDATE}, but one of a hundred was changed on this master too. */
    CONFLICT,
    /** Half of the records are of a hundred aggregates, the others as {@link #UPDATE}. */
    HOT;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
