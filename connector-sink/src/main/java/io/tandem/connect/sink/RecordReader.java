package io.tandem.connect.sink;

import io.tandem.clock.ConflictPolicy;
import io.tandem.clock.Masters;
import io.tandem.clock.Version;
import io.tandem.connect.aggregate.Aggregate;
import io.tandem.connect.aggregate.AggregateKey;
import io.tandem.connect.record.AlignmentSchema;
import io.tandem.connect.record.KeyText;
import java.util.Objects;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;

/**
 * Reads alignment records in this master's shape, and refuses what is none, or {@linkplain EnvelopeReader breaks the
 * protocol}, or does not fit the tables. What depends on the schema only is worked out once per schema. Not thread-safe.
 */
final class RecordReader {

    private final Aggregate aggregate;
    private final EnvelopeReader envelope;

    private @Nullable Schema keySchema;
    private @Nullable KeyReader keyReader;
    private @Nullable Schema valueSchema;
    private @Nullable DataReader dataReader;

    /** @param recovery whether records that this very master has published are read too */
    RecordReader(Aggregate aggregate, Masters masters, String self, ConflictPolicy policy, boolean recovery) {
        this.aggregate = aggregate;
        this.envelope = new EnvelopeReader(masters, self, policy, recovery);
    }

    /** @throws DataException naming the record's place and key, the reason and the remedy */
    Incoming read(SinkRecord record) {
        RecordPlace at = RecordPlace.of(record);
        String place = "record " + at;
        if (!(record.key() instanceof Struct keyStruct)) {
            throw new DataException(
                    place + ": the key is not a struct of the aggregate's key columns; expected the key "
                            + "of an alignment record, through the same converter that the source uses");
        }
        Struct value = value(record, keyStruct, place);
        AggregateKey key = keyReader(keyStruct.schema(), place).read(keyStruct, place);
        String who = place + ", key " + KeyText.of(key);
        envelope.check(value, who);
        Version version = envelope.version(value, who);
        Struct data = envelope.data(value, who);
        return new Incoming(
                key,
                version,
                data == null
                        ? null
                        : dataReader(value.schema(), data.schema(), who).read(data, key, who),
                at);
    }

    /** A tombstone of Kafka tells the cleaner of a topic something; it has no version, so it cannot be judged. */
    private static Struct value(SinkRecord record, Struct key, String place) {
        if (record.value() == null) {
            throw new DataException(place + ", key " + KeyText.of(key)
                    + ": the value is null (a tombstone of Kafka), which is not an alignment record: "
                    + "a delete travels as a record that says 'deleted'. Nothing was deleted. Look what writes to the "
                    + "topic; where tombstones are written on purpose, drop them with Kafka's transform Filter and its "
                    + "predicate RecordIsTombstone");
        }
        if (!(record.value() instanceof Struct value) || value.schema().field(AlignmentSchema.CLOCK) == null) {
            throw new DataException(place + ", key " + KeyText.of(key)
                    + ": the value is not an alignment record; is the transform FromCanonical "
                    + "missing, or does something else write to the topic?");
        }
        return value;
    }

    // converters hand out one schema object for all records of a schema version, so identity is enough and cheap
    @SuppressWarnings("ReferenceEquality")
    private KeyReader keyReader(Schema schema, String place) {
        if (schema != keySchema || keyReader == null) {
            keyReader = new KeyReader(aggregate, schema, place);
            keySchema = schema;
        }
        return Objects.requireNonNull(keyReader);
    }

    @SuppressWarnings("ReferenceEquality")
    private DataReader dataReader(Schema whole, Schema data, String who) {
        if (whole != valueSchema || dataReader == null) {
            dataReader = new DataReader(aggregate, data, who);
            valueSchema = whole;
        }
        return Objects.requireNonNull(dataReader);
    }
}
