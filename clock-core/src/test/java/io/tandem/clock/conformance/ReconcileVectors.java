package io.tandem.clock.conformance;

import static io.tandem.clock.conformance.Json.object;

import io.tandem.clock.Alarm;
import io.tandem.clock.Decision;
import io.tandem.clock.Reconciler;
import io.tandem.clock.VectorClock;
import io.tandem.clock.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Every row of the decision table, on both sides of every conflict. */
final class ReconcileVectors {

    private static final String BY_TIMESTAMP = "timestamp:a,b";
    private static final String BY_PRIORITY = "priority:a,b";
    private static final String OF_THREE = "timestamp:a,b,c";

    private final List<Vector> vectors = new ArrayList<>();

    static List<Vector> all() {
        ReconcileVectors all = new ReconcileVectors();
        for (String policy : List.of(BY_TIMESTAMP, BY_PRIORITY)) {
            all.ordered(policy);
            all.conflicts(policy);
            all.alarms(policy);
        }
        all.ofThree();
        return all.vectors;
    }

    private void ordered(String policy) {
        Version less = version(1, 0, 10, "a");
        Version more = version(1, 1, 11, "b");
        both("one knows the other", policy, less, more);
        one("the same version again", policy, more, more);
        both("nothing stored", policy, Version.UNCLOCKED, version(0, 1, 1, "b"));
        one("nothing and nothing", policy, Version.UNCLOCKED, Version.UNCLOCKED);
        both("an outcome and the write that lost it by a tie", policy, version(0, 1, 10, "b"), version(1, 1, 10, "a"));
        both("many writes later", policy, version(3, 9, 10, "b"), version(70, 9, 99, "a"));
    }

    private void conflicts(String policy) {
        long big = 1L << 53;
        both("a is later", policy, version(2, 0, 12, "a"), version(1, 3, 7, "b"));
        both("b is later", policy, version(2, 0, 7, "a"), version(1, 3, 12, "b"));
        both("a tie", policy, version(1, 0, 10, "a"), version(0, 1, 10, "b"));
        both(
                "a tie of real times",
                policy,
                version(8, 3, 1_790_000_000_000_000L, "a"),
                version(7, 4, 1_790_000_000_000_000L, "b"));
        both("concurrent and yet of one writer", policy, version(2, 0, 12, "b"), version(1, 1, 13, "b"));
        both("above 2 to the 53rd", policy, version(big, big + 1, big, "a"), version(big + 1, big, big + 1, "b"));
        both("the same write, other clocks", policy, version(2, 1, 10, "a"), version(1, 2, 10, "a"));
    }

    private void alarms(String policy) {
        Version stored = version(1, 1, 10, "a");
        both("equal clocks, another timestamp", policy, stored, version(1, 1, 11, "a"));
        both("equal clocks, another writer", policy, stored, version(1, 1, 10, "b"));
        both("what is known already is later", policy, version(1, 0, 12, "a"), version(1, 1, 11, "b"));
        both("what is known already is later by one", policy, version(1, 0, 12, "b"), version(2, 0, 11, "b"));
    }

    private void ofThree() {
        both("one write over two others", OF_THREE, version(1, 1, 0, 10, "a"), version(1, 0, 1, 10, "a"));
        both("all know one of three", OF_THREE, version(1, 0, 0, 10, "a"), version(1, 2, 3, 12, "c"));
        both("a tie of the second and the third", OF_THREE, version(0, 1, 0, 10, "b"), version(0, 0, 1, 10, "c"));
        both("concurrent over what both know", OF_THREE, version(4, 2, 1, 10, "b"), version(4, 1, 2, 11, "c"));
        both(
                "a writer that is not listed any more",
                OF_THREE,
                new Version(VectorClock.of(Map.of("d", 1L)), 10, "d"),
                version(0, 0, 1, 10, "c"));
        both(
                "two writers that are not listed any more",
                OF_THREE,
                new Version(VectorClock.of(Map.of("d", 1L)), 10, "d"),
                new Version(VectorClock.of(Map.of("e", 1L)), 10, "e"));
    }

    /** What the one says when the other arrives, and the other way round. */
    private void both(String name, String policy, Version first, Version second) {
        one(name + ", seen from the one", policy, first, second);
        one(name + ", seen from the other", policy, second, first);
    }

    private void one(String name, String policy, Version stored, Version incoming) {
        Decision decision = new Reconciler(Policies.of(policy)).reconcile(stored, incoming);
        vectors.add(Vector.of(
                "reconcile",
                policy + ", " + name,
                object("policy", policy, "stored", Json.version(stored), "incoming", Json.version(incoming)),
                expect(decision, stored, incoming)));
    }

    static Map<String, @Nullable Object> expect(Decision decision, Version stored, Version incoming) {
        Alarm alarm = decision.alarm();
        return object(
                "outcome",
                decision.outcome().name(),
                "data",
                decision.outcome().takesIncomingData() ? "incoming" : "stored",
                "version",
                Json.version(decision.version(stored, incoming)),
                "alarm",
                alarm == null ? null : alarm.name());
    }

    private static Version version(long a, long b, long timestampMicros, String writer) {
        return version(a, b, 0, timestampMicros, writer);
    }

    private static Version version(long a, long b, long c, long timestampMicros, String writer) {
        return new Version(VectorClock.of(Map.of("a", a, "b", b, "c", c)), timestampMicros, writer);
    }
}
