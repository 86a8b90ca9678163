package io.tandem.connect.sink;

import io.tandem.connect.record.AlignmentSchema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;

/** Builds a record of the master {@code legacy} about one customer, in the shape of the master {@code modern}. */
final class Change {

    static final String TOPIC = "legacy.customer";

    /** The latest timestamp that a record may carry: the last microsecond of the year 9999. */
    static final long LATEST = 253_402_300_799_999_999L;

    private static final Schema KEY =
            SchemaBuilder.struct().field("id", Schema.INT64_SCHEMA).build();
    private static final Schema ADDRESS = SchemaBuilder.struct()
            .field("id", Schema.INT64_SCHEMA)
            .field("city", Schema.STRING_SCHEMA)
            .field("counter", Schema.INT64_SCHEMA)
            .build();
    private static final Map<String, Schema> COLUMNS = Map.of(
            "name", Schema.STRING_SCHEMA,
            "note", Schema.OPTIONAL_STRING_SCHEMA,
            "counter", Schema.INT64_SCHEMA,
            "region_id", Schema.OPTIONAL_INT64_SCHEMA);

    private final long id;
    private final Map<String, Long> clock = new HashMap<>();
    private final Map<String, @Nullable Object> columns = new LinkedHashMap<>();
    private final List<Struct> addresses = new ArrayList<>();
    private boolean hasAddresses;
    private boolean deleted;
    private long timestamp = 1000;
    private String writer = "legacy";
    private String master = "legacy";
    private String policy = "timestamp:legacy,modern";

    private Change(long id) {
        this.id = id;
    }

    /** A record that carries the name only; all else is absent. */
    static Change named(long id, String name) {
        return new Change(id).with("name", name);
    }

    static Change deleted(long id) {
        Change change = new Change(id);
        change.deleted = true;
        return change;
    }

    /** The counters of legacy and modern. */
    Change clock(long legacy, long modern) {
        clock.put("legacy", legacy);
        clock.put("modern", modern);
        return this;
    }

    Change counts(String anyMaster, long counter) {
        clock.put(anyMaster, counter);
        return this;
    }

    /** The timestamp, in microseconds. */
    Change at(long micros) {
        timestamp = micros;
        return this;
    }

    Change writtenBy(String anyWriter) {
        writer = anyWriter;
        return this;
    }

    Change publishedBy(String anyMaster) {
        master = anyMaster;
        return this;
    }

    Change under(String policyId) {
        policy = policyId;
        return this;
    }

    Change with(String column, @Nullable Object value) {
        columns.put(column, value);
        return this;
    }

    /** The collection is present; without {@link #address} it is empty. */
    Change addresses() {
        hasAddresses = true;
        return this;
    }

    Change address(long addressId, String city) {
        return address(addressId, city, 7);
    }

    Change address(long addressId, String city, long counter) {
        addresses.add(new Struct(ADDRESS).put("id", addressId).put("city", city).put("counter", counter));
        return addresses();
    }

    static Struct key(long id) {
        return new Struct(KEY).put("id", id);
    }

    Struct value() {
        SchemaBuilder shape = SchemaBuilder.struct().optional();
        columns.keySet().forEach(column -> shape.field(column, COLUMNS.get(column)));
        if (hasAddresses) {
            shape.field("address", SchemaBuilder.array(ADDRESS).build());
        }
        Schema dataSchema = shape.build();
        Struct data = new Struct(dataSchema);
        columns.forEach(data::put);
        if (hasAddresses) {
            data.put("address", addresses);
        }
        return new Struct(AlignmentSchema.of("io.tandem.test.Customer", dataSchema))
                .put(AlignmentSchema.MASTER, master)
                .put(AlignmentSchema.CLOCK, clock)
                .put(AlignmentSchema.TIMESTAMP, timestamp)
                .put(AlignmentSchema.WRITER, writer)
                .put(AlignmentSchema.POLICY, policy)
                .put(AlignmentSchema.DELETED, deleted)
                .put(AlignmentSchema.DATA, deleted ? null : data);
    }

    SinkRecord record(long offset) {
        Struct value = value();
        return new SinkRecord(TOPIC, 0, KEY, key(id), value.schema(), value, offset);
    }
}
