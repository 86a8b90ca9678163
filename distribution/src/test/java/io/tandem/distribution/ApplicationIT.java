package io.tandem.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.examples.ExamplePair;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The application is never the victim: it writes on both sides as fast as it can while the sinks apply. */
@ExtendWith(PairExtension.class)
class ApplicationIT {

    private static final long TRANSACTIONS = 8_000;

    private final ExamplePair pair;

    ApplicationIT(ExamplePair pair) {
        this.pair = pair;
    }

    @Test
    void no_statement_of_the_application_fails_while_both_masters_write_the_same_aggregates() {
        WorkloadKeys keys = new WorkloadKeys(200_000, 3, 8);
        keys.create(pair.legacy());
        Await.aligned(pair);

        Workload legacy = Workload.fast(pair.legacy(), keys);
        Workload modern = Workload.fast(pair.modern(), keys);
        try (legacy;
                modern) {
            Await.progress(legacy, TRANSACTIONS);
            Await.progress(modern, TRANSACTIONS);
        }

        assertThat(legacy.failures()).isEmpty();
        assertThat(modern.failures()).isEmpty();
        Await.aligned(pair);
    }
}
