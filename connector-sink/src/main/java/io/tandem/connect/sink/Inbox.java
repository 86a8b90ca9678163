package io.tandem.connect.sink;

import io.tandem.clock.Decision;
import io.tandem.clock.Reconciler;
import io.tandem.connect.aggregate.AggregateKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * What has arrived and is not applied yet, one entry per aggregate. Several records of an aggregate are merged by the
 * same rules as everywhere, which is exact since the state is a join.
 *
 * <p><b>Invariant (nothing skipped).</b> An offset is committed only when every record before it is applied.
 *
 * <p>Not thread-safe.
 */
final class Inbox {

    private final Reconciler reconciler;
    private final DecisionLog decisions;
    private final Map<AggregateKey, Entry> entries = new LinkedHashMap<>();

    Inbox(Reconciler reconciler, DecisionLog decisions) {
        this.reconciler = reconciler;
        this.decisions = decisions;
    }

    /** An aggregate that waits to be applied. */
    static final class Entry {
        private Incoming incoming;
        private SinkRecord shown;
        private final Map<TopicPartition, Long> firstOffsets = new HashMap<>();
        private final Deferral deferral = new Deferral();

        private Entry(Incoming incoming, SinkRecord shown) {
            this.incoming = incoming;
            this.shown = shown;
        }

        Incoming incoming() {
            return incoming;
        }

        Deferral deferral() {
            return deferral;
        }
    }

    /** @param record what {@code incoming} was read from */
    void add(Incoming incoming, SinkRecord record) {
        Entry entry = entries.get(incoming.key());
        if (entry == null) {
            entry = new Entry(incoming, record);
            entries.put(incoming.key(), entry);
        } else {
            merge(entry, incoming, record);
        }
        entry.firstOffsets.merge(
                new TopicPartition(record.originalTopic(), record.originalKafkaPartition()),
                record.originalKafkaOffset(),
                Math::min);
    }

    private void merge(Entry entry, Incoming arrived, SinkRecord record) {
        Incoming waiting = entry.incoming;
        Decision decision = reconciler.reconcile(waiting.version(), arrived.version());
        decisions.merged(waiting, arrived, decision);
        if (decision.outcome().takesIncomingData()) {
            entry.incoming = arrived.under(decision.version());
            entry.shown = record;
        } else {
            entry.incoming = waiting.under(decision.version());
        }
    }

    /**
     * Reads what waits again, for tables that have changed. Merged versions stay; why and since when something waits is
     * found out anew.
     *
     * @throws org.apache.kafka.connect.errors.DataException if a record no longer fits; then everything is as before
     */
    void readAgain(RecordReader reader) {
        Map<AggregateKey, Entry> again = new LinkedHashMap<>();
        for (Entry entry : entries.values()) {
            Incoming incoming = reader.read(entry.shown).under(entry.incoming.version());
            Entry fresh = new Entry(incoming, entry.shown);
            fresh.firstOffsets.putAll(entry.firstOffsets);
            again.put(incoming.key(), fresh);
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
        entries.remove(entry.incoming.key());
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
