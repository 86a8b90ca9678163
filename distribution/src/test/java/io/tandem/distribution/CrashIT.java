package io.tandem.distribution;

import io.tandem.examples.ExamplePair;
import io.tandem.examples.Examples;
import io.tandem.examples.Master;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Worker and databases are killed in the middle of changes on both sides. */
@ExtendWith(PairExtension.class)
class CrashIT {

    private static final long SOME = 200;

    private final ExamplePair pair;

    CrashIT(ExamplePair pair) {
        this.pair = pair;
    }

    @Test
    void no_change_is_lost_when_the_worker_and_each_database_are_killed() {
        WorkloadKeys keys = new WorkloadKeys(600_000, 3, 15);
        keys.create(pair.legacy());
        Await.aligned(pair);

        Workload legacy = Workload.enduring(pair.legacy(), keys);
        Workload modern = Workload.enduring(pair.modern(), keys);
        try (legacy;
                modern) {
            Await.progress(legacy, SOME);
            Await.progress(modern, SOME);

            pair.worker().kill();
            Await.progress(legacy, SOME);
            Await.progress(modern, SOME);
            pair.worker().restart();
            Examples.CONNECTORS.forEach(pair::awaitRunning);
            Await.progress(legacy, SOME);

            crash(pair.modern(), legacy);
            Await.progress(modern, SOME);

            crash(pair.legacy(), modern);
            Await.progress(legacy, SOME);
        }

        Await.aligned(pair);
        for (long customer = keys.first(); customer < keys.end(); customer++) {
            LostWrites.assertNone(pair, customer, Map.of("legacy", legacy, "modern", modern));
        }
    }

    private static void crash(Master victim, Workload other) {
        victim.server().kill();
        Await.progress(other, SOME);
        victim.server().restart();
    }
}
