package io.tandem.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.distribution.Workload.Write;
import io.tandem.examples.ExamplePair;
import java.util.List;
import java.util.Map;

/** Looks for writes of workloads that are neither shown nor overruled. */
final class LostWrites {

    private LostWrites() {}

    /**
     * The name shown must be the last one written by the version's writer, and every write of another master must be
     * older than the version that overruled or overwrote it.
     *
     * @param pair an aligned pair
     * @param workloads by master, those whose writes must not be lost; all of them stopped
     */
    static void assertNone(ExamplePair pair, long customer, Map<String, Workload> workloads) {
        String name = pair.modern().query("SELECT last_name FROM customer WHERE id = " + customer);
        String clock = "FROM tandem_customer_clock WHERE key_id = " + customer;
        String writer = pair.modern().query("SELECT clock_writer " + clock);
        long timestamp = Long.parseLong(pair.modern().query("SELECT clock_timestamp " + clock));
        workloads.forEach((side, workload) -> {
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
