package io.tandem.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.distribution.Workload.Write;
import io.tandem.examples.ExamplePair;
import io.tandem.examples.Examples;
import io.tandem.examples.Master;
import java.util.List;
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
            assertNothingLost(customer, legacy, modern);
        }
    }

    private static void crash(Master victim, Workload other) {
        victim.server().kill();
        Await.progress(other, SOME);
        victim.server().restart();
    }

    /**
     * The name shown must be the last one written by the version's writer, and every write of the other master must be
     * older than the version that overruled or overwrote it.
     */
    private void assertNothingLost(long customer, Workload legacy, Workload modern) {
        String name = pair.modern().query("SELECT last_name FROM customer WHERE id = " + customer);
        String clock = "FROM tandem_customer_clock WHERE key_id = " + customer;
        String writer = pair.modern().query("SELECT clock_writer " + clock);
        long timestamp = Long.parseLong(pair.modern().query("SELECT clock_timestamp " + clock));
        Map<String, Workload> sides = Map.of("legacy", legacy, "modern", modern);
        sides.forEach((side, workload) -> {
            List<Write> writes = workload.nameWrites().getOrDefault(customer, List.of());
            int last = lastAcknowledged(writes);
            if (side.equals(writer) && last >= 0) {
                // what came after the last acknowledged write is in doubt: it may be in or not
                assertThat(writes.subList(last, writes.size()).stream().map(Write::marker))
                        .as("customer %s, written last by %s", customer, writer)
                        .contains(name);
            } else if (last >= 0) {
                assertThat(timestamp)
                        .as("customer %s: the last write of %s is overruled only by a later one", customer, side)
                        .isGreaterThanOrEqualTo(writes.get(last).startedAtMicros());
            }
        });
    }

    private static int lastAcknowledged(List<Write> writes) {
        for (int i = writes.size() - 1; i >= 0; i--) {
            if (writes.get(i).acknowledged()) {
                return i;
            }
        }
        return -1;
    }
}
