package io.tandem.connect.source;

import io.tandem.connect.aggregate.AggregateKey;
import io.tandem.connect.record.LocalRecords;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * A record that remembers what has to be acknowledged for it: Connect hands the record back as it was before the
 * transforms.
 */
final class AlignmentSourceRecord extends SourceRecord {

    private static final long serialVersionUID = 1L;

    // the position is in the database (the published counters), so Connect's offset says just that
    private static final Map<String, ?> OFFSET = Map.of("position", "clock table");

    private final transient Published published;

    AlignmentSourceRecord(Map<String, ?> partition, String topic, LocalRecords records, Published published) {
        super(
                partition,
                OFFSET,
                topic,
                null,
                records.keySchema(),
                records.key(published.key()),
                records.valueSchema(),
                records.value(published.version(), published.state()));
        this.published = published;
    }

    AggregateKey aggregateKey() {
        return published.key();
    }

    /** The own counter under which the record is sent. */
    long ownCounter() {
        return published.ownCounter();
    }

    @Override
    public boolean equals(Object other) {
        return super.equals(other)
                && other instanceof AlignmentSourceRecord record
                && published.equals(record.published);
    }

    @Override
    public int hashCode() {
        return Objects.hash(super.hashCode(), published);
    }
}
