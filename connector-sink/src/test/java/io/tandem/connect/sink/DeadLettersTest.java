package io.tandem.connect.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;

class DeadLettersTest {

    private static final TopicPartition PARTITION = new TopicPartition("topic", 0);

    private final ConnectException reason = new ConnectException("no such key");
    private final List<Long> reported = new ArrayList<>();
    private final DeadLetters tolerant = new DeadLetters(
            (record, error) -> {
                assertThat(error).isSameAs(reason);
                reported.add(record.kafkaOffset());
                return CompletableFuture.completedFuture(null);
            },
            true);

    private static SinkRecord record(long offset) {
        return new SinkRecord("topic", 0, null, null, null, null, offset);
    }

    private static long committable(DeadLetters letters) {
        Map<TopicPartition, OffsetAndMetadata> committable =
                new HashMap<>(Map.of(PARTITION, new OffsetAndMetadata(100)));
        letters.withhold(committable);
        return Objects.requireNonNull(committable.get(PARTITION)).offset();
    }

    @Test
    void what_is_refused_is_held_back_until_it_is_reported() {
        tolerant.refuse(record(12), reason);
        tolerant.tell(record(7), reason);

        assertThat(reported).isEmpty();
        assertThat(tolerant.isWaiting()).isTrue();
        assertThat(committable(tolerant)).isEqualTo(7);

        tolerant.report();

        assertThat(reported).containsExactly(12L, 7L);
        assertThat(tolerant.isWaiting()).isFalse();
        assertThat(committable(tolerant)).isEqualTo(100);
    }

    @Test
    void without_tolerance_or_a_reporter_the_reason_ends_the_task() {
        DeadLetters strict = new DeadLetters((record, error) -> CompletableFuture.completedFuture(null), false);
        DeadLetters silent = new DeadLetters(null, true);

        assertThatThrownBy(() -> strict.refuse(record(1), reason)).isSameAs(reason);
        assertThatThrownBy(() -> silent.refuse(record(1), reason)).isSameAs(reason);
        strict.tell(record(1), reason);
        assertThat(strict.isWaiting()).isFalse();
    }
}
