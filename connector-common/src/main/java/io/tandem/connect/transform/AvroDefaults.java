package io.tandem.connect.transform;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import org.apache.avro.JsonProperties;
import org.apache.kafka.connect.data.Date;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Timestamp;
import org.jspecify.annotations.Nullable;

/** Translates the default of an Avro field. */
final class AvroDefaults {

    /** Stands for a default that Connect can't express. */
    static final Object UNSUPPORTED = new Object();

    private AvroDefaults() {}

    /**
     * The default as a Connect value.
     *
     * @param schema the Connect schema of the field
     * @return null if there is none or it is null
     */
    static @Nullable Object of(org.apache.avro.Schema.Field field, Schema schema) {
        Object value = field.hasDefaultValue() ? field.defaultVal() : null;
        if (value == null || value == JsonProperties.NULL_VALUE) {
            return null;
        }
        if (schema.type() == Schema.Type.ARRAY) {
            return value instanceof Collection<?> items && items.isEmpty() ? List.of() : UNSUPPORTED;
        }
        if (value instanceof byte[] bytes) {
            return Decimal.LOGICAL_NAME.equals(schema.name())
                    ? new BigDecimal(new BigInteger(bytes), scale(schema))
                    : bytes;
        }
        if (value instanceof Number number) {
            return number(number, schema);
        }
        return value instanceof String || value instanceof Boolean ? value : UNSUPPORTED;
    }

    private static @Nullable Object number(Number number, Schema schema) {
        if (Date.LOGICAL_NAME.equals(schema.name())) {
            return java.util.Date.from(Instant.EPOCH.plus(number.longValue(), ChronoUnit.DAYS));
        }
        if (Timestamp.LOGICAL_NAME.equals(schema.name())) {
            return java.util.Date.from(Instant.ofEpochMilli(number.longValue()));
        }
        // Avro reads the default of a double as an Integer if it is written as one
        return switch (schema.type()) {
            case INT64 -> number.longValue();
            case FLOAT32 -> number.floatValue();
            case FLOAT64 -> number.doubleValue();
            default -> number;
        };
    }

    private static int scale(Schema schema) {
        return Integer.parseInt(schema.parameters().get(Decimal.SCALE_FIELD));
    }
}
