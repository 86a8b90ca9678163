package io.tandem.clock.conformance;

import static io.tandem.clock.conformance.Json.object;

import io.tandem.clock.VectorClock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How two clocks stand to each other, and what both know together. */
final class CompareVectors {

    private final List<Vector> vectors = new ArrayList<>();

    static List<Vector> all() {
        CompareVectors all = new CompareVectors();
        all.make();
        return all.vectors;
    }

    private void make() {
        long big = 1L << 53;
        add("nothing and nothing", Map.of(), Map.of());
        add("nothing and a write", Map.of(), Map.of("a", 1L));
        add("a write and nothing", Map.of("a", 1L), Map.of());
        add("the same writes", Map.of("a", 2L, "b", 1L), Map.of("a", 2L, "b", 1L));
        add("one more of one master", Map.of("a", 2L, "b", 1L), Map.of("a", 1L, "b", 1L));
        add("one less of one master", Map.of("a", 2L, "b", 1L), Map.of("a", 2L, "b", 2L));
        add("more of both masters", Map.of("a", 3L, "b", 3L), Map.of("a", 2L, "b", 1L));
        add("each knows one that the other does not", Map.of("a", 2L, "b", 1L), Map.of("a", 1L, "b", 2L));
        add("the sum is no measure", Map.of("a", 9L), Map.of("b", 1L));
        add("a master that is not named has the counter 0", Map.of("a", 1L, "b", 0L), Map.of("a", 1L));
        add("a counter of 0 knows nothing", Map.of("a", 0L), Map.of());
        add("a master that only the right one names", Map.of("a", 1L), Map.of("a", 1L, "c", 1L));
        add("a master that only the left one names", Map.of("a", 1L, "c", 1L), Map.of("a", 1L));
        add("three masters, before", Map.of("a", 1L, "b", 2L, "c", 3L), Map.of("a", 1L, "b", 2L, "c", 4L));
        add("three masters, concurrent", Map.of("a", 2L, "b", 2L, "c", 3L), Map.of("a", 1L, "b", 2L, "c", 4L));
        add("counters are numbers, 10 is above 9", Map.of("a", 10L), Map.of("a", 9L));
        add("above 2 to the 53rd each counter counts", Map.of("a", big), Map.of("a", big + 1));
        add("the largest counter", Map.of("a", Long.MAX_VALUE), Map.of("a", Long.MAX_VALUE - 1, "b", 1L));
    }

    private void add(String name, Map<String, Long> left, Map<String, Long> right) {
        VectorClock leftClock = VectorClock.of(left);
        VectorClock rightClock = VectorClock.of(right);
        vectors.add(Vector.of(
                "compare",
                name,
                // as given: with the counters of 0 that a clock in its normal form leaves out
                object("left", new java.util.TreeMap<>(left), "right", new java.util.TreeMap<>(right)),
                object(
                        "order",
                        leftClock.compare(rightClock).name(),
                        "merged",
                        new LinkedHashMap<>(leftClock.merge(rightClock).toMap()))));
    }
}
