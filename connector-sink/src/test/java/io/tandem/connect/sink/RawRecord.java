package io.tandem.connect.sink;

import io.tandem.connect.record.AlignmentSchema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;

/**
 * A record about one customer with one address, in parts that can be taken out or replaced one by one. As made it is
 * proper. Not thread-safe.
 */
final class RawRecord {

    /** What every text of a row holds, and no message may show. */
    static final String SECRET = "Geheim";

    private static final Schema CLOCK =
            SchemaBuilder.map(Schema.STRING_SCHEMA, Schema.INT64_SCHEMA).build();

    private final Map<String, Part> key = new LinkedHashMap<>();
    private final Map<String, Part> envelope = new LinkedHashMap<>();
    private final Map<String, Part> data = new LinkedHashMap<>();
    private final Map<String, Part> address = new LinkedHashMap<>();
    private boolean addressTwice;
    private boolean nullAddress;
    private @Nullable Part wholeKey;
    private @Nullable Part wholeValue;

    /** A value with its schema. */
    record Part(@Nullable Schema schema, @Nullable Object value) {

        static Part text(@Nullable String value) {
            return new Part(Schema.OPTIONAL_STRING_SCHEMA, value);
        }

        static Part number(@Nullable Long value) {
            return new Part(Schema.OPTIONAL_INT64_SCHEMA, value);
        }

        /** A value of a type that cannot be null. */
        static Part required(Schema schema, @Nullable Object value) {
            return new Part(schema, value);
        }
    }

    /** @param legacy the counter of the publishing master */
    RawRecord(long id, long legacy) {
        key.put("id", new Part(Schema.INT64_SCHEMA, id));
        envelope.put(AlignmentSchema.MASTER, new Part(Schema.STRING_SCHEMA, "legacy"));
        envelope.put(AlignmentSchema.CLOCK, new Part(CLOCK, Map.of("legacy", legacy)));
        envelope.put(AlignmentSchema.TIMESTAMP, new Part(Schema.INT64_SCHEMA, 1000 * legacy));
        envelope.put(AlignmentSchema.WRITER, new Part(Schema.STRING_SCHEMA, "legacy"));
        envelope.put(AlignmentSchema.POLICY, new Part(Schema.STRING_SCHEMA, "timestamp:legacy,modern"));
        envelope.put(AlignmentSchema.DELETED, new Part(Schema.BOOLEAN_SCHEMA, false));
        data.put("name", Part.text(SECRET));
        data.put("note", Part.text(SECRET));
        address.put("id", new Part(Schema.INT64_SCHEMA, id));
        address.put("city", Part.text(SECRET));
    }

    RawRecord key(String column, Part part) {
        key.put(column, part);
        return this;
    }

    RawRecord withoutKey(String column) {
        key.remove(column);
        return this;
    }

    RawRecord wholeKey(@Nullable Schema schema, @Nullable Object value) {
        wholeKey = new Part(schema, value);
        return this;
    }

    RawRecord envelope(String field, Part part) {
        envelope.put(field, part);
        return this;
    }

    RawRecord withoutEnvelope(String field) {
        envelope.put(field, new Part(null, null));
        return this;
    }

    RawRecord wholeValue(@Nullable Schema schema, @Nullable Object value) {
        wholeValue = new Part(schema, value);
        return this;
    }

    RawRecord data(String column, Part part) {
        data.put(column, part);
        return this;
    }

    RawRecord withoutData(String column) {
        data.remove(column);
        return this;
    }

    RawRecord address(String column, Part part) {
        address.put(column, part);
        return this;
    }

    RawRecord withoutAddress(String column) {
        address.remove(column);
        return this;
    }

    /** The same address once more. */
    RawRecord addressTwice() {
        addressTwice = true;
        return this;
    }

    /** An address that is null. */
    RawRecord nullAddress() {
        nullAddress = true;
        return this;
    }

    SinkRecord at(long offset) {
        Part recordKey = wholeKey != null ? wholeKey : struct(key, false);
        Part recordValue = wholeValue != null ? wholeValue : value();
        return new SinkRecord(
                Change.TOPIC,
                0,
                recordKey.schema(),
                recordKey.value(),
                recordValue.schema(),
                recordValue.value(),
                offset);
    }

    private Part value() {
        Map<String, Part> fields = new LinkedHashMap<>();
        envelope.forEach(fields::put);
        fields.computeIfAbsent(AlignmentSchema.DATA, name -> data());
        return struct(fields, false);
    }

    private Part data() {
        Map<String, Part> columns = new LinkedHashMap<>(data);
        columns.computeIfAbsent("address", name -> addresses());
        return struct(columns, true);
    }

    private Part addresses() {
        Part one = struct(address, true);
        List<@Nullable Object> rows = new ArrayList<>();
        rows.add(one.value());
        if (addressTwice) {
            rows.add(struct(address, true).value());
        }
        if (nullAddress) {
            rows.add(null);
        }
        return new Part(SchemaBuilder.array(one.schema()).build(), rows);
    }

    /** What is null is not put: a struct would refuse it where its schema does. */
    private static Part struct(Map<String, Part> parts, boolean optional) {
        SchemaBuilder schema = optional ? SchemaBuilder.struct().optional() : SchemaBuilder.struct();
        parts.forEach((name, part) -> {
            if (part.schema() != null) {
                schema.field(name, part.schema());
            }
        });
        Schema built = schema.build();
        Struct struct = new Struct(built);
        parts.forEach((name, part) -> {
            if (part.schema() != null && part.value() != null) {
                struct.put(name, part.value());
            }
        });
        return new Part(built, struct);
    }
}
