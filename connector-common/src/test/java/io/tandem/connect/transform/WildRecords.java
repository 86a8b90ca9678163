package io.tandem.connect.transform;

import io.tandem.connect.record.DecimalType;
import io.tandem.connect.record.SemanticTypes;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.kafka.connect.data.Date;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Time;
import org.apache.kafka.connect.data.Timestamp;
import org.jspecify.annotations.Nullable;

/**
 * Makes records that a converter might hand out of a topic into which anybody may write: schemas that differ from a good
 * one in some places, and values at the edges of their types. The same seed makes the same ones. Not thread-safe.
 */
final class WildRecords {

    /** Part of every text that is longer than a code, so that a message that shows a value can be told. */
    static final String CANARY = "c4n4ry";

    private static final List<String> TEXTS = List.of(
            "",
            " ",
            "ACTIVE",
            "HOME",
            "NEW",
            "0",
            "-1",
            "1E999999999",
            "NaN",
            CANARY,
            CANARY.repeat(1000),
            CANARY + "\0\ud83d'\"\\",
            "2024-02-30" + CANARY);
    private static final List<Long> NUMBERS = List.of(
            0L,
            1L,
            2L,
            -1L,
            127L,
            128L,
            32_768L,
            9_999_999_999L,
            (long) Integer.MIN_VALUE,
            Long.MIN_VALUE,
            Long.MAX_VALUE);
    private static final List<Double> FLOATS =
            List.of(0.0, -0.0, 0.5, 1e300, Double.MIN_VALUE, Double.NaN, Double.NEGATIVE_INFINITY);
    // spelled out, a number of such a scale would take all memory
    private static final List<Integer> SCALES = List.of(0, 2, 3, 40, -40, 1_999_999_999, -1_999_999_999);
    private static final List<String> NAMES = List.of(
            Decimal.LOGICAL_NAME,
            Date.LOGICAL_NAME,
            Time.LOGICAL_NAME,
            Timestamp.LOGICAL_NAME,
            SemanticTypes.MICRO_TIMESTAMP,
            SemanticTypes.LOCAL_MICRO_TIMESTAMP,
            SemanticTypes.MICRO_TIME,
            "some.other.Name");
    private static final List<Schema.Type> SCALARS =
            Stream.of(Schema.Type.values()).filter(Schema.Type::isPrimitive).toList();
    private static final int MOST_ELEMENTS = 4;

    private final Random random;

    WildRecords(long seed) {
        this.random = new Random(seed);
    }

    private boolean oneIn(int count) {
        return random.nextInt(count) == 0;
    }

