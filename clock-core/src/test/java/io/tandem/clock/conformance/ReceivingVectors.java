package io.tandem.clock.conformance;

import static io.tandem.clock.conformance.Json.object;

import io.tandem.clock.Reconciler;
import io.tandem.clock.VectorClock;
import io.tandem.clock.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a receiver checks before it decides: the publisher's policy, and whether it has forgotten writes of its own. */
final class ReceivingVectors {

    private final List<Vector> vectors = new ArrayList<>();

    static List<Vector> all() {
        ReceivingVectors all = new ReceivingVectors();
        all.policies();
        all.forgotten();
        return all.vectors;
    }

    private void policies() {
        String own = "timestamp:legacy,modern,third";
        for (String published : List.of(
                own,
                "timestamp:legacy,modern",
                "timestamp:legacy",
                "timestamp:legacy,modern,third,fourth",
                "timestamp:modern,legacy,third",
                "timestamp:modern",
                "timestamp:legacy,third",
                "timestamp:legacy,mod",
                "timestamp:",
                "priority:legacy,modern")) {
            accept(own, published);
        }
        accept("priority:legacy,modern", "priority:legacy,modern");
        accept("priority:legacy,modern", "priority:legacy");
        accept("priority:legacy,modern", "priority:modern,legacy");
        accept("priority:legacy,modern", "timestamp:legacy,modern");
    }

    private void accept(String own, String published) {
        vectors.add(Vector.of(
                "accept",
                published + " at " + own,
                object("policy", own, "published", published),
                object("accepted", Policies.of(own).accepts(published))));
    }

    private void forgotten() {
        long big = 1L << 53;
        forgotten("nothing stored, a write of another master", Map.of(), Map.of("b", 1L));
        forgotten("nothing stored, an own write", Map.of(), Map.of("a", 1L, "b", 1L));
        forgotten("the same own counter", Map.of("a", 2L), Map.of("a", 2L, "b", 1L));
        forgotten("a lower own counter", Map.of("a", 2L), Map.of("a", 1L, "b", 1L));
        forgotten("a higher own counter", Map.of("a", 2L), Map.of("a", 3L, "b", 1L));
        forgotten("a higher own counter in a concurrent clock", Map.of("a", 2L, "b", 7L), Map.of("a", 3L, "b", 1L));
        forgotten("only the other counter is higher", Map.of("a", 2L, "b", 1L), Map.of("a", 2L, "b", 9L));
        forgotten("above 2 to the 53rd", Map.of("a", big), Map.of("a", big + 1));
    }

    private void forgotten(String name, Map<String, Long> stored, Map<String, Long> incoming) {
        VectorClock storedClock = VectorClock.of(stored);
        VectorClock incomingClock = VectorClock.of(incoming);
        boolean proved = new Reconciler(Policies.of("timestamp:a,b"), "a")
                .provesForgottenWrites(new Version(storedClock, 10, "a"), new Version(incomingClock, 20, "b"));
        vectors.add(Vector.of(
                "forgotten",
                name,
                object("self", "a", "stored", Json.clock(storedClock), "incoming", Json.clock(incomingClock)),
                object("alarm", proved ? "FORGOTTEN_OWN_WRITES" : null)));
    }
}
