package io.tandem.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tandem.examples.ExamplePair;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is applied is not published again. */
@ExtendWith(PairExtension.class)
class NoEchoIT {

    // the default of source.poll.interval.ms
    private static final Duration TWENTY_POLL_INTERVALS = Duration.ofMillis(50).multipliedBy(20);

    private final ExamplePair pair;

    NoEchoIT(ExamplePair pair) {
        this.pair = pair;
    }

    @Test
    void after_a_workload_on_both_sides_the_topics_stay_still() {
        WorkloadKeys keys = new WorkloadKeys(400_000, 2, 10);
        keys.create(pair.legacy());
        Await.aligned(pair);
        try (Workload legacy = Workload.fast(pair.legacy(), keys);
                Workload modern = Workload.fast(pair.modern(), keys)) {
            Await.progress(legacy, 500);
            Await.progress(modern, 500);
        }
        Await.aligned(pair);

        try (Topics topics = new Topics(pair)) {
            Map<TopicPartition, Long> still = topics.endOffsets();
            assertThat(still.values().stream().mapToLong(Long::longValue).sum()).isPositive();
            await("the topics stay still")
                    .during(TWENTY_POLL_INTERVALS)
                    .atMost(TWENTY_POLL_INTERVALS.multipliedBy(3))
                    .until(topics::endOffsets, still::equals);
        }
    }
}
