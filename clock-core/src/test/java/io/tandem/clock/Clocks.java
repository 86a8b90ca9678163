package io.tandem.clock;

import java.util.List;
import java.util.Map;

/** Short names for what the tests talk about: the masters a, b and c. */
final class Clocks {

    static final Masters TWO_MASTERS = new Masters(List.of("a", "b"));
    static final Masters THREE_MASTERS = new Masters(List.of("a", "b", "c"));

    private Clocks() {}

    static VectorClock clock(long a, long b) {
        return VectorClock.of(Map.of("a", a, "b", b));
    }

    static VectorClock clock(long a, long b, long c) {
        return VectorClock.of(Map.of("a", a, "b", b, "c", c));
    }

    static Version version(VectorClock clock, long timestampMicros, String writer) {
        return new Version(clock, timestampMicros, writer);
    }
}
