package io.tandem.connect.sink;

import io.tandem.connect.aggregate.AggregateKey;
import io.tandem.connect.config.DatabaseFailures;
import io.tandem.connect.database.DatabaseException;
import io.tandem.connect.sink.Inbox.Entry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.RetriableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works an {@link Inbox} off in batches. A batch that fails is cut in halves until what is to blame stands alone: if it
 * may pass (a lock, a row referred to that has not arrived) it is deferred, otherwise the task fails with its key.
 *
 * <p>Not thread-safe: used by one task's thread.
 */
final class Applier {

    private static final Logger LOG = LoggerFactory.getLogger(Applier.class);

    private final ApplyingTransaction transaction;
    private final Inbox inbox;
    private final int batchSize;
    private final Duration constraintWait;

    /** @param constraintWait how long a constraint may refuse an aggregate before that counts as final */
    Applier(ApplyingTransaction transaction, Inbox inbox, int batchSize, Duration constraintWait) {
        this.transaction = transaction;
        this.inbox = inbox;
        this.batchSize = batchSize;
        this.constraintWait = constraintWait;
    }

    /**
     * Tries every entry that is due, once.
     *
     * @throws RetriableException if the database does not answer
     * @throws ConnectException if an aggregate cannot be applied at all; it and what comes later stays in the topic
     */
    void work() {
        List<Entry> due = inbox.due(System.nanoTime());
        List<Entry> healthy = due.stream().filter(entry -> !isSpecial(entry)).toList();
        for (int from = 0; from < healthy.size(); from += batchSize) {
            applyOrHalve(healthy.subList(from, Math.min(healthy.size(), from + batchSize)));
        }
        due.stream().filter(Applier::isSpecial).forEach(entry -> applyOrHalve(List.of(entry)));
    }

    /** What was refused before, or may wait for a lock, goes alone. */
    private static boolean isSpecial(Entry entry) {
        return entry.deferral().isSuspect() || entry.deferral().starvingFor().isPresent();
    }

    private void applyOrHalve(List<Entry> batch) {
        Optional<BusyRow> first = batch.size() == 1 ? batch.get(0).deferral().starvingFor() : Optional.empty();
        try {
            Map<AggregateKey, Optional<BusyRow>> busy =
                    transaction.apply(batch.stream().map(Entry::incoming).toList(), first);
            for (Entry entry : batch) {
                Optional<BusyRow> row = busy.get(entry.incoming().key());
                if (row == null) {
                    inbox.applied(entry);
                } else {
                    entry.deferral().busy(row.orElse(null), System.nanoTime());
                }
            }
        } catch (DatabaseException e) {
            failed(batch, e);
        }
    }

    private void failed(List<Entry> batch, DatabaseException error) {
        switch (error.kind()) {
            case UNAVAILABLE ->
                throw new RetriableException("the database does not answer: " + error.getMessage(), error);
            case ACCESS, OTHER -> throw DatabaseFailures.fatal("cannot apply", error);
            case LOCK, DUPLICATE_KEY, FOREIGN_KEY, DATA -> {
                LOG.debug("a batch of {} was rolled back", batch.size(), error);
                if (batch.size() > 1) {
                    int half = batch.size() / 2;
                    applyOrHalve(batch.subList(0, half));
                    applyOrHalve(batch.subList(half, batch.size()));
                } else {
                    deferOrFail(batch.get(0), error);
                }
            }
        }
    }

    private void deferOrFail(Entry entry, DatabaseException error) {
        long now = System.nanoTime();
        AggregateKey key = entry.incoming().key();
        switch (error.kind()) {
            case LOCK -> entry.deferral().busy(null, now);
            case DUPLICATE_KEY -> {
                if (entry.deferral().refused(now).compareTo(constraintWait) > 0) {
                    throw DatabaseFailures.fatal(
                            "cannot apply " + key + ": another row holds one of its unique values, and has for "
                                    + constraintWait.toMillis() + " ms (" + AlignmentSinkConfig.FOREIGN_KEY_WAIT
                                    + "). Give one of the two another value on its own master",
                            error);
                }
            }
            case FOREIGN_KEY -> {
                if (entry.deferral().refused(now).compareTo(constraintWait) > 0) {
                    throw DatabaseFailures.fatal(
                            "cannot apply " + key + ": a row that it refers to is missing, or it is to be deleted and "
                                    + "another row still refers to it, and that for " + constraintWait.toMillis()
                                    + " ms (" + AlignmentSinkConfig.FOREIGN_KEY_WAIT
                                    + "). Is the connector of the other aggregate running?",
                            error);
                }
            }
            default ->
                throw DatabaseFailures.fatal(
                        "cannot apply " + key + ": its data does not fit the table. Nothing was written and nothing "
                                + "is lost: the record stays in the topic",
                        error);
        }
    }
}