    private <T> T any(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    /** A schema like the good one, in which about one place of so many is another; 0: the good one. */
    Schema like(Schema good, int places) {
        if (places == 0) {
            return good;
        }
        if (oneIn(places)) {
            return type(2);
        }
        return switch (good.type()) {
            case STRUCT -> structLike(good, places);
            case ARRAY -> optional(SchemaBuilder.array(like(good.valueSchema(), places)), good.isOptional());
            default -> good.type().isPrimitive() && oneIn(places) ? renamed(good) : good;
        };
    }

    private Schema structLike(Schema good, int places) {
        SchemaBuilder struct = SchemaBuilder.struct().name(good.name());
        for (Field field : good.fields()) {
            if (!oneIn(2 * places)) {
                struct.field(field.name(), like(field.schema(), places));
            }
        }
        if (oneIn(places)) {
            struct.field("more", type(1));
        }
        return optional(struct, oneIn(places) != good.isOptional());
    }

    private static Schema optional(SchemaBuilder builder, boolean optional) {
        return optional ? builder.optional().build() : builder.build();
    }

    /** A scalar that claims to be a logical type, whatever it is itself, with or without what that one needs. */
    private Schema renamed(Schema good) {
        SchemaBuilder builder = new SchemaBuilder(oneIn(2) ? good.type() : any(SCALARS))
                .name(oneIn(2) && good.name() != null ? good.name() : any(NAMES));
        if (oneIn(2)) {
            builder.parameter(
                    Decimal.SCALE_FIELD, oneIn(4) ? "many" : any(SCALES).toString());
        }
        return optional(builder, good.isOptional());
    }

    private Schema type(int depth) {
        boolean optional = oneIn(2);
        int kind = random.nextInt(depth > 0 ? 17 : 14);
        return switch (kind) {
            case 0 -> optional(SchemaBuilder.int8(), optional);
            case 1 -> optional(SchemaBuilder.int16(), optional);
            case 2 -> optional(SchemaBuilder.int32(), optional);
            case 3 -> optional(SchemaBuilder.int64(), optional);
            case 4 -> optional(SchemaBuilder.float32(), optional);
            case 5 -> optional(SchemaBuilder.float64(), optional);
            case 6 -> optional(SchemaBuilder.bool(), optional);
            case 7 -> optional(SchemaBuilder.string(), optional);
            case 8 -> optional(SchemaBuilder.bytes(), optional);
            case 9, 10 -> optional(new DecimalType(random.nextInt(3) * 6, any(SCALES)).schema(), optional);
            case 11 -> optional(Date.builder(), optional);
            case 12 -> optional(oneIn(2) ? Time.builder() : Timestamp.builder(), optional);
            case 13 -> optional(SemanticTypes.int64(any(NAMES.subList(4, NAMES.size()))), optional);
            case 14 -> optional(SchemaBuilder.array(type(depth - 1)), optional);
            case 15 -> optional(SchemaBuilder.map(Schema.STRING_SCHEMA, type(depth - 1)), optional);
            default ->
                optional(
                        SchemaBuilder.struct().field("kind", type(depth - 1)).field("other", type(depth - 1)),
                        optional);
        };
    }

    /** A value of that schema; a struct now and then without one that it should have, as if nobody had validated it. */
    @Nullable
    Object record(Schema schema) {
        return schema.type() == Schema.Type.STRUCT && oneIn(10) ? struct(schema, 10) : value(schema);
    }

    /** Where a value may be missing, one of so many is. What is in other values Connect validates at once. */
    private Struct struct(Schema schema, int missing) {
        Struct struct = new Struct(schema);
        for (Field field : schema.fields()) {
            Object value = oneIn(missing) ? null : value(field.schema());
            if (value != null) {
                struct.put(field, value);
            }
        }
        return struct;
    }

    /** A value of that schema. */
    private @Nullable Object value(Schema schema) {
        if (schema.isOptional() && oneIn(5)) {
            return null;
        }
        Object logical = logical(schema);
        if (logical != null) {
            return logical;
        }
        long number = any(NUMBERS);
        return switch (schema.type()) {
            case INT8 -> (byte) number;
            case INT16 -> (short) number;
            case INT32 -> (int) number;
            case INT64 -> number;
            case FLOAT32 -> any(FLOATS).floatValue();
            case FLOAT64 -> any(FLOATS);
            case BOOLEAN -> oneIn(2);
            case STRING -> any(TEXTS);
            case BYTES -> oneIn(2) ? new byte[] {1, -1} : ByteBuffer.allocate(3);
            case ARRAY -> array(schema.valueSchema());
            case MAP -> map(schema);
            case STRUCT -> struct(schema, Integer.MAX_VALUE);
        };
    }

    /** What Connect's own logical types are in Java. */
    private @Nullable Object logical(Schema schema) {
        String name = schema.name() == null ? "" : schema.name();
        return switch (name) {
            case Decimal.LOGICAL_NAME -> new BigDecimal(BigInteger.valueOf(any(NUMBERS)), scale(schema));
            case Date.LOGICAL_NAME, Time.LOGICAL_NAME, Timestamp.LOGICAL_NAME -> new java.util.Date(any(NUMBERS));
            default -> null;
        };
    }

    private int scale(Schema schema) {
        String scale = schema.parameters() == null ? null : schema.parameters().get(Decimal.SCALE_FIELD);
        return scale == null || scale.equals("many") || oneIn(10) ? any(SCALES) : Integer.parseInt(scale);
    }

    private List<@Nullable Object> array(Schema element) {
        List<@Nullable Object> elements = new ArrayList<>();
        for (int i = random.nextInt(MOST_ELEMENTS); i > 0; i--) {
            elements.add(value(element));
        }
        if (!elements.isEmpty() && oneIn(4)) {
            elements.add(elements.get(0));
        }
        return elements;
    }

    private Map<Object, @Nullable Object> map(Schema schema) {
        Map<Object, @Nullable Object> entries = new HashMap<>();
        for (int i = random.nextInt(MOST_ELEMENTS); i > 0; i--) {
            entries.put(any(TEXTS), value(schema.valueSchema()));
        }
        return entries;
    }
}
