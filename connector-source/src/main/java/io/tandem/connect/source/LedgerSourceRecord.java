package io.tandem.connect.source;

import io.tandem.connect.aggregate.Row;
import io.tandem.connect.record.LedgerRecords;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.connect.source.SourceRecord;

/** An entry of the ledger on its way to Kafka; remembers its id. */
final class LedgerSourceRecord extends SourceRecord {

    private static final long serialVersionUID = 1L;

    // the position is in the database (what is not sent), so Connect's offset says just that
    private static final Map<String, ?> OFFSET = Map.of("position", "ledger");

    private final long id;

    /** @param entry the entry, its id first */
    LedgerSourceRecord(Map<String, ?> partition, String topic, LedgerRecords records, Row entry) {
        super(
                partition,
                OFFSET,
                topic,
                null,
                records.keySchema(),
                records.key(entry),
                records.valueSchema(),
                records.value(entry));
        this.id = (Long) entry.required(0);
    }

    /** The entry's id in the ledger. */
    long id() {
        return id;
    }

    @Override
    public boolean equals(Object other) {
        return super.equals(other) && other instanceof LedgerSourceRecord record && id == record.id;
    }

    @Override
    public int hashCode() {
        return Objects.hash(super.hashCode(), id);
    }
}
