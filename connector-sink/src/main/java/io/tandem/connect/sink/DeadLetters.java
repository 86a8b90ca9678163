package io.tandem.connect.sink;

import java.util.concurrent.Future;
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
 * <p>Not thread-safe: used by one task's thread.
 */
final class DeadLetters {

    private static final Logger LOG = LoggerFactory.getLogger(DeadLetters.class);

    private final @Nullable ErrantRecordReporter reporter;
    private final boolean tolerant;

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
        if (!reportTolerated(record, reason)) {
            throw reason;
        }
    }

    /** Reports a record if errors are tolerated; otherwise nobody but the log is told. */
    void tell(SinkRecord record, ConnectException reason) {
        if (!reportTolerated(record, reason)) {
            LOG.error("{}", reason.getMessage());
        }
    }

    private boolean reportTolerated(SinkRecord record, ConnectException reason) {
        if (reporter == null || !tolerant) {
            return false;
        }
        LOG.warn("reported as a dead letter: {}", reason.getMessage());
        // the worker waits for it before it commits the record's offset
        Future<Void> unused = reporter.report(record, reason);
        return true;
    }
}
