package io.tandem.connect.sink;

import io.tandem.connect.aggregate.AggregateKey;
import io.tandem.connect.config.DatabaseFailures;
import io.tandem.connect.database.BatchPace;
import io.tandem.connect.database.DatabaseException;
import io.tandem.connect.sink.Inbox.Entry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.RetriableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works an {@link Inbox} off in batches. A batch that fails is cut in halves until what is to blame stands alone: if it
 * may pass (a lock, a row referred to that has not arrived) it is deferred, otherwise it is refused with its key.
 *
 * <p>Not thread-safe: used by one thread at a time, which lets others work meanwhile.
 */
final class Applier {

    private static final Logger LOG = LoggerFactory.getLogger(Applier.class);

    // how many failures are spent in one go on finding out which of those that were refused before can be applied now
    private static final int ATTEMPTS_WITH_SUSPECTS = 32;

    private final Random random = new Random();
    private final Lanes<ApplyingTransaction> lanes;
    private final Inbox inbox;
    private final DeadLetters deadLetters;
    private final BatchPace pace;
    private final Duration constraintWait;
    private int attemptsLeft = Integer.MAX_VALUE;

    /**
     * @param lanes where batches are applied
     * @param pace how large batches may be
     * @param constraintWait how long a constraint may refuse an aggregate before that counts as final
     */
    Applier(
            Lanes<ApplyingTransaction> lanes,
            Inbox inbox,
            DeadLetters deadLetters,
            BatchPace pace,
            Duration constraintWait) {
        this.lanes = lanes;
        this.inbox = inbox;
        this.deadLetters = deadLetters;
        this.pace = pace;
        this.constraintWait = constraintWait;
    }

    /**
     * Tries every entry that is due, once.
     *
     * @throws RetriableException if the database does not answer
     * @throws ConnectException if an aggregate cannot be applied at all, and errors are not tolerated
     * @throws DatabaseException of kind OUTDATED if the tables are not what they were when they were looked up; what is
     *     not applied stays in the inbox
     */
    void work() {
        List<Entry> due = inbox.take(System.nanoTime());
        try {
            work(due);
        } finally {
            inbox.release(due);
        }
    }

    private void work(List<Entry> due) {
        Optional<Entry> waiting = due.stream()
                .filter(entry -> entry.deferral().starvingFor().isPresent())
                .min(Comparator.comparingInt(entry -> entry.deferral().waits()));
        Set<Entry> alone = new HashSet<>();
        waiting.ifPresent(alone::add);
        List<Entry> suspects = new ArrayList<>();
        List<Entry> healthy = new ArrayList<>();
        due.stream()
                .filter(entry -> !alone.contains(entry))
                .forEach(entry -> (entry.deferral().isSuspect() ? suspects : healthy).add(entry));
        attemptsLeft = Integer.MAX_VALUE;
        inLanes(healthy);
        // so that over time every one of them is in a batch that is not spoiled by another
        Collections.shuffle(suspects, random);
        attemptsLeft = ATTEMPTS_WITH_SUSPECTS;
        inBatches(suspects);
        attemptsLeft = Integer.MAX_VALUE;
        waiting.ifPresent(this::applyAfterWaiting);
    }

    /** Side by side what is not expected to fail; what does is tried again alone, and then it counts. */
    private void inLanes(List<Entry> entries) {
        if (lanes.share(entries.size(), pace)) {
            lanes.apply(entries, pace, this::apply).forEach(this::inBatches);
        } else {
            inBatches(entries);
        }
    }

    private void inBatches(List<Entry> entries) {
        int from = 0;
        while (from < entries.size()) {
            if (Thread.currentThread().isInterrupted()) {
                throw new RetriableException("the task is being stopped");
            }
            int to = Math.min(entries.size(), from + pace.size());
            applyOrHalve(entries.subList(from, to), Optional.empty());
            from = to;
        }
    }

    /** One aggregate at a time may wait for its first lock, so that the others are not held up for long. */
    private void applyAfterWaiting(Entry entry) {
        entry.deferral().waiting();
        applyOrHalve(List.of(entry), entry.deferral().starvingFor());
    }

