package io.tandem.connect.sink;

import io.tandem.connect.record.SemanticTypes;
import io.tandem.connect.sink.RawRecord.Part;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;

/** Values of all types of Connect, each with what it is; none of them is a value that could be meant. */
final class WrongTypes {

    /** The number that no message may show. */
    static final long SECRET = 987_654_321L;

    private static final Schema PLAIN =
            SchemaBuilder.struct().field("x", Schema.STRING_SCHEMA).build();
    private static final Map<String, Part> ALL = all();

    private WrongTypes() {}

    private static Map<String, Part> all() {
        Map<String, Part> all = new LinkedHashMap<>();
        all.put("text", new Part(Schema.STRING_SCHEMA, RawRecord.SECRET));
        all.put("bytes", new Part(Schema.BYTES_SCHEMA, new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}));
        all.put("boolean", new Part(Schema.BOOLEAN_SCHEMA, true));
        all.put("int8", new Part(Schema.INT8_SCHEMA, (byte) 7));
        all.put("int32", new Part(Schema.INT32_SCHEMA, (int) SECRET));
        all.put("int64", new Part(Schema.INT64_SCHEMA, SECRET));
        all.put("fraction", new Part(Schema.FLOAT64_SCHEMA, SECRET + 0.3));
        all.put("float32", new Part(Schema.FLOAT32_SCHEMA, 0.1f));
        all.put("NaN", new Part(Schema.FLOAT64_SCHEMA, Double.NaN));
        all.put("infinity", new Part(Schema.FLOAT64_SCHEMA, Double.POSITIVE_INFINITY));
        all.put("minus infinity", new Part(Schema.FLOAT32_SCHEMA, Float.NEGATIVE_INFINITY));
        all.put("decimal of another scale", new Part(Decimal.schema(2), new BigDecimal("987654321.1234567890123")));
        all.put("huge decimal", new Part(Decimal.schema(0), new BigDecimal("1E+300")));
        all.put("decimal with a huge exponent", new Part(Decimal.schema(0), new BigDecimal("1E+999999999")));
        all.put("date", new Part(org.apache.kafka.connect.data.Date.SCHEMA, new Date(0)));
        all.put("time", new Part(org.apache.kafka.connect.data.Time.SCHEMA, new Date(1)));
        all.put("milliseconds", new Part(org.apache.kafka.connect.data.Timestamp.SCHEMA, new Date(1)));
        all.put(
                "instant",
                new Part(SemanticTypes.int64(SemanticTypes.MICRO_TIMESTAMP).build(), 1L));
        all.put(
                "Debezium's date",
                new Part(SchemaBuilder.int32().name("io.debezium.time.Date").build(), 1));
        all.put(
                "unknown type",
                new Part(SchemaBuilder.int64().name("com.example.Money").build(), SECRET));
        all.put("struct", new Part(PLAIN, new Struct(PLAIN).put("x", RawRecord.SECRET)));
        all.put("array", new Part(SchemaBuilder.array(Schema.STRING_SCHEMA).build(), List.of(RawRecord.SECRET)));
        all.put(
                "map",
                new Part(
                        SchemaBuilder.map(Schema.STRING_SCHEMA, Schema.STRING_SCHEMA)
                                .build(),
                        Map.of(RawRecord.SECRET, RawRecord.SECRET)));
        return all;
    }

    /** All but some. */
    static Map<String, Part> except(Collection<String> fitting) {
        Map<String, Part> rest = new LinkedHashMap<>(ALL);
        rest.keySet().removeAll(Set.copyOf(fitting));
        return rest;
    }

    /** The one with this name. */
    static Part of(String name) {
        return Objects.requireNonNull(ALL.get(name));
    }
}
