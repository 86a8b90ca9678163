package io.tandem.connect.aggregate;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a column holds, independent of the vendor. Immutable.
 *
 * @param kind the family, which fixes the Java class of its values
 * @param precision digits of a number that is limited to so many, characters of a string, bytes of a binary; 0 where it
 *     has no meaning or no limit
 * @param scale digits after the point of a number that is limited to so many; of times, timestamps and instants the
 *     digits of a second's fraction, 0 to 6; otherwise 0
 * @param fixedLength whether the database pads values: a string loses the spaces at its end, and a binary has always
 *     {@code precision} bytes
 * @param range the smallest and the largest value where the kind alone does not say it, null for all of the kind
 * @param symbols the words that the column may hold, null for any text
 * @param element the type of the elements of an array, null for every other kind
 */
public record ColumnType(
        Kind kind,
        int precision,
        int scale,
        boolean fixedLength,
        @Nullable Range range,
        @Nullable Symbols symbols,
        @Nullable ColumnType element) {

    private static final int MICROSECONDS = 6;

    /** A type that is limited by nothing but precision and scale. */
    public ColumnType(Kind kind, int precision, int scale) {
        this(kind, precision, scale, false, null, null, null);
    }

    /** A type without limits; a time has microseconds. */
    public static ColumnType of(Kind kind) {
        return new ColumnType(kind, 0, kind.isTime() ? MICROSECONDS : 0);
    }

    /** A time, timestamp or instant with so many digits of the second's fraction. */
    public static ColumnType time(Kind kind, int digits) {
        return new ColumnType(kind, 0, digits);
    }

    /** A one-dimensional array, whose elements may be NULL. */
    public static ColumnType array(ColumnType element) {
        return new ColumnType(Kind.ARRAY, 0, 0, false, null, null, element);
    }

    /** This type, padded to its length. */
    public ColumnType padded() {
        return new ColumnType(kind, precision, scale, true, range, symbols, element);
    }

    /** This type, with values from {@code min} to {@code max} only. */
    public ColumnType within(BigDecimal min, BigDecimal max) {
        return new ColumnType(kind, precision, scale, fixedLength, new Range(min, max), symbols, element);
    }

    /** This type, with whole numbers or years from {@code min} to {@code max} only. */
    public ColumnType within(long min, long max) {
        return within(BigDecimal.valueOf(min), BigDecimal.valueOf(max));
    }

    /** This type, with these words only. */
    public ColumnType oneOf(List<String> words) {
        return new ColumnType(kind, precision, scale, fixedLength, range, new Symbols(words, false), element);
    }

    /** This type, with any of these words, joined by commas in this order. */
    public ColumnType someOf(List<String> words) {
        return new ColumnType(kind, precision, scale, fixedLength, range, new Symbols(words, true), element);
    }

    /**
     * The smallest and the largest value, both included: numbers; years where the kind is a date, timestamp or instant.
     */
    public record Range(BigDecimal min, BigDecimal max) {}

    /**
     * The words of an enumeration.
     *
     * @param words spelled exactly, in the order of their declaration
     * @param several whether a value holds any number of them, joined by commas, in their order and each once
     */
    public record Symbols(List<String> words, boolean several) {

        public Symbols {
            words = List.copyOf(words);
        }
    }

    /** The families, each with the Java class of its values. */
    public enum Kind {
        INT16(Short.class),
        INT32(Integer.class),
        INT64(Long.class),
        DECIMAL(BigDecimal.class),
        FLOAT32(Float.class),
        FLOAT64(Double.class),
        BOOLEAN(Boolean.class),
        STRING(String.class),
        BYTES(byte[].class),
        DATE(java.time.LocalDate.class),
        TIME(java.time.LocalTime.class),
        /** A date and time without zone. */
        TIMESTAMP(java.time.LocalDateTime.class),
        /** A point in time. */
        INSTANT(java.time.Instant.class),
        /** A list of scalars of one type, each of which may be null. */
        ARRAY(List.class);

        private final Class<?> javaClass;

        Kind(Class<?> javaClass) {
            this.javaClass = javaClass;
        }

        /** The class of the values of this kind. */
        public Class<?> javaClass() {
            return javaClass;
        }

        /** Whether values have a second with a fraction. */
        public boolean isTime() {
            return this == TIME || this == TIMESTAMP || this == INSTANT;
        }

        /** Whether values are whole numbers that a long holds. */
        public boolean isInteger() {
            return this == INT16 || this == INT32 || this == INT64;
        }

        /** Whether values are floating point numbers, which have a zero with a sign. */
        public boolean isFloat() {
            return this == FLOAT32 || this == FLOAT64;
        }
    }

    /** The largest number of so many bits without a sign. */
    public static BigDecimal unsignedMax(int bits) {
        return new BigDecimal(BigInteger.ONE.shiftLeft(bits).subtract(BigInteger.ONE));
    }
}
