package io.tandem.connect.record;

import io.tandem.connect.aggregate.Column;
import io.tandem.connect.aggregate.ColumnType;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.connect.data.Date;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.jspecify.annotations.Nullable;

/** How a column's values look in Connect: its schema, and the exact conversion both ways. Stateless. */
public final class ColumnSchemas {

    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final long NANOS_PER_MICRO = 1_000;

    private ColumnSchemas() {}

    /** The Connect schema of a column; optional if the column may be NULL. */
    public static Schema schema(Column column) {
        SchemaBuilder builder = builder(column.type());
        return column.nullable() ? builder.optional().build() : builder.build();
    }

    private static SchemaBuilder builder(ColumnType type) {
        return switch (type.kind()) {
            case INT16 -> SchemaBuilder.int16();
            case INT32 -> SchemaBuilder.int32();
            case INT64 -> SchemaBuilder.int64();
            case FLOAT32 -> SchemaBuilder.float32();
            case FLOAT64 -> SchemaBuilder.float64();
            case BOOLEAN -> SchemaBuilder.bool();
            case STRING -> SchemaBuilder.string();
            case BYTES -> SchemaBuilder.bytes();
            case DECIMAL -> new DecimalType(type.precision(), type.scale()).schema();
            case DATE -> Date.builder();
            case TIME -> SemanticTypes.int64(SemanticTypes.MICRO_TIME);
            case TIMESTAMP -> SemanticTypes.int64(SemanticTypes.LOCAL_MICRO_TIMESTAMP);
            case INSTANT -> SemanticTypes.int64(SemanticTypes.MICRO_TIMESTAMP);
        };
    }

    /** A column's value as a Connect value of {@link #schema}. */
    public static @Nullable Object toConnect(ColumnType type, @Nullable Object value) {
        if (value == null) {
            return null;
        }
        return switch (type.kind()) {
            case DATE -> new java.util.Date(TimeUnit.DAYS.toMillis(((LocalDate) value).toEpochDay()));
            case TIME -> ((LocalTime) value).toNanoOfDay() / NANOS_PER_MICRO;
            case TIMESTAMP -> micros(((LocalDateTime) value).toInstant(ZoneOffset.UTC));
            case INSTANT -> micros((Instant) value);
            default -> value;
        };
    }

    /** A Connect value of {@link #schema} as the column's value. */
    public static @Nullable Object fromConnect(ColumnType type, @Nullable Object value) {
        if (value == null) {
            return null;
        }
        return switch (type.kind()) {
            case DATE -> LocalDate.ofEpochDay(TimeUnit.MILLISECONDS.toDays(((java.util.Date) value).getTime()));
            case TIME -> LocalTime.ofNanoOfDay((Long) value * NANOS_PER_MICRO);
            case TIMESTAMP -> LocalDateTime.ofInstant(instant((Long) value), ZoneOffset.UTC);
            case INSTANT -> instant((Long) value);
            case BYTES -> value instanceof ByteBuffer buffer ? bytes(buffer) : value;
            default -> value;
        };
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }

    /** Microseconds since the epoch. */
    public static long micros(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }

    private static Instant instant(long micros) {
        return Instant.ofEpochSecond(
                Math.floorDiv(micros, MICROS_PER_SECOND), Math.floorMod(micros, MICROS_PER_SECOND) * NANOS_PER_MICRO);
    }
}
