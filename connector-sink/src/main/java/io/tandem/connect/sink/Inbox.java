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
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * What has arrived and is not applied yet, one entry per aggregate; several records of an aggregate are
 * {@linkplain MergedRecords merged}.
 *
 * <p><b>Invariant (nothing skipped).</b> An offset is committed only when every record before it is applied or reported.
 *
 * <p>Not thread-safe.
 */
final class Inbox {

    private final Reconciler reconciler;
    private final Map<AggregateKey, Entry> entries = new LinkedHashMap<>();

    Inbox(Reconciler reconciler) {
        this.reconciler = reconciler;
    }

    /** An aggregate that waits to be applied. */
    static final class Entry {
        private final MergedRecords records;
        private final Map<TopicPartition, Long> firstOffsets;
        private final Deferral deferral;

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
    }

    /** @param record what {@code incoming} was read from */
    void add(Incoming incoming, SinkRecord record) {
        Arrival arrival = new Arrival(incoming, record);
        Entry entry = entries.get(incoming.key());
        if (entry == null) {
            entry = new Entry(new MergedRecords(reconciler, arrival), new HashMap<>(), new Deferral());
            entries.put(incoming.key(), entry);
        } else {
            entry.records.add(arrival);
        }
        entry.firstOffsets.merge(
                new TopicPartition(record.originalTopic(), record.originalKafkaPartition()),
                record.originalKafkaOffset(),
                Math::min);
    }

    /**
     * Reads what waits again, for tables that have changed. Why and since when something waits is found out anew.
     *
     * @param reader gives nothing for a record that is done with; if it throws, everything is as before
     */
    void readAgain(Function<SinkRecord, Optional<Incoming>> reader) {
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

    boolean isEmpty() {
        return entries.isEmpty();
    }

    int size() {
        return entries.size();
    }

    /** Those that may be tried now, oldest first. */
    List<Entry> due(long nowNanos) {
        List<Entry> due = new ArrayList<>();
        for (Entry entry : entries.values()) {
            if (entry.deferral.isDue(nowNanos)) {
                due.add(entry);
            }
        }
        return due;
    }

    void applied(Entry entry) {
        entries.remove(entry.incoming().key());
    }

    /**
     * The record that would be shown is refused for good; what other records of the aggregate come to takes its place. It
     * has waited as long as the refused one.
     */
    void refused(Entry entry) {
        AggregateKey key = entry.incoming().key();
        Optional<MergedRecords> rest = entry.records.withoutShown();
        if (rest.isPresent()) {
            entries.put(key, new Entry(rest.get(), entry.firstOffsets, entry.deferral));
        } else {
            entries.remove(key);
        }
    }

    /** The offsets that may be committed, given those up to which records were delivered. */
    Map<TopicPartition, OffsetAndMetadata> committable(Map<TopicPartition, OffsetAndMetadata> delivered) {
        Map<TopicPartition, OffsetAndMetadata> committable = new HashMap<>(delivered);
        for (Entry entry : entries.values()) {
            entry.firstOffsets.forEach((partition, offset) -> committable.computeIfPresent(
                    partition,
                    (same, current) -> current.offset() <= offset ? current : new OffsetAndMetadata(offset)));
        }
        return committable;
    }

    /** Forgets what came from these partitions alone; whoever gets them reads it again. */
    void forget(Collection<TopicPartition> partitions) {
        entries.values().removeIf(entry -> {
            Set<TopicPartition> from = entry.firstOffsets.keySet();
            from.removeAll(partitions);
            return from.isEmpty();
        });
    }
}