    private void applyOrHalve(List<Entry> batch, Optional<BusyRow> first) {
        try {
            if (first.isPresent()) {
                settle(batch, lanes.first().apply(incoming(batch), first));
            } else {
                apply(lanes.first(), batch);
            }
        } catch (DatabaseException e) {
            failed(batch, e);
        }
    }

    private void apply(ApplyingTransaction transaction, List<Entry> batch) {
        List<Incoming> incoming = incoming(batch);
        settle(batch, pace.run(incoming.size(), () -> transaction.apply(incoming, Optional.empty())));
    }

    private static List<Incoming> incoming(List<Entry> batch) {
        return batch.stream().map(Entry::incoming).toList();
    }

    private void settle(List<Entry> batch, Map<AggregateKey, Optional<BusyRow>> busy) {
        for (Entry entry : batch) {
            Optional<BusyRow> row = busy.get(entry.incoming().key());
            if (row == null) {
                inbox.applied(entry);
            } else {
                entry.deferral().busy(row.orElse(null), System.nanoTime());
            }
        }
    }

    private void failed(List<Entry> batch, DatabaseException error) {
        switch (error.kind()) {
            case UNAVAILABLE ->
                throw new RetriableException("the database does not answer: " + error.getMessage(), error);
            case OUTDATED -> throw error;
            case ACCESS, OTHER -> throw DatabaseFailures.fatal("cannot apply", error);
            case LOCK, DUPLICATE_KEY, FOREIGN_KEY, DATA -> {
                LOG.debug("a batch of {} was rolled back", batch.size(), error);
                attemptsLeft--;
                if (batch.size() == 1) {
                    deferOrRefuse(batch.get(0), error);
                } else if (attemptsLeft > 0) {
                    int half = batch.size() / 2;
                    applyOrHalve(batch.subList(0, half), Optional.empty());
                    applyOrHalve(batch.subList(half, batch.size()), Optional.empty());
                } else {
                    batch.forEach(entry -> entry.deferral().postpone(System.nanoTime()));
                }
            }
        }
    }

    private void deferOrRefuse(Entry entry, DatabaseException error) {
        long now = System.nanoTime();
        switch (error.kind()) {
            case LOCK -> entry.deferral().busy(null, now);
            case DUPLICATE_KEY -> {
                if (entry.deferral().refused(now).compareTo(constraintWait) > 0) {
                    clash(entry, error);
                }
            }
            case FOREIGN_KEY -> {
                if (entry.deferral().refused(now).compareTo(constraintWait) > 0) {
                    refuse(
                            entry,
                            error,
                            "a row that it refers to is missing, or it is to be deleted and another row still refers to "
                                    + "it, and that for " + constraintWait.toMillis() + " ms ("
                                    + AlignmentSinkConfig.FOREIGN_KEY_WAIT
                                    + "). Is the connector of the other aggregate running?");
                }
            }
            default ->
                refuse(
                        entry,
                        error,
                        "its data does not fit the table. Nothing of it was written, and the record is still in its topic");
        }
    }

    private void refuse(Entry entry, DatabaseException error, String why) {
        deadLetters.refuse(
                entry.shown(),
                DatabaseFailures.fatal("cannot apply " + described(entry.incoming()) + ": " + why, error));
        inbox.refused(entry);
    }

    /**
     * Two masters gave one unique value to different aggregates. No choice between them is right for the application, so
     * this one is not written here, as long as nobody gives one of them another value; everything else goes on.
     */
    private void clash(Entry entry, DatabaseException error) {
        AggregateKey key = entry.incoming().key();
        lanes.first().tellClash(entry.incoming(), "unique: " + error.getMessage());
        deadLetters.tell(
                entry.shown(),
                DatabaseFailures.fatal(
                        "UNIQUE_KEY " + described(entry.incoming())
                                + ": not applied, since another row holds one of its unique values, and has "
                                + "for " + constraintWait.toMillis() + " ms (" + AlignmentSinkConfig.FOREIGN_KEY_WAIT
                                + "). The ledger has the data. Give one of the two another value on its own master; if "
                                + "that is the other one, publish " + key + " again",
                        error));
        inbox.refused(entry);
    }

    private static String described(Incoming incoming) {
        return incoming.key() + " (record " + incoming.place() + ")";
    }
}
