package io.tandem.connect.sink;

import io.tandem.connect.config.DatabaseFailures;
import io.tandem.connect.database.DatabaseException;
import io.tandem.connect.database.ErrorKind;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a sink task does with records: read, merge, {@linkplain Applying have them applied}; what cannot be applied now
 * waits, within bounds. If the tables seem to be not what they were, they are looked up again, what waits is read again,
 * and only then a refusal counts.
 *
 * <p>Not thread-safe: used by one task's thread; its passes run in another one.
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
    private final Applying applying;
    // guards that what is added to the inbox was read for the tables as they were looked up last
    private final Object tables = new Object();
    private volatile Access access;
    private boolean lookedUp;

    /**
     * Looks the tables up.
     *
     * @param executor see {@link Applying}
     */
    Reception(
            Supplier<Access> lookup,
            Inbox inbox,
            int batchSize,
            SkewWatch skew,
            DeadLetters deadLetters,
            Executor executor) {
        this.lookup = lookup;
        this.inbox = inbox;
        this.batchSize = batchSize;
        this.skew = skew;
        this.deadLetters = deadLetters;
        this.applying = new Applying(executor, this::work, () -> inbox.isDue(System.nanoTime()));
        this.access = lookup.get();
    }

    /**
     * Takes records. Delivering the same ones again does no harm: merging a record with itself gives the record.
     *
     * @throws RuntimeException also what went wrong with earlier ones meanwhile
     */
    void receive(Collection<SinkRecord> records) {
        deadLetters.report();
        applying.check();
        lookedUp = false;
        for (SinkRecord record : records) {
            read(record);
        }
        skew.warning().ifPresent(LOG::warn);
        applying.start();
        long deadline = System.nanoTime() + LONGEST_HOLD.toNanos();
        while (inbox.size() > MAX_BATCHES_WAITING * batchSize) {
            applying.check();
            if (System.nanoTime() - deadline > 0) {
                throw new RetriableException(
                        inbox.size() + " aggregates wait for locks or for rows that they refer to");
            }
            pause();
            applying.start();
        }
        deadLetters.report();
        applying.check();
    }

    /** Reads a record into the inbox, unless it is refused and that is done with. */
    @SuppressWarnings("ReferenceEquality") // the question is whether anybody has looked the tables up meanwhile
    private void read(SinkRecord record) {
        try {
            Access used = access;
            Incoming incoming = readOnTablesOfNow(record);
            skew.check(incoming);
            synchronized (tables) {
                inbox.add(access == used ? incoming : access.reader().read(record), record);
            }
        } catch (DataException e) {
            deadLetters.refuse(record, e);
        }
    }

    /** A column may have been widened since it was looked up, so that it takes what it seems to refuse. */
    private Incoming readOnTablesOfNow(SinkRecord record) {
        try {
            return access.reader().read(record);
        } catch (DataException e) {
            if (lookedUp) {
                throw e;
            }
            lookedUp = true;
            if (!lookUpAgain()) {
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
        AtomicBoolean changed = new AtomicBoolean();
        applying.meanwhile(() -> {
            Access now = lookup.get();
            synchronized (tables) {
                changed.set(!now.aggregate().equals(access.aggregate()));
                if (changed.get()) {
                    inbox.readAgain(record -> readAgain(now.reader(), record));
                }
                access = now;
            }
        });
        return changed.get();
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
        return !inbox.isEmpty() || deadLetters.isWaiting();
    }

    Map<TopicPartition, OffsetAndMetadata> committable(Map<TopicPartition, OffsetAndMetadata> delivered) {
        Map<TopicPartition, OffsetAndMetadata> committable = inbox.committable(delivered);
        // in this order: what has just left the inbox is refused already
        deadLetters.withhold(committable);
        return committable;
    }

    void forget(Collection<TopicPartition> partitions) {
        inbox.forget(partitions);
    }
}
