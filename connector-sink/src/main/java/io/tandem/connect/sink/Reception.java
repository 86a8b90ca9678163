package io.tandem.connect.sink;

import io.tandem.connect.config.DatabaseFailures;
import io.tandem.connect.database.DatabaseException;
import io.tandem.connect.database.ErrorKind;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a sink task does with records: read, merge, apply; what cannot be applied now waits, within bounds. If the tables
 * seem to be not what they were, they are looked up again, what waits is read again, and only then a refusal counts.
 *
 * <p>Not thread-safe: used by one task's thread.
 */
final class Reception {

    private static final Logger LOG = LoggerFactory.getLogger(Reception.class);

    // more than so many batches waiting: take no more until some are applied
    private static final int MAX_BATCHES_WAITING = 4;
    private static final Duration LONGEST_HOLD = Duration.ofSeconds(30);
    private static final long PAUSE_MILLIS = 10;

    private final Supplier<Access> lookup;
    private final Inbox inbox;
    private final int batchSize;
    private final SkewWatch skew;
    private final DeadLetters deadLetters;
    private Access access;
    private boolean lookedUp;

    /** @param lookup looks the tables up */
    Reception(Supplier<Access> lookup, Inbox inbox, int batchSize, SkewWatch skew, DeadLetters deadLetters) {
        this.lookup = lookup;
        this.inbox = inbox;
        this.batchSize = batchSize;
        this.skew = skew;
        this.deadLetters = deadLetters;
        this.access = lookup.get();
    }

    /** Delivering the same records again does no harm: merging a record with itself gives the record. */
    void receive(Collection<SinkRecord> records) {
        lookedUp = false;
        for (SinkRecord record : records) {
            read(record).ifPresent(incoming -> inbox.add(incoming, record));
        }
        skew.warning().ifPresent(LOG::warn);
        work();
        long deadline = System.nanoTime() + LONGEST_HOLD.toNanos();
        while (inbox.size() > MAX_BATCHES_WAITING * batchSize) {
            if (System.nanoTime() - deadline > 0) {
                throw new RetriableException(
                        inbox.size() + " aggregates wait for locks or for rows that they refer to");
            }
            pause();
            work();
        }
    }

    /** What a record says; empty if it is refused and that is done with. */
    private Optional<Incoming> read(SinkRecord record) {
        try {
            Incoming incoming = readOnTablesOfNow(record);
            skew.check(incoming);
            return Optional.of(incoming);
        } catch (DataException e) {
            deadLetters.refuse(record, e);
            return Optional.empty();
        }
    }

    /** A column may have been widened since it was looked up, so that it takes what it seems to refuse. */
    private Incoming readOnTablesOfNow(SinkRecord record) {
        try {
            return access.reader().read(record);
        } catch (DataException e) {
            if (lookedUp || !lookUpAgain()) {
                throw e;
            }
            LOG.info("the tables have changed, looked them up again: {}", e.getMessage());
            return access.reader().read(record);
        }
    }

    private void work() {
        try {
            access.applier().work();
        } catch (DatabaseException e) {
            if (e.kind() != ErrorKind.OUTDATED) {
                throw e;
            }
            LOG.warn("the tables have changed, looking them up again: {}", e.getMessage());
            lookUpAgain();
            workOnNewTables();
        }
    }

    private void workOnNewTables() {
        try {
            access.applier().work();
        } catch (DatabaseException e) {
            throw DatabaseFailures.fatal(
                    "cannot apply: a table or a column of " + access.aggregate().name()
                            + " is not what it was, nor what "
                            + "it seems to be now. Nothing is lost: the records stay in the topic. Let tables and "
                            + "mapping fit each other, then restart the task",
                    e);
        }
    }

    /** Tells whether the tables have changed. */
    private boolean lookUpAgain() {
        Access now = lookup.get();
        lookedUp = true;
        boolean changed = !now.aggregate().equals(access.aggregate());
        if (changed) {
            inbox.readAgain(record -> readAgain(now.reader(), record));
        }
        access = now;
        return changed;
    }

    private Optional<Incoming> readAgain(RecordReader reader, SinkRecord record) {
        try {
            return Optional.of(reader.read(record));
        } catch (DataException e) {
            deadLetters.refuse(record, e);
            return Optional.empty();
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
