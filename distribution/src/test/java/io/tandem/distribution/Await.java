package io.tandem.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.examples.Comparison;
import io.tandem.examples.ExamplePair;
import io.tandem.examples.Examples;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;

/** Waits of the integration tests. */
final class Await {

    static final Duration LIMIT = Duration.ofSeconds(90);

    private Await() {}

    /** Waits until both masters show the same data under the same versions, customers and orders. */
    static void aligned(ExamplePair pair) {
        Comparison comparison = new Comparison(pair);
        List<String> differing = new ArrayList<>();
        Awaitility.await("all aggregates are equal")
                .atMost(LIMIT)
                .pollInterval(Duration.ofMillis(500))
                .failFast(() -> assertNoTaskFailed(pair))
                .until(() -> {
                    differing.clear();
                    differing.addAll(comparison.compare("customer").differing());
                    differing.addAll(comparison.compare("order").differing());
                    return differing.isEmpty();
                });
    }

    private static void assertNoTaskFailed(ExamplePair pair) {
        for (String connector : Examples.CONNECTORS) {
            pair.worker()
                    .rest()
                    .status(connector)
                    .tasks()
                    .forEach(task -> assertThat(task.trace())
                            .as("why a task of %s failed", connector)
                            .isNull());
        }
    }

    /** Waits until this workload has made so many more transactions; fails as soon as one of its statements fails. */
    static void progress(Workload workload, long transactions) {
        long goal = workload.transactions() + transactions;
        Awaitility.await("the application goes on")
                .atMost(LIMIT)
                .failFast(() -> assertThat(workload.failures())
                        .as("statements of the application that failed")
                        .isEmpty())
                .until(() -> workload.transactions() >= goal);
    }
}
