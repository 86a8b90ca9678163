package io.tandem.connect.record;

import java.util.Map;
import org.apache.kafka.connect.data.Date;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Time;
import org.apache.kafka.connect.data.Timestamp;
import org.jspecify.annotations.Nullable;

/** What a scalar Connect schema means, its logical type included. */
enum ValueKind {
    INTEGER,
    FLOAT,
    DECIMAL(Schema.Type.BYTES, "decimal"),
    BOOLEAN,
    STRING,
    BYTES,
    DATE(Schema.Type.INT32, "date"),
    TIME_MILLIS(Schema.Type.INT32, "time in milliseconds"),
    TIMESTAMP_MILLIS(Schema.Type.INT64, "timestamp in milliseconds"),
    MICRO_TIMESTAMP(Schema.Type.INT64, "timestamp"),
    LOCAL_MICRO_TIMESTAMP(Schema.Type.INT64, "local timestamp"),
    MICRO_TIME(Schema.Type.INT64, "time"),
    /** A struct, an array, a map, or a logical type that this project doesn't know. */
    OTHER;

    private static final Map<String, ValueKind> LOGICAL = Map.of(
            Decimal.LOGICAL_NAME, DECIMAL,
            Date.LOGICAL_NAME, DATE,
            Time.LOGICAL_NAME, TIME_MILLIS,
            Timestamp.LOGICAL_NAME, TIMESTAMP_MILLIS,
            SemanticTypes.MICRO_TIMESTAMP, MICRO_TIMESTAMP,
            SemanticTypes.LOCAL_MICRO_TIMESTAMP, LOCAL_MICRO_TIMESTAMP,
            SemanticTypes.MICRO_TIME, MICRO_TIME);

    private final Schema.@Nullable Type base;
    private final @Nullable String title;

    ValueKind() {
        this(null, null);
    }

    /** A logical type: what its values are made of, and what people call it. */
    ValueKind(Schema.@Nullable Type base, @Nullable String title) {
        this.base = base;
        this.title = title;
    }

    static ValueKind of(Schema schema) {
        Schema.Type type = schema.type();
        ValueKind logical = schema.name() == null ? null : LOGICAL.get(schema.name());
        if (logical != null) {
            // whoever writes to the topic makes the schema; values of another type would not be what the name says
            return type == logical.base ? logical : OTHER;
        }
        // any other name on text is a hint (an enum, a UUID) that leaves the text what it is
        if (type == Schema.Type.STRING) {
            return STRING;
        }
        if (schema.name() != null) {
            return OTHER;
        }
        return switch (type) {
            case INT8, INT16, INT32, INT64 -> INTEGER;
            case FLOAT32, FLOAT64 -> FLOAT;
            case BOOLEAN -> BOOLEAN;
            case BYTES -> BYTES;
            default -> OTHER;
        };
    }

    /** The type in words, for messages. */
    static String describe(Schema schema) {
        ValueKind kind = of(schema);
        if (kind == DECIMAL) {
            DecimalType type = DecimalType.of(schema);
            return type.precision() == 0
                    ? "decimal of scale " + type.scale()
                    : "decimal(" + type.precision() + "," + type.scale() + ")";
        }
        if (kind.title != null) {
            return kind.title;
        }
        if (schema.name() == null || kind == STRING) {
            return schema.type().getName();
        }
        return LOGICAL.containsKey(schema.name())
                ? schema.name() + " of the type " + schema.type().getName()
                : schema.name();
    }
}
