package io.tandem.connect.database;

import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * From which id on one reader looks for notes in a journal: below are notes that are gone, over which a query would walk
 * again and again.
 *
 * <p><b>Invariant (no note is missed).</b> A transaction that commits late may leave notes below the floor. So every look
 * is one at the whole journal as long as that is cheap, and otherwise each so often (see {@link LookPace}). As long as a
 * reader has found no note at all, it knows no floor, and every look of it is one at the whole journal.
 *
 * <p>Not thread-safe: belongs to one reader.
 */
public final class JournalFloor {

    private static final long WHOLE = Long.MIN_VALUE;

    private final LookPace wholeLooks;
    private long floor = WHOLE;
    private long begun;
    private boolean whole;

    /** @param nanoTime the time in nanoseconds since any moment, as {@link System#nanoTime} */
    public JournalFloor(LongSupplier nanoTime) {
        this.wholeLooks = new LookPace(nanoTime);
    }

    /** A look begins; the condition for a column with the id, null for the whole journal. */
    @Nullable
    String begin(String quotedId) {
        whole = floor == WHOLE || wholeLooks.isDue();
        begun = wholeLooks.begin();
        return whole ? null : quotedId + " >= " + floor;
    }

    /**
     * The look has ended.
     *
     * @param ids those of the notes that it found, the lowest first
     * @param limit how many it would have found at most
     */
    void end(List<Long> ids, int limit) {
        if (!ids.isEmpty()) {
            floor = ids.get(0);
        }
        if (whole) {
            wholeLooks.looked(begun, ids.size() < limit);
        }
    }
}
