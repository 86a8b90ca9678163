package io.tandem.connect.source;

import io.tandem.connect.aggregate.AggregateKey;
import io.tandem.connect.database.AlignedAggregate;
import io.tandem.connect.database.BatchPace;
import io.tandem.connect.database.Database;
import io.tandem.connect.database.DatabaseException;
import io.tandem.connect.database.TaskShare;
import io.tandem.connect.record.LocalRecords;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.source.SourceRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a source task does in a poll: tell the database what Kafka acknowledged, then send what is pending. */
final class Publication {

    private static final Logger LOG = LoggerFactory.getLogger(Publication.class);

    // aggregates that Kafka has not acknowledged yet, in batches
    private static final int MAX_BATCHES_IN_FLIGHT = 8;
    private static final Duration SAVE_INTERVAL = Duration.ofMillis(50);
    // seeding goes on, slowly, also while there is always something pending
    private static final int SEED_AT_LEAST_EVERY = 10;
    private static final Duration LONGEST_WAIT = Duration.ofMillis(500);

    private final AlignmentSourceConfig config;
    private final Database database;
    private final AlignedAggregate aligned;
    private final PublicationWindow window;
    private final Clock clock;
    private final PendingAggregates pending;
    private final Seeding seeding;
    private final LocalRecords records;
    private final UndeliveredLog undelivered;
    private final BatchPace saves;
    private final PollPace looks;
    private final Map<String, ?> partition;
    private Instant savedAt = Instant.EPOCH;
    private long polls;

    Publication(
            AlignmentSourceConfig config,
            Database database,
            AlignedAggregate aligned,
            PublicationWindow window,
            Clock clock) {
        this.config = config;
        this.database = database;
        this.aligned = aligned;
        this.window = window;
        this.clock = clock;
        TaskShare share = config.share();
        this.pending = new PendingAggregates(
                database, aligned, config.master(), share, new BatchPace(config.batchSize(), System::nanoTime), clock);
        this.seeding = new Seeding(database, aligned, pending, share, config.batchSize(), config.seed());
        this.looks = new PollPace(config.pollInterval());
        this.saves = new BatchPace(config.batchSize(), System::nanoTime);
        this.records = new LocalRecords(
                aligned.aggregate(), config.master(), config.policy().id());
        this.undelivered = new UndeliveredLog(config.aggregate().name(), config.topic());
        this.partition = Map.of(
                "master", config.master(), "aggregate", config.aggregate().name(), "task", share.task());
    }

    List<SourceRecord> poll() throws InterruptedException {
        saveAcknowledged(false);
        checkWithheld();
        List<Published> next = next();
        if (next.isEmpty()) {
            idle();
            return List.of();
        }
        List<SourceRecord> batch = new ArrayList<>(next.size());
        for (Published published : next) {
            requireListedWriter(published);
            AlignmentSourceRecord record = new AlignmentSourceRecord(partition, config.topic(), records, published);
            batch.add(record);
            window.sent(record);
        }
        return batch;
    }

    private List<Published> next() {
        boolean seedsNow = !seeding.isDone() && ++polls % SEED_AT_LEAST_EVERY == 0;
        boolean looksNow = isTimeToLook();
        List<Published> next = looksNow && !seedsNow ? look() : List.of();
        boolean maySeed = !seeding.isDone() && !isWindowFull() && (looksNow || !seeding.isHeldUp());
        return next.isEmpty() && maySeed ? seeding.nextPage() : next;
    }

    private List<Published> look() {
        Instant begun = clock.instant();
        List<Published> found = pending.next(window);
        if (found.isEmpty() && !pending.isThinning()) {
            looks.foundNothing(begun);
        } else {
            looks.found(begun, pending.mayBeMore() || pending.isThinning());
        }
        return found;
    }

