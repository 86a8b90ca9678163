package io.tandem.clock;

import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which writes of each master a state knows of: master id → counter. The stricter term of the literature is <em>version
 * vector</em> (Parker et al., "Detection of Mutual Inconsistency in Distributed Systems", 1983).
 *
 * <p>A master that is not named has counter 0, so {@code {a:1}} and {@code {a:1, b:0}} are the same clock. Immutable.
 */
public final class VectorClock {

    /** The clock that knows of no write. */
    public static final VectorClock ZERO = new VectorClock(new String[0], new long[0]);

    // parallel arrays, sorted by master, without zero counters: comparing two clocks is one walk without allocation
    private final String[] masters;
    private final long[] counters;

    private VectorClock(String[] masters, long[] counters) {
        this.masters = masters;
        this.counters = counters;
    }

    /**
     * A clock with these counters.
     *
     * @param counters master id → counter; copied; zero is the same as absent
     * @throws IllegalArgumentException if a master id is blank or a counter is negative
     */
    public static VectorClock of(Map<String, Long> counters) {
        SortedMap<String, Long> sorted = new TreeMap<>(counters);
        String[] masters = new String[sorted.size()];
        long[] values = new long[sorted.size()];
        int size = 0;
        for (Map.Entry<String, Long> entry : sorted.entrySet()) {
            checkCounter(entry.getKey(), entry.getValue());
            if (entry.getValue() > 0) {
                masters[size] = entry.getKey();
                values[size++] = entry.getValue();
            }
        }
        return size == 0 ? ZERO : new VectorClock(Arrays.copyOf(masters, size), Arrays.copyOf(values, size));
    }

    private static void checkCounter(String master, long counter) {
        if (master.isBlank()) {
            throw new IllegalArgumentException("a vector clock names a master with a blank id");
        }
        if (counter < 0) {
            throw new IllegalArgumentException("the counter of master '" + master + "' is negative: " + counter);
        }
    }

    /** The counter of this master, 0 if it is not named. */
    public long counter(String master) {
        int index = Arrays.binarySearch(masters, master);
        return index < 0 ? 0 : counters[index];
    }

    /**
     * This clock after one more write by {@code master}.
     *
     * @throws ArithmeticException if the counter is at {@link Long#MAX_VALUE}
     */
    public VectorClock increment(String master) {
        Map<String, Long> next = toMap();
        next.merge(master, 1L, Math::addExact);
        return of(next);
    }

    /** The pointwise maximum: what is known when both are. Returns one of the two if it already knows the other. */
    public VectorClock merge(VectorClock other) {
        return switch (compare(other)) {
            case EQUAL, AFTER -> this;
            case BEFORE -> other;
            case CONCURRENT -> maximum(other);
        };
    }

    /** One walk through both clocks, into arrays of just the size. */
    private VectorClock maximum(VectorClock other) {
        int size = masters.length + other.countUnnamedIn(this);
        String[] union = new String[size];
        long[] highest = new long[size];
        int mine = 0;
        int theirs = 0;
        for (int i = 0; i < size; i++) {
            int order = compareIds(other, mine, theirs);
            boolean inThis = order <= 0;
            boolean inOther = order >= 0;
            union[i] = inThis ? masters[mine] : other.masters[theirs];
            highest[i] = Math.max(inThis ? counters[mine++] : 0, inOther ? other.counters[theirs++] : 0);
        }
        return new VectorClock(union, highest);
    }

    private int countUnnamedIn(VectorClock other) {
        int count = 0;
        for (String master : masters) {
            if (other.counter(master) == 0) {
                count++;
            }
        }
        return count;
    }

    /** How this clock stands to {@code other}. Allocates nothing. */
    public ClockOrder compare(VectorClock other) {
        boolean less = false;
        boolean more = false;
        int mine = 0;
        int theirs = 0;
        while (mine < masters.length || theirs < other.masters.length) {
            int order = compareIds(other, mine, theirs);
            if (order < 0) {
                more = true;
                mine++;
            } else if (order > 0) {
                less = true;
                theirs++;
            } else {
                int counterOrder = Long.compare(counters[mine++], other.counters[theirs++]);
                less |= counterOrder < 0;
                more |= counterOrder > 0;
            }
        }
        if (less && more) {
            return ClockOrder.CONCURRENT;
        }
        if (less) {
            return ClockOrder.BEFORE;
        }
        return more ? ClockOrder.AFTER : ClockOrder.EQUAL;
    }

    /** Negative if the next master is only in this clock, positive if only in the other, 0 if in both. */
    private int compareIds(VectorClock other, int mine, int theirs) {
        if (mine == masters.length) {
            return 1;
        }
        if (theirs == other.masters.length) {
            return -1;
        }
        return masters[mine].compareTo(other.masters[theirs]);
    }

    /** The counters that are not zero, sorted by master id; the caller's own copy. */
    public SortedMap<String, Long> toMap() {
        SortedMap<String, Long> map = new TreeMap<>();
        for (int i = 0; i < masters.length; i++) {
            map.put(masters[i], counters[i]);
        }
        return map;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VectorClock clock
                && Arrays.equals(masters, clock.masters)
                && Arrays.equals(counters, clock.counters);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(masters) + Arrays.hashCode(counters);
    }

    /** For people: {@code {legacy:3, modern:1}}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("{");
        for (int i = 0; i < masters.length; i++) {
            text.append(i == 0 ? "" : ", ").append(masters[i]).append(':').append(counters[i]);
        }
        return text.append('}').toString();
    }
}
