package io.tandem.connect.sink;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.sink.SinkRecord;

/** What a sink task does with records: read, merge, apply; what cannot be applied now waits, within bounds. */
final class Reception {

    // more than so many batches waiting: take no more until some are applied
    private static final int MAX_BATCHES_WAITING = 4;
    private static final Duration LONGEST_HOLD = Duration.ofSeconds(30);
    private static final long PAUSE_MILLIS = 10;

    private final RecordReader reader;
    private final Inbox inbox;
    private final Applier applier;
    private final int batchSize;

    Reception(RecordReader reader, Inbox inbox, Applier applier, int batchSize) {
        this.reader = reader;
        this.inbox = inbox;
        this.applier = applier;
        this.batchSize = batchSize;
    }

    /** Delivering the same records again does no harm: merging a record with itself gives the record. */
    void receive(Collection<SinkRecord> records) {
        for (SinkRecord record : records) {
            inbox.add(
                    reader.read(record),
                    new TopicPartition(record.originalTopic(), record.originalKafkaPartition()),
                    record.originalKafkaOffset());
        }
        applier.work();
        long deadline = System.nanoTime() + LONGEST_HOLD.toNanos();
        while (inbox.size() > MAX_BATCHES_WAITING * batchSize) {
            if (System.nanoTime() - deadline > 0) {
                throw new RetriableException(
                        inbox.size() + " aggregates wait for locks or for rows that they refer to");
            }
            pause();
            applier.work();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RetriableException("interrupted while aggregates wait to be applied", e);
        }
    }

    boolean isWaiting() {
        return !inbox.isEmpty();
    }

    Map<TopicPartition, OffsetAndMetadata> committable(Map<TopicPartition, OffsetAndMetadata> delivered) {
        return inbox.committable(delivered);
    }

    void forget(Collection<TopicPartition> partitions) {
        inbox.forget(partitions);
    }
}
