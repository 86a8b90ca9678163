package io.tandem.clock.conformance;

import static io.tandem.clock.conformance.Json.object;

import io.tandem.clock.VectorClock;
import io.tandem.clock.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Which policies there are, and their order of versions. */
final class PolicyVectors {

    private static final String BY_TIMESTAMP = "timestamp:legacy,modern";
    private static final String BY_PRIORITY = "priority:legacy,modern";

    private final List<Vector> vectors = new ArrayList<>();

    static List<Vector> all() {
        PolicyVectors all = new PolicyVectors();
        all.ids();
        all.orders();
        return all.vectors;
    }

    private void ids() {
        for (String id : List.of(
                BY_TIMESTAMP,
                "timestamp:a",
                "timestamp:a,b,c",
                "timestamp:a,b,a",
                "timestamp:",
                "timestamp:a,,b",
                BY_PRIORITY,
                "priority:modern,legacy",
                "priority:a",
                "priority:a,b,c",
                "timestamp",
                "Timestamp:a,b",
                "latest:a,b")) {
            vectors.add(Vector.of("policy", id, object("policy", id), object("valid", isValid(id))));
        }
    }

    private static boolean isValid(String id) {
        try {
            Policies.of(id);
            return true;
        } catch (IllegalArgumentException invalid) {
            return false;
        }
    }

    private void orders() {
        long big = 1L << 53;
        for (String policy : List.of(BY_TIMESTAMP, BY_PRIORITY)) {
            order("later by the second of the list", policy, 10, "legacy", 11, "modern");
            order("later by the first of the list", policy, 11, "legacy", 10, "modern");
            order("a tie of the two", policy, 10, "legacy", 10, "modern");
            order("a tie, seen from the other side", policy, 10, "modern", 10, "legacy");
            order("two writes of one master", policy, 10, "modern", 11, "modern");
            order("the same write", policy, 10, "modern", 10, "modern");
            order("a writer that is not listed, later", policy, 11, "archive", 10, "modern");
            order("a tie with a writer that is not listed", policy, 10, "archive", 10, "modern");
            order("two writers that are not listed", policy, 11, "retired", 10, "archive");
            order("a tie of two that are not listed", policy, 10, "retired", 10, "archive");
            order("a tie of two that are not listed, other side", policy, 10, "archive", 10, "retired");
            order("not listed, a digit is before a letter", policy, 10, "x1", 10, "xa");
            order("not listed, an underscore is before a letter", policy, 10, "x_a", 10, "xa");
            order("not listed, a digit is before an underscore", policy, 10, "x1", 10, "x_");
            order("not listed, the shorter one is before the longer", policy, 10, "x", 10, "x1");
            order("above 2 to the 53rd", policy, big, "modern", big + 1, "modern");
        }
        String three = "timestamp:c,a,b";
        order("the rank is the place in the list", three, 10, "a", 10, "c");
        order("the second of three", three, 10, "a", 10, "b");
        order("the largest timestamp", three, Long.MAX_VALUE, "b", Long.MAX_VALUE - 1, "c");
        order("a timestamp before 1970", three, -5, "c", 1, "b");
    }

    private void order(String name, String policy, long left, String leftWriter, long right, String rightWriter) {
        Version first = stamp(left, leftWriter);
        Version second = stamp(right, rightWriter);
        int order = Policies.of(policy).compare(first, second);
        vectors.add(Vector.of(
                "order",
                policy.substring(0, policy.indexOf(':')) + ", " + name,
                object("policy", policy, "left", stamp(first), "right", stamp(second)),
                object("greater", order > 0 ? "left" : order < 0 ? "right" : "none")));
    }

    private static Version stamp(long timestampMicros, String writer) {
        return new Version(VectorClock.of(Map.of(writer, 1L)), timestampMicros, writer);
    }

    private static Object stamp(Version version) {
        return object("timestamp", version.timestampMicros(), "writer", version.writer());
    }
}
