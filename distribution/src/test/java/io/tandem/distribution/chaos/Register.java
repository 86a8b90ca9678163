package io.tandem.distribution.chaos;

import java.util.Comparator;

/**
 * One row of one aggregate, known by the same key on both masters: what a write overwrites.
 *
 * @param kind which aggregate
 * @param key the aggregate's key
 * @param position of the part; {@link #ROOT} for the root row
 */
record Register(Kind kind, long key, int position) implements Comparable<Register> {

    /** The position of the root row. */
    static final int ROOT = 0;

    private static final Comparator<Register> ORDER =
            Comparator.comparing(Register::kind).thenComparing(Register::key).thenComparing(Register::position);

    static Register root(Kind kind, long key) {
        return new Register(kind, key, ROOT);
    }

    Register part(int number) {
        return new Register(kind, key, number);
    }

    boolean isRoot() {
        return position == ROOT;
    }

    @Override
    public int compareTo(Register other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return kind.aggregate() + " " + key + (isRoot() ? " root" : " part " + position);
    }
}
