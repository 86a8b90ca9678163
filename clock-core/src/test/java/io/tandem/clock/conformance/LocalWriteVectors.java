package io.tandem.clock.conformance;

import static io.tandem.clock.conformance.Json.object;

import io.tandem.clock.LocalWrite;
import io.tandem.clock.VectorClock;
import io.tandem.clock.Version;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The version of a local write, noted once or several times. */
final class LocalWriteVectors {

    private static final Version A1 = version(Map.of("a", 1L), 10, "a");
    private static final Version TOMBSTONE = version(Map.of("a", 3L, "b", 2L), 50, "b");

    private final List<Vector> vectors = new ArrayList<>();

    static List<Vector> all() {
        LocalWriteVectors all = new LocalWriteVectors();
        all.make();
        return all.vectors;
    }

    private void make() {
        long now = 1_790_000_000_123_456L;
        long big = 1L << 53;
        add("first write", Version.UNCLOCKED, "a", 10);
        add("first write, at a real time", Version.UNCLOCKED, "legacy", now);
        add("next write", A1, "a", 20);
        add("wall clock one microsecond later", A1, "a", 11);
        add("wall clock stood still", A1, "a", 10);
        add("wall clock went back", A1, "a", 5);
        add("wall clock before 1970", Version.UNCLOCKED, "a", -5);
        add("over a write of another master", A1, "b", 20);
        add("over a write of another master whose wall clock is ahead", A1, "b", 7);
        add("only the own counter goes up", version(Map.of("a", 4L, "b", 2L, "c", 7L), 10, "c"), "b", 20);
        add("insert after a delete goes on from the tombstone", TOMBSTONE, "a", 60);
        add("insert after a delete, wall clock went back", TOMBSTONE, "a", 40);
        add("above 2 to the 53rd", version(Map.of("a", big), big, "a"), "a", big);
        add("last counter", version(Map.of("a", Long.MAX_VALUE - 1), 10, "a"), "a", 20);
        add("last timestamp", version(Map.of("a", 1L), Long.MAX_VALUE - 1, "a"), "a", 20);
        add("counter at its end", version(Map.of("a", Long.MAX_VALUE), 10, "a"), "a", 20);
        add("the counter of another master at its end", version(Map.of("a", Long.MAX_VALUE), 10, "a"), "b", 20);
        add("timestamp at its end", version(Map.of("a", 1L), Long.MAX_VALUE, "a"), "a", 20);
        add("two notes are one write, at the later time", A1, "a", 20, 30);
        add("notes in another order", A1, "a", 30, 20);
        add("three notes, none later than what is stored", A1, "a", 3, 9, 6);
        add("three notes, the wall clock went back between", A1, "b", 12, 40, 13);
    }

    private void add(String name, Version previous, String self, long... changedAt) {
        long latest = Arrays.stream(changedAt).max().orElseThrow();
        vectors.add(Vector.of(
                "local_write",
                name,
                object(
                        "previous", Json.version(previous),
                        "self", self,
                        "changed_at", Arrays.stream(changedAt).boxed().toList()),
                expect(previous, self, latest)));
    }

    private static Map<String, @Nullable Object> expect(Version previous, String self, long latest) {
        try {
            return object("version", Json.version(LocalWrite.after(previous, self, latest)));
        } catch (ArithmeticException atItsEnd) {
            return object("error", "overflow");
        }
    }

    private static Version version(Map<String, Long> counters, long timestampMicros, String writer) {
        return new Version(VectorClock.of(counters), timestampMicros, writer);
    }
}
