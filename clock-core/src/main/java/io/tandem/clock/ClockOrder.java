package io.tandem.clock;

/** How one vector clock stands to another, in the partial order of causality. */
public enum ClockOrder {
    /** Both know the same writes. */
    EQUAL,
    /** The first knows less: all of its counters are at most the other's, and one is smaller. */
    BEFORE,
    /** The first knows more: all of its counters are at least the other's, and one is larger. */
    AFTER,
    /** Each knows a write that the other does not. */
    CONCURRENT
}
