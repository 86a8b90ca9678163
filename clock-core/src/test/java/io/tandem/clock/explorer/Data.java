package io.tandem.clock.explorer;

/**
 * Names the data of an aggregate by the write that made it, packed into an int: {@code b2} is the second write of the
 * second participant. Unlike a version it is the truth, which no broken rule can blur.
 */
final class Data {

    /** The aggregate was never written. */
    static final int NOTHING = 0;

    /** Each participant writes at most this often. */
    static final int MAX_WRITES = 5;

    private Data() {}

    /** @param number 1 for the first write of this participant */
    static int of(int participant, int number, boolean deleted) {
        if (number > MAX_WRITES) {
            throw new IllegalArgumentException("a participant writes at most " + MAX_WRITES + " times");
        }
        return participant << 4 | number << 1 | (deleted ? 1 : 0);
    }

    /** True if there is no row to show. */
    static boolean isAbsent(int data) {
        return data == NOTHING || (data & 1) == 1;
    }

    /** The write as one bit of a set of writes; no bit for {@link #NOTHING}. */
    static int bit(int data) {
        return data == NOTHING ? 0 : 1 << ((data >> 4) * MAX_WRITES + (data >> 1 & 7) - 1);
    }

    /** True if a set of writes contains this one; {@link #NOTHING} is in every set. */
    static boolean isIn(int data, int writes) {
        return (bit(data) & ~writes) == 0;
    }

    /** Such as {@code b2}, or {@code b2 (deleted)}. */
    static String name(int data) {
        if (data == NOTHING) {
            return "nothing";
        }
        return "" + (char) ('a' + (data >> 4)) + (data >> 1 & 7) + ((data & 1) == 1 ? " (deleted)" : "");
    }
}
