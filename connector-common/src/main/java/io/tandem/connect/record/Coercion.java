package io.tandem.connect.record;

import static io.tandem.connect.record.ValueKind.BOOLEAN;
import static io.tandem.connect.record.ValueKind.BYTES;
import static io.tandem.connect.record.ValueKind.DECIMAL;
import static io.tandem.connect.record.ValueKind.FLOAT;
import static io.tandem.connect.record.ValueKind.INTEGER;
import static io.tandem.connect.record.ValueKind.MICRO_TIMESTAMP;
import static io.tandem.connect.record.ValueKind.STRING;
import static io.tandem.connect.record.ValueKind.TIMESTAMP_MILLIS;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.errors.DataException;
import org.jspecify.annotations.Nullable;

/**
 * The exact conversion between scalar Connect types, and arrays of them. What comes out is the same value, so that converting back gives
 * what went in; a value that can't be kept is refused, never rounded, cut or made null.
 *
 * <p>Supported: numbers among each other; whole numbers 0 and 1 to and from boolean; whole numbers and decimals to and
 * from text in plain form; Connect's millisecond timestamp to and from {@link SemanticTypes#MICRO_TIMESTAMP};
 * arrays element by element; every type to itself. A floating point number counts as its binary value: 0.5 is a decimal, 0.1 is not.
 */
public final class Coercion {

    private static final long MICROS_PER_MILLI = 1000;

    private static final Set<ValueKind> FROM_WHOLE = Set.of(INTEGER, DECIMAL, FLOAT, BOOLEAN, STRING);
    private static final Set<ValueKind> FROM_FLOAT = Set.of(INTEGER, DECIMAL, FLOAT);
    private static final Set<ValueKind> FROM_TEXT_OR_BOOLEAN = Set.of(INTEGER, DECIMAL);

    private Coercion() {}

    /**
     * A converter from one scalar schema to another. It returns null for null if {@code to} is optional and throws
     * otherwise; defaults are never filled in. Bytes come out as {@code byte[]}, also where a {@code ByteBuffer} came
     * in.
     *
     * @throws DataException if there is no exact conversion between the types
     */
    public static ValueConverter between(Schema from, Schema to) {
        ValueConverter present = ofPresent(from, to);
        if (to.isOptional()) {
            return value -> value == null ? null : present.convert(value);
        }
        return value -> {
            if (value == null) {
                throw new DataException("is null, but a value is required");
            }
            return present.convert(value);
        };
    }

    /** The type in words, for messages: {@code decimal(10,2)}, {@code int64}, {@code timestamp}. */
    public static String describe(Schema schema) {
        return ValueKind.describe(schema);
    }

    private static ValueConverter ofPresent(Schema from, Schema to) {
        if (from.type() == Schema.Type.ARRAY && to.type() == Schema.Type.ARRAY) {
            return elements(between(from.valueSchema(), to.valueSchema()));
        }
        ValueKind source = ValueKind.of(from);
        ValueKind target = ValueKind.of(to);
        if (isSame(from, to, source, target)) {
            return source == BYTES ? Coercion::bytes : value -> value;
        }
        if (source == MICRO_TIMESTAMP && target == TIMESTAMP_MILLIS) {
            return value -> millis((Long) required(value));
        }
        if (source == TIMESTAMP_MILLIS && target == MICRO_TIMESTAMP) {
            return value -> micros((Date) required(value));
        }
        if (convertible(source).contains(target)) {
            return number(source, NumberTarget.of(to));
        }
        throw new DataException("there is no exact conversion from " + describe(from) + " to " + describe(to));
    }

    private static ValueConverter elements(ValueConverter element) {
        return value -> {
            List<?> given = (List<?>) required(value);
            List<@Nullable Object> converted = new ArrayList<>(given.size());
            for (Object one : given) {
                try {
                    converted.add(element.convert(one));
                } catch (DataException e) {
                    throw new DataException("has an element that " + e.getMessage());
                }
            }
            return Collections.unmodifiableList(converted);
        };
    }

    private static boolean isSame(Schema from, Schema to, ValueKind source, ValueKind target) {
        if (source != target) {
            return false;
        }
        return switch (source) {
            case INTEGER, FLOAT -> from.type() == to.type();
            // not every converter keeps values to the scale of their schema, and databases round without a word
            case DECIMAL -> false;
            // unknown logical types are kept as they are, if they have a name to be the same by
            case OTHER ->
                from.type().isPrimitive() && from.type() == to.type() && Objects.equals(from.name(), to.name());
            default -> true;
        };
    }

    private static Set<ValueKind> convertible(ValueKind source) {
        return switch (source) {
            case INTEGER, DECIMAL -> FROM_WHOLE;
            case FLOAT -> FROM_FLOAT;
            case STRING, BOOLEAN -> FROM_TEXT_OR_BOOLEAN;
            default -> Set.of();
        };
    }

    private static ValueConverter number(ValueKind source, NumberTarget target) {
        return switch (source) {
            case INTEGER -> value -> target.ofLong(((Number) required(value)).longValue());
            case DECIMAL -> value -> target.ofDecimal((BigDecimal) required(value));
            case FLOAT -> value -> target.ofDouble(((Number) required(value)).doubleValue());
            case BOOLEAN -> value -> target.ofLong((Boolean) required(value) ? 1 : 0);
            default -> value -> target.ofText((String) required(value));
        };
    }

    private static Object bytes(@Nullable Object value) {
        if (required(value) instanceof ByteBuffer buffer) {
            byte[] copy = new byte[buffer.remaining()];
            buffer.duplicate().get(copy);
            return copy;
        }
        return required(value);
    }

    private static Date millis(long micros) {
        if (micros % MICROS_PER_MILLI != 0) {
            throw new DataException("is finer than milliseconds");
        }
        return Date.from(Instant.ofEpochMilli(micros / MICROS_PER_MILLI));
    }

    private static long micros(Date value) {
        try {
            return Math.multiplyExact(value.toInstant().toEpochMilli(), MICROS_PER_MILLI);
        } catch (ArithmeticException e) {
            throw new DataException("is out of the range of microseconds");
        }
    }

    private static Object required(@Nullable Object value) {
        return Objects.requireNonNull(value);
    }
}
