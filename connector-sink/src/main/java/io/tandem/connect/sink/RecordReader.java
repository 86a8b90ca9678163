package io.tandem.connect.sink;

import io.tandem.clock.ConflictPolicy;
import io.tandem.clock.Masters;
import io.tandem.clock.VectorClock;
import io.tandem.clock.Version;
import io.tandem.connect.aggregate.Aggregate;
import io.tandem.connect.aggregate.AggregateKey;
import io.tandem.connect.record.AlignmentSchema;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;

/**
 * Reads alignment records in this master's shape, and refuses what breaks the protocol: a record without an envelope, by
 * an unknown master, by this very master (except in recovery), or under a conflict policy that might decide otherwise.
 * What depends on the schema only is worked
 * out once per schema. Not thread-safe.
 */
final class RecordReader {

    private final Aggregate aggregate;
    private final Masters masters;
    private final String self;
    private final ConflictPolicy policy;
    private final boolean recovery;

    private @Nullable Schema keySchema;
    private @Nullable KeyReader keyReader;
    private @Nullable Schema valueSchema;
    private @Nullable DataReader dataReader;

    /** @param recovery whether records that this very master has published are read too */
    RecordReader(Aggregate aggregate, Masters masters, String self, ConflictPolicy policy, boolean recovery) {
        this.aggregate = aggregate;
        this.masters = masters;
        this.self = self;
        this.policy = policy;
        this.recovery = recovery;
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
        if (!(record.value() instanceof Struct value) || value.schema().field(AlignmentSchema.CLOCK) == null) {
            throw new DataException(place + ": the value is not an alignment record; is the transform FromCanonical "
                    + "missing, or does something else write to the topic?");
        }
        AggregateKey key = keyReader(keyStruct.schema(), place).read(keyStruct, place);
        String who = place + ", key " + key;
        check(value, who);
        Version version = version(value, who);
        boolean deleted = Boolean.TRUE.equals(value.getBoolean(AlignmentSchema.DELETED));
        Struct data = value.getStruct(AlignmentSchema.DATA);
        if (deleted != (data == null)) {
            throw new DataException(
                    who + ": 'deleted' is " + deleted + " but there is " + (data == null ? "no data" : "data"));
        }
        return new Incoming(
                key,
                version,
                data == null
                        ? null
                        : dataReader(value.schema(), data.schema(), who).read(data, key, who),
                at);
    }

    private void check(Struct value, String who) {
        String master = string(value, AlignmentSchema.MASTER, who);
        if (master.equals(self) && !recovery) {
            throw new DataException(who + ": claims to be published by '" + self + "', the sink's own master; does the "
                    + "sink read the topic of its own source? It may do so only with "
                    + AlignmentSinkConfig.RECOVERY + "=true");
        }
        if (!masters.contains(master)) {
            throw new DataException(
                    who + ": published by '" + master + "', which is not one of the masters " + masters);
        }
        String published = string(value, AlignmentSchema.POLICY, who);
        if (!policy.accepts(published)) {
            throw new DataException(who + ": published under the conflict policy '" + published
                    + "' but this sink has '" + policy.id()
                    + "'; masters, their order and conflict.policy must be the same in every connector of the "
                    + "aggregate. With 'timestamp' a master may be added at the end of the list: the sinks get the "
                    + "longer list before the sources");
        }
    }

    private Version version(Struct value, String who) {
        Map<String, Long> counters = new HashMap<>();
        Map<Object, Object> clock = value.getMap(AlignmentSchema.CLOCK);
        if (clock == null || clock.isEmpty()) {
            throw new DataException(who + ": the clock is empty");
        }
        clock.forEach((master, counter) -> {
            if (!(master instanceof String id) || !masters.contains(id)) {
                throw new DataException(
                        who + ": the clock counts '" + master + "', which is not one of the masters " + masters);
            }
            if (!(counter instanceof Long count) || count < 0) {
                throw new DataException(who + ": the counter of '" + id + "' is not a number of at least 0");
            }
            counters.put(id, count);
        });
        String writer = string(value, AlignmentSchema.WRITER, who);
        Long timestamp = value.getInt64(AlignmentSchema.TIMESTAMP);
        if (!masters.contains(writer) || timestamp == null) {
            throw new DataException(
                    who + ": lacks a timestamp, or its writer '" + writer + "' is not one of the masters " + masters);
        }
        return new Version(VectorClock.of(counters), timestamp, writer);
    }

    private static String string(Struct value, String field, String who) {
        String text = value.getString(field);
        if (text == null) {
            throw new DataException(who + ": the field '" + field + "' is missing");
        }
        return text;
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
    private DataReader dataReader(Schema envelope, Schema data, String who) {
        if (envelope != valueSchema || dataReader == null) {
            dataReader = new DataReader(aggregate, data, who);
            valueSchema = envelope;
        }
        return Objects.requireNonNull(dataReader);
    }
}
