package io.tandem.connect.source;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells which records did not reach Kafka. Connect's own messages name the topic and the reason, but not the key; a task
 * is told the record, but not the reason. Not thread-safe: used by one task's thread.
 */
final class UndeliveredLog {

    private static final Logger LOG = LoggerFactory.getLogger(UndeliveredLog.class);
    private static final int NAMED = 5;

    private final String aggregate;
    private final String topic;

    UndeliveredLog(String aggregate, String topic) {
        this.aggregate = aggregate;
        this.topic = topic;
    }

    /** These were dropped on their way, while errors are tolerated or a filter is at work. */
    void dropped(List<AlignmentSourceRecord> records) {
        if (!records.isEmpty() && LOG.isErrorEnabled()) {
            LOG.error(
                    "UNDELIVERED {}: {} records did not reach Kafka, {}. The worker's messages before this one say why, "
                            + "unless a transform dropped them. Nothing is lost and the others go on: they stay pending, "
                            + "and are sent again when they change, when the task starts, and after a pause that grows. {}",
                    aggregate,
                    records.size(),
                    largest(records),
                    remedy());
        }
    }

    /** These have no answer while the task stops. */
    void unacknowledged(Collection<AlignmentSourceRecord> records) {
        if (!records.isEmpty() && LOG.isWarnEnabled()) {
            LOG.warn(
                    "UNDELIVERED {}: the task stops, and Kafka has not acknowledged {} records, {}. Nothing is lost: they "
                            + "stay pending and are sent again when the task starts. {}; with errors.tolerance=all on this "
                            + "source the others go on meanwhile",
                    aggregate,
                    records.size(),
                    largest(records),
                    remedy());
        }
    }

    private static String largest(Collection<AlignmentSourceRecord> records) {
        record Sized(AlignmentSourceRecord record, long bytes) {}
        return records.stream()
                .map(record -> new Sized(record, RecordSize.of(record)))
                .sorted(Comparator.comparingLong(Sized::bytes).reversed())
                .limit(NAMED)
                .map(sized -> sized.record().aggregateKey() + " (about " + sized.bytes() + " bytes)")
                .collect(Collectors.joining(", ", records.size() > NAMED ? "the largest of them " : "", ""));
    }

    private String remedy() {
        return "If the reason is a RecordTooLargeException, raise producer.override.max.request.size of this source and "
                + "max.message.bytes of the topic " + topic;
    }
}