    /**
     * The sink of this database already takes the writes of a master that this source does not know of. It would send the
     * data of that master under a clock that does not count it, which looks like a counter that was used twice.
     */
    private void requireListedWriter(Published published) {
        String writer = published.version().writer();
        if (!config.masters().contains(writer)) {
            throw new ConnectException("key " + published.key() + " of "
                    + config.aggregate().name() + " was written by the master '" + writer + "', which '"
                    + AlignmentSourceConfig.MASTERS + "' of this source (" + config.masters()
                    + ") does not name; give it the list that the sink of this database has. Nothing is lost: the "
                    + "record is sent then");
        }
    }

    private boolean isTimeToLook() {
        return !isWindowFull() && looks.isDue(clock.instant());
    }

    private boolean isWindowFull() {
        return window.inFlight() >= MAX_BATCHES_IN_FLIGHT * config.batchSize();
    }

    /** Waits for the poll interval to pass, but never for so long that stopping would take a second. */
    private void idle() throws InterruptedException {
        if (isWindowFull()) {
            window.awaitAnswer(SAVE_INTERVAL);
            return;
        }
        if (pending.isThinning() || (!seeding.isDone() && !seeding.isHeldUp())) {
            return;
        }
        Duration rest = looks.rest(clock.instant());
        window.awaitAnswer(rest.compareTo(LONGEST_WAIT) < 0 ? rest : LONGEST_WAIT);
    }

    /** Saves in batches: not before enough has come together or some time has passed. */
    private void saveAcknowledged(boolean now) {
        Map<AggregateKey, Long> unsaved = window.unsaved(clock.instant());
        undelivered.dropped(window.takeDropped());
        Instant time = clock.instant();
        // before the last one only if the machine's clock was set back
        boolean lately = !time.isBefore(savedAt) && time.isBefore(savedAt.plus(SAVE_INTERVAL));
        boolean due = now || unsaved.size() >= config.batchSize() || !lately;
        if (!unsaved.isEmpty() && due) {
            List<AggregateKey> keys = List.copyOf(unsaved.keySet());
            // all that was in flight may have come at once: no transaction has more than a batch
            int from = 0;
            while (from < keys.size()) {
                int to = Math.min(keys.size(), from + saves.size());
                save(keys.subList(from, to), unsaved);
                from = to;
            }
            savedAt = clock.instant();
        }
    }

    private void save(List<AggregateKey> keys, Map<AggregateKey, Long> unsaved) {
        Map<AggregateKey, Long> batch = new HashMap<>();
        keys.forEach(key -> batch.put(key, Objects.requireNonNull(unsaved.get(key))));
        Set<AggregateKey> saved = saves.run(
                batch.size(),
                () -> aligned.clocks()
                        .inTransaction(
                                database, handle -> aligned.clocks().acknowledge(handle.getConnection(), batch)));
        window.saved(saved);
    }

    private void checkWithheld() {
        if (window.withheld() > PublicationWindow.MAX_WITHHELD) {
            throw new ConnectException("more than " + PublicationWindow.MAX_WITHHELD + " records of "
                    + config.aggregate().name()
                    + " never reached Kafka, since a transform dropped them or sending them "
                    + "failed; if a filter does that on purpose, set " + AlignmentSourceConfig.ACKNOWLEDGE_DROPPED
                    + "=true, otherwise look for the errors of the producer");
        }
    }

    /**
     * Saves what was acknowledged; what is not saved is sent again after the next start, as a duplicate.
     *
     * @param neverSent what the last poll gave, if it will not be sent
     */
    void stop(List<SourceRecord> neverSent) {
        neverSent.stream()
                .filter(AlignmentSourceRecord.class::isInstance)
                .map(AlignmentSourceRecord.class::cast)
                .forEach(window::takenBack);
        try {
            saveAcknowledged(true);
        } catch (DatabaseException e) {
            LOG.info("the last acknowledgements are not saved, their records will be sent again: {}", e.getMessage());
        }
        undelivered.unacknowledged(window.unanswered());
    }
}
