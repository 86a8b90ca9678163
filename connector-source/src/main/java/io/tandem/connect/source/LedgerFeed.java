package io.tandem.connect.source;

import io.tandem.connect.aggregate.Row;
import io.tandem.connect.database.AlignedAggregate;
import io.tandem.connect.database.Database;
import io.tandem.connect.database.LedgerColumns;
import io.tandem.connect.record.LedgerRecords;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * Sends the entries of this master's ledger to a topic, each at least once, in the order of their ids as far as they are
 * committed. The ledger stays what it is: it is the table that counts.
 *
 * <p>{@link #answered} may be called by any thread (the producer's); everything else belongs to the task's thread.
 */
final class LedgerFeed {

    private static final int BATCH_SIZE = 500;
    // entries without an answer; more of them are not taken before there is one
    private static final int MAX_IN_FLIGHT = 4 * BATCH_SIZE;
    // conflicts are rare and read by people
    private static final Duration LOOK_INTERVAL = Duration.ofSeconds(1);

    private final Database database;
    private final AlignedAggregate aligned;
    private final String topic;
    private final Map<String, ?> partition;
    private final LedgerRecords records;
    private final Clock clock;
    private final Queue<Long> answers = new ConcurrentLinkedQueue<>();
    private final Set<Long> inFlight = new HashSet<>();
    private Instant lookAgainAt = Instant.EPOCH;

    LedgerFeed(Database database, AlignedAggregate aligned, String master, String topic, Clock clock) {
        this.database = database;
        this.aligned = aligned;
        this.topic = topic;
        this.clock = clock;
        String aggregate = aligned.aggregate().name();
        this.partition = Map.of("master", master, "aggregate", aggregate, "ledger", aggregate);
        this.records = new LedgerRecords(master, aggregate, LedgerColumns.read(aligned.aggregate()));
    }

    /** Notes what Kafka has, and gives the next entries, if it is time for them. */
    List<SourceRecord> next() {
        save();
        Instant now = clock.instant();
        if (now.isBefore(lookAgainAt) || inFlight.size() >= MAX_IN_FLIGHT) {
            return List.of();
        }
        // what has no answer yet stands first and must not hide the rest
        int limit = BATCH_SIZE + inFlight.size();
        List<Row> entries = database.withHandle(handle -> aligned.ledger().unsent(handle.getConnection(), limit));
        List<SourceRecord> next = new ArrayList<>();
        for (Row entry : entries) {
            LedgerSourceRecord record = new LedgerSourceRecord(partition, topic, records, entry);
            if (inFlight.add(record.id())) {
                next.add(record);
            }
        }
        if (entries.size() < limit) {
            lookAgainAt = now.plus(LOOK_INTERVAL);
        }
        return next;
    }

    private void save() {
        List<Long> answered = new ArrayList<>();
        for (Long id = answers.peek(); id != null && answered.size() < BATCH_SIZE; id = answers.peek()) {
            answered.add(answers.remove());
        }
        if (answered.isEmpty()) {
            return;
        }
        try {
            database.inTransaction(handle -> {
                aligned.ledger().sent(handle.getConnection(), answered);
                return null;
            });
        } catch (RuntimeException e) {
            answers.addAll(answered);
            throw e;
        }
        answered.forEach(inFlight::remove);
    }

    /** Kafka has the entry, or is not meant to get it. Thread-safe. */
    void answered(LedgerSourceRecord record) {
        answers.add(record.id());
    }
}
