package io.tandem.connect.sink;

import io.tandem.clock.Reconciler;
import io.tandem.connect.aggregate.AggregateKey;
import io.tandem.connect.sink.MergedRecords.Arrival;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;

/**
 * What has arrived and is not applied yet, one entry per aggregate; several records of an aggregate are
 * {@linkplain MergedRecords merged}. Records of an aggregate that is just being applied wait in a further entry behind it.
 *
 * <p><b>Invariant (nothing skipped).</b> An offset is committed only when every record before it is applied or reported.
 *
 * <p>Thread-safe: one thread adds while others apply. What was {@linkplain #take taken} belongs to the taker
 * until it is {@linkplain #release released}.
 */
final class Inbox {

    private final Reconciler reconciler;
    private final Map<AggregateKey, Entry> entries = new LinkedHashMap<>();

    Inbox(Reconciler reconciler) {
        this.reconciler = reconciler;
    }

    /** An aggregate that waits to be applied, or is just being applied. */
    static final class Entry {
        private final MergedRecords records;
        private final Map<TopicPartition, Long> firstOffsets;
        private final Deferral deferral;
        private boolean taken;
        private @Nullable Entry behind;

        private Entry(MergedRecords records, Map<TopicPartition, Long> firstOffsets, Deferral deferral) {
            this.records = records;
            this.firstOffsets = firstOffsets;
            this.deferral = deferral;
        }

        Incoming incoming() {
            return records.merged();
        }

        Deferral deferral() {
            return deferral;
        }

        /** The record that would be shown. */
        SinkRecord shown() {
            return records.shown();
        }

        private void add(Arrival arrival) {
            records.add(arrival);
            firstOffsets.merge(partition(arrival.record()), arrival.record().originalKafkaOffset(), Math::min);
        }
    }

    private Entry entry(Arrival first) {
        Map<TopicPartition, Long> offsets = new HashMap<>();
        offsets.put(partition(first.record()), first.record().originalKafkaOffset());
        return new Entry(new MergedRecords(reconciler, first), offsets, new Deferral());
    }

    private static TopicPartition partition(SinkRecord record) {
        return new TopicPartition(record.originalTopic(), record.originalKafkaPartition());
    }

    /** @param record what {@code incoming} was read from */
    synchronized void add(Incoming incoming, SinkRecord record) {
        Arrival arrival = new Arrival(incoming, record);
        Entry entry = entries.get(incoming.key());
        if (entry == null) {
            entries.put(incoming.key(), entry(arrival));
        } else if (!entry.taken) {
            entry.add(arrival);
        } else if (entry.behind == null) {
            entry.behind = entry(arrival);
        } else {
            entry.behind.add(arrival);
        }
    }

    /**
     * Reads all that waits again, for tables that have changed; nothing counts as taken any more. Why and since when
     * something waits is found out anew.
     *
     * @param reader gives nothing for a record that is done with; if it throws, everything is as before
     */
    synchronized void readAgain(Function<SinkRecord, Optional<Incoming>> reader) {
        entries.values().forEach(Inbox::joinBehind);
        Map<AggregateKey, Entry> again = new LinkedHashMap<>();
        for (Entry entry : entries.values()) {
            entry.records
                    .readAgain(reader)
                    .ifPresent(records ->
                            again.put(records.merged().key(), new Entry(records, entry.firstOffsets, new Deferral())));
        }
        entries.clear();
        entries.putAll(again);
    }

    private static void joinBehind(Entry entry) {
        Entry behind = entry.behind;
        if (behind != null) {
            behind.records.arrivals().forEach(entry::add);
            behind.firstOffsets.forEach((partition, offset) -> entry.firstOffsets.merge(partition, offset, Math::min));
            entry.behind = null;
        }
    }

    synchronized boolean isEmpty() {
        return entries.isEmpty();
    }

    synchronized int size() {
        return entries.size();
    }

    /** Whether there is something to take. */
    synchronized boolean isDue(long nowNanos) {
        return entries.values().stream().anyMatch(entry -> !entry.taken && entry.deferral.isDue(nowNanos));
    }

    /** Takes those that may be tried now, oldest first. */
    synchronized List<Entry> take(long nowNanos) {
        List<Entry> due = new ArrayList<>();
        for (Entry entry : entries.values()) {
            if (!entry.taken && entry.deferral.isDue(nowNanos)) {
                entry.taken = true;
                due.add(entry);
            }
        }
        return due;
    }

    /** Gives back what was taken and is neither applied nor refused; what has arrived meanwhile joins it. */
    synchronized void release(Collection<Entry> taken) {
        for (Entry entry : taken) {
            if (isHere(entry)) {
                entry.taken = false;
                joinBehind(entry);
            }
        }
    }

    synchronized void applied(Entry entry) {
        if (isHere(entry)) {
            replace(entry, entry.behind);
        }
    }

    /**
     * The record that would be shown is refused for good; what other records of the aggregate come to takes its place. It
     * has waited as long as the refused one.
     */
    synchronized void refused(Entry entry) {
        if (isHere(entry)) {
            Optional<MergedRecords> rest = entry.records.withoutShown();
            if (rest.isPresent()) {
                Entry others = new Entry(rest.get(), entry.firstOffsets, entry.deferral);
                others.behind = entry.behind;
                joinBehind(others);
                replace(entry, others);
            } else {
                replace(entry, entry.behind);
            }
        }
    }

    /** False for one whose partition was taken away, or that was read again. */
    private boolean isHere(Entry entry) {
        return entries.get(entry.incoming().key()) == entry;
    }

    private void replace(Entry entry, @Nullable Entry next) {
        if (next == null) {
            entries.remove(entry.incoming().key());
        } else {
            entries.put(entry.incoming().key(), next);
        }
    }

    /** The offsets that may be committed, given those up to which records were delivered. */
    synchronized Map<TopicPartition, OffsetAndMetadata> committable(Map<TopicPartition, OffsetAndMetadata> delivered) {
        Map<TopicPartition, OffsetAndMetadata> committable = new HashMap<>(delivered);
        for (Entry entry : entries.values()) {
            withhold(entry, committable);
            if (entry.behind != null) {
                withhold(entry.behind, committable);
            }
        }
        return committable;
    }

    private static void withhold(Entry entry, Map<TopicPartition, OffsetAndMetadata> committable) {
        entry.firstOffsets.forEach((partition, offset) -> committable.computeIfPresent(
                partition, (same, current) -> current.offset() <= offset ? current : new OffsetAndMetadata(offset)));
    }

    /** Forgets what came from these partitions alone; whoever gets them reads it again. */
    synchronized void forget(Collection<TopicPartition> partitions) {
        entries.values().forEach(entry -> {
            if (entry.behind != null && isFrom(entry.behind, partitions)) {
                entry.behind = null;
            }
        });
        for (Entry entry : List.copyOf(entries.values())) {
            if (isFrom(entry, partitions)) {
                replace(entry, entry.behind);
            }
        }
    }

    private static boolean isFrom(Entry entry, Collection<TopicPartition> partitions) {
        entry.firstOffsets.keySet().removeAll(partitions);
        return entry.firstOffsets.isEmpty();
    }
}
