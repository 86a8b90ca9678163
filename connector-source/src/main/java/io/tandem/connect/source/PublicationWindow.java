package io.tandem.connect.source;

import io.tandem.connect.aggregate.AggregateKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What is on its way between the database and Kafka.
 *
 * <p><b>Invariant (one in flight).</b> An aggregate is sent again only after its record before was acknowledged by Kafka
 * <em>and</em> that is noted in the database.
 *
 * <p>{@link #acknowledged} and {@link #dropped} may be called by any thread (the producer's); everything else belongs to
 * one thread at a time, that which looks for records.
 */
final class PublicationWindow {

    /** Above this many dropped records, something drops them on purpose or by mistake: a person has to say which. */
    static final int MAX_WITHHELD = 10_000;

    private record Answer(AlignmentSourceRecord record, boolean dropped) {}

    private final BlockingQueue<Answer> answers = new LinkedBlockingQueue<>();
    private final Map<AggregateKey, AlignmentSourceRecord> inFlight = new HashMap<>();
    private final Map<AggregateKey, Long> unsaved = new HashMap<>();
    private final Withheld withheld = new Withheld();
    private final List<AlignmentSourceRecord> newlyDropped = new ArrayList<>();
    private final boolean acknowledgeDropped;
    private @Nullable Answer awaited;

    /** @param acknowledgeDropped whether a record that never reached Kafka counts as published */
    PublicationWindow(boolean acknowledgeDropped) {
        this.acknowledgeDropped = acknowledgeDropped;
    }

    void sent(AlignmentSourceRecord record) {
        inFlight.put(record.aggregateKey(), record);
    }

    /** The record is not on its way after all. */
    void takenBack(AlignmentSourceRecord record) {
        inFlight.remove(record.aggregateKey(), record);
    }

    /** Kafka has taken the record. Thread-safe. */
    void acknowledged(AlignmentSourceRecord record) {
        answers.add(new Answer(record, false));
    }

    /** The record will never reach Kafka. Thread-safe. */
    void dropped(AlignmentSourceRecord record) {
        answers.add(new Answer(record, true));
    }

    boolean isInFlight(AggregateKey key) {
        return inFlight.containsKey(key);
    }

    int inFlight() {
        return inFlight.size();
    }

    /** True if the last record of this aggregate was dropped, and not long ago. */
    boolean isWithheld(AggregateKey key, Instant now) {
        return withheld.pauses(key, now);
    }

    /** How many aggregates there are whose last record was dropped. */
    int withheld() {
        return withheld.size();
    }

    /** What was dropped since this was asked for the last time, unless it counts as published. */
    List<AlignmentSourceRecord> takeDropped() {
        List<AlignmentSourceRecord> taken = List.copyOf(newlyDropped);
        newlyDropped.clear();
        return taken;
    }

    /** What was sent and neither acknowledged nor dropped, as of the last {@link #unsaved}. */
    Collection<AlignmentSourceRecord> unanswered() {
        return inFlight.values().stream()
                .filter(record -> !unsaved.containsKey(record.aggregateKey()))
                .toList();
    }

    /** Waits for an answer, at most this long. */
    void awaitAnswer(Duration limit) throws InterruptedException {
        if (awaited == null) {
            // not in milliseconds: the rest of one would be no wait at all, and the task would spin
            awaited = answers.poll(limit.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    /**
     * The own counters that Kafka has acknowledged and that the database does not know yet.
     *
     * @param now when what was dropped begins to be withheld
     */
    Map<AggregateKey, Long> unsaved(Instant now) {
        List<Answer> arrived = new ArrayList<>();
        if (awaited != null) {
            arrived.add(awaited);
            awaited = null;
        }
        answers.drainTo(arrived);
        for (Answer answer : arrived) {
            AggregateKey key = answer.record().aggregateKey();
            if (!answer.dropped() || acknowledgeDropped) {
                unsaved.merge(key, answer.record().ownCounter(), Math::max);
            } else {
                inFlight.remove(key);
                withheld.dropped(key, now);
                newlyDropped.add(answer.record());
            }
        }
        return Map.copyOf(unsaved);
    }

    /** The database knows these now. */
    void saved(Set<AggregateKey> keys) {
        keys.forEach(key -> {
            unsaved.remove(key);
            inFlight.remove(key);
            withheld.delivered(key);
        });
    }
}
