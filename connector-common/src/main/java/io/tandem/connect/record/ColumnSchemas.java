package io.tandem.connect.record;

import io.tandem.connect.aggregate.Column;
import io.tandem.connect.aggregate.ColumnType;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.connect.data.Date;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.errors.DataException;
import org.jspecify.annotations.Nullable;

/** How a column's values look in Connect: its schema, and the exact conversion both ways. Stateless. */
public final class ColumnSchemas {

    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final long NANOS_PER_MICRO = 1_000;
    private static final long MILLIS_PER_DAY = TimeUnit.DAYS.toMillis(1);
    private static final long MICROS_PER_DAY = TimeUnit.DAYS.toMicros(1);

    private ColumnSchemas() {}

    /** The Connect schema of a column; optional if the column may be NULL. */
    public static Schema schema(Column column) {
        SchemaBuilder builder = builder(column.type());
        return column.nullable() ? builder.optional().build() : builder.build();
    }

    private static Schema elements(ColumnType array) {
        return builder(Objects.requireNonNull(array.element())).optional().build();
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
            case ARRAY -> SchemaBuilder.array(elements(type));
        };
    }

    /**
     * A column's value as a Connect value of {@link #schema}.
     *
     * @throws DataException if int64 does not hold the microseconds
     */
    public static @Nullable Object toConnect(ColumnType type, @Nullable Object value) {
        if (value == null) {
            return null;
        }
        return switch (type.kind()) {
            case DATE -> new java.util.Date(TimeUnit.DAYS.toMillis(((LocalDate) value).toEpochDay()));
            case TIME -> ((LocalTime) value).toNanoOfDay() / NANOS_PER_MICRO;
            case TIMESTAMP -> micros(((LocalDateTime) value).toInstant(ZoneOffset.UTC));
            case INSTANT -> micros((Instant) value);
            case ARRAY -> elements(type, value, ColumnSchemas::toConnect);
            default -> value;
        };
    }

    /**
     * A Connect value of {@link #schema} as the column's value.
     *
     * @throws DataException if it is no value of the kind: a date with a time, a time beyond a day
     */
    public static @Nullable Object fromConnect(ColumnType type, @Nullable Object value) {
        if (value == null) {
            return null;
        }
        return switch (type.kind()) {
            case DATE -> date(((java.util.Date) value).getTime());
            case TIME -> time((Long) value);
            case TIMESTAMP -> LocalDateTime.ofInstant(instant((Long) value), ZoneOffset.UTC);
            case INSTANT -> instant((Long) value);
            case BYTES -> value instanceof ByteBuffer buffer ? bytes(buffer) : value;
            case ARRAY -> elements(type, value, ColumnSchemas::fromConnect);
            default -> value;
        };
    }

    private interface ElementConverter {
        @Nullable
        Object convert(ColumnType type, @Nullable Object value);
    }

    private static List<@Nullable Object> elements(ColumnType array, Object value, ElementConverter converter) {
        ColumnType element = Objects.requireNonNull(array.element());
        List<?> given = (List<?>) value;
        List<@Nullable Object> converted = new ArrayList<>(given.size());
        for (Object one : given) {
            converted.add(converter.convert(element, one));
        }
        return Collections.unmodifiableList(converted);
    }

    private static LocalDate date(long millis) {
        if (millis % MILLIS_PER_DAY != 0) {
            throw new DataException("is a date with a time of day");
        }
        return LocalDate.ofEpochDay(millis / MILLIS_PER_DAY);
    }

    private static LocalTime time(long micros) {
        if (micros < 0 || micros >= MICROS_PER_DAY) {
            throw new DataException("is no time of day: expected 0 to 86399999999 microseconds");
        }
        return LocalTime.ofNanoOfDay(micros * NANOS_PER_MICRO);
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }

    /**
     * Microseconds since the epoch.
     *
     * @throws DataException if int64 does not hold them
     */
    public static long micros(Instant instant) {
        try {
            // ChronoUnit.MICROS counts by way of nanoseconds, which reach 292 years only
            return Math.addExact(
                    Math.multiplyExact(instant.getEpochSecond(), MICROS_PER_SECOND),
                    instant.get(ChronoField.MICRO_OF_SECOND));
        } catch (ArithmeticException e) {
            throw new DataException("is beyond the years that int64 microseconds hold");
        }
    }

    private static Instant instant(long micros) {
        return Instant.ofEpochSecond(
                Math.floorDiv(micros, MICROS_PER_SECOND), Math.floorMod(micros, MICROS_PER_SECOND) * NANOS_PER_MICRO);
    }
}
