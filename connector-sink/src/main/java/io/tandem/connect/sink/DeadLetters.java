package io.tandem.connect.sink;

import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.sink.ErrantRecordReporter;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What becomes of records that cannot be applied at all. Where errors are tolerated they go to the worker's reporter (a
 * dead letter topic, the log), and the task goes on; otherwise the first one ends the task and stays in its topic.
 *
 * <p><b>Invariant (reported before committed).</b> The offset of a refused record is held back until it is reported.
 *
 * <p>Any thread may refuse; {@link #report} and {@link #withhold} belong to the task's own thread, since the worker uses
 * the parts of its reporter for what it reads itself.
 */
final class DeadLetters {

    private static final Logger LOG = LoggerFactory.getLogger(DeadLetters.class);

    private final @Nullable ErrantRecordReporter reporter;
    private final boolean tolerant;
    private final Queue<Letter> unreported = new ConcurrentLinkedQueue<>();

    private record Letter(SinkRecord record, ConnectException reason) {}

    /**
     * @param reporter the worker's, null if it has none
     * @param tolerant whether errors are tolerated
     */
    DeadLetters(@Nullable ErrantRecordReporter reporter, boolean tolerant) {
        this.reporter = reporter;
        this.tolerant = tolerant;
    }

    /**
     * A record that cannot be applied.
     *
     * @param reason names the key, and no data
     * @throws ConnectException the reason, if errors are not tolerated
     */
    void refuse(SinkRecord record, ConnectException reason) {
        if (!takes(record, reason)) {
            throw reason;
        }
    }

    /** Takes a record if errors are tolerated; otherwise nobody but the log is told. */
    void tell(SinkRecord record, ConnectException reason) {
        if (!takes(record, reason)) {
            LOG.error("{}", reason.getMessage());
        }
    }

    private boolean takes(SinkRecord record, ConnectException reason) {
        return reporter != null && tolerant && unreported.add(new Letter(record, reason));
    }

    /** Whether there is something to report. */
    boolean isWaiting() {
        return !unreported.isEmpty();
    }

    /** Reports what was refused. */
    void report() {
        Letter letter = unreported.poll();
        while (letter != null && reporter != null) {
            LOG.warn("reported as a dead letter: {}", letter.reason().getMessage());
            // the worker waits for it before it commits the record's offset
            Future<Void> unused = reporter.report(letter.record(), letter.reason());
            letter = unreported.poll();
        }
    }

    /** Takes offsets back to the first record that is not reported. */
    void withhold(Map<TopicPartition, OffsetAndMetadata> committable) {
        for (Letter letter : unreported) {
            SinkRecord record = letter.record();
            committable.computeIfPresent(
                    new TopicPartition(record.originalTopic(), record.originalKafkaPartition()),
                    (same, current) -> current.offset() <= record.originalKafkaOffset()
                            ? current
                            : new OffsetAndMetadata(record.originalKafkaOffset()));
        }
    }
}
