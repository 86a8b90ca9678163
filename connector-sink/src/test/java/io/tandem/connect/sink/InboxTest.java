package io.tandem.connect.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.clock.Masters;
import io.tandem.clock.Reconciler;
import io.tandem.clock.TimestampPolicy;
import io.tandem.clock.VectorClock;
import io.tandem.clock.Version;
import io.tandem.connect.aggregate.AggregateKey;
import io.tandem.connect.sink.Inbox.Entry;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;

/** What arrives while something is being applied. */
class InboxTest {

    private static final TopicPartition ONE = new TopicPartition("topic", 1);
    private static final TopicPartition TWO = new TopicPartition("topic", 2);
    private static final long DELIVERED = 100;

    private final Inbox inbox = new Inbox(new Reconciler(new TimestampPolicy(new Masters(List.of("a", "b")))));

    private static SinkRecord record(TopicPartition partition, long offset) {
        return new SinkRecord("topic", partition.partition(), null, null, null, null, offset);
    }

    private static Incoming incoming(long key, long counter, SinkRecord record) {
        return new Incoming(
                AggregateKey.of(key),
                new Version(VectorClock.of(Map.of("a", counter)), 1000 * counter, "a"),
                null,
                new RecordPlace("topic", record.kafkaPartition(), record.kafkaOffset()));
    }

    /** A version of an aggregate arrives; its counter is its offset. */
    private void arrive(long key, TopicPartition partition, long offset) {
        SinkRecord record = record(partition, offset);
        inbox.add(incoming(key, offset, record), record);
    }

    private List<Entry> take() {
        return inbox.take(System.nanoTime());
    }

    private long committable(TopicPartition partition) {
        Map<TopicPartition, OffsetAndMetadata> delivered = Map.of(
                ONE, new OffsetAndMetadata(DELIVERED),
                TWO, new OffsetAndMetadata(DELIVERED));
        return Objects.requireNonNull(inbox.committable(delivered).get(partition))
                .offset();
    }

    private static long counter(Entry entry) {
        return entry.incoming().version().clock().counter("a");
    }

    @Test
    void what_arrives_while_its_aggregate_is_applied_is_applied_afterwards() {
        arrive(1, ONE, 10);
        List<Entry> taken = take();
        arrive(1, ONE, 11);
        arrive(1, ONE, 12);

        assertThat(taken).extracting(InboxTest::counter).containsExactly(10L);
        assertThat(take()).isEmpty();
        inbox.applied(taken.get(0));
        inbox.release(taken);

        assertThat(take()).extracting(InboxTest::counter).containsExactly(12L);
    }

    @Test
    void an_offset_is_held_back_until_all_before_it_is_applied_whoever_waits_behind_whom() {
        arrive(1, ONE, 10);
        List<Entry> taken = take();
        arrive(1, ONE, 11);
        arrive(1, TWO, 20);
        assertThat(committable(ONE)).isEqualTo(10);
        assertThat(committable(TWO)).isEqualTo(20);

        inbox.applied(taken.get(0));
        assertThat(committable(ONE)).isEqualTo(11);
        assertThat(committable(TWO)).isEqualTo(20);

        take().forEach(inbox::applied);
        assertThat(committable(ONE)).isEqualTo(DELIVERED);
        assertThat(inbox.isEmpty()).isTrue();
    }

    @Test
    void what_is_released_is_joined_by_what_has_arrived_meanwhile() {
        arrive(1, ONE, 10);
        List<Entry> taken = take();
        arrive(1, TWO, 20);

        inbox.release(taken);

        assertThat(take()).extracting(InboxTest::counter).containsExactly(20L);
        assertThat(committable(ONE)).isEqualTo(10);
        assertThat(committable(TWO)).isEqualTo(20);
    }

    @Test
    void what_is_refused_leaves_the_place_to_what_has_arrived_meanwhile() {
        arrive(1, ONE, 10);
        List<Entry> taken = take();
        arrive(1, ONE, 11);

        inbox.refused(taken.get(0));
        inbox.release(taken);

        assertThat(take()).extracting(InboxTest::counter).containsExactly(11L);
        assertThat(committable(ONE)).isEqualTo(11);
    }

    @Test
    void what_others_of_a_refused_aggregate_come_to_is_joined_by_what_has_arrived_meanwhile() {
        arrive(1, ONE, 10);
        arrive(1, ONE, 11);
        List<Entry> taken = take();
        arrive(1, ONE, 12);

        inbox.refused(taken.get(0));
        inbox.release(taken);

        assertThat(take()).extracting(InboxTest::counter).containsExactly(12L);
        assertThat(committable(ONE)).isEqualTo(10);
    }

    @Test
    void what_comes_from_a_partition_that_is_taken_away_is_forgotten_also_while_it_is_applied() {
        arrive(1, ONE, 10);
        arrive(2, ONE, 11);
        List<Entry> taken = take();
        arrive(1, TWO, 20);
        arrive(2, ONE, 12);

        inbox.forget(List.of(ONE));
        taken.forEach(inbox::applied);
        inbox.release(taken);

        assertThat(take()).extracting(InboxTest::counter).containsExactly(20L);
        assertThat(inbox.size()).isEqualTo(1);
    }

    @Test
    void what_is_read_again_is_not_that_which_was_taken() {
        arrive(1, ONE, 10);
        List<Entry> taken = take();
        arrive(1, ONE, 11);

        inbox.readAgain(record -> Optional.of(incoming(1, record.kafkaOffset(), record)));
        taken.forEach(inbox::applied);
        inbox.release(taken);

        assertThat(take()).extracting(InboxTest::counter).containsExactly(11L);
        assertThat(committable(ONE)).isEqualTo(10);
    }
}
