package io.tandem.connect.aggregate;

/**
 * What a column holds, independent of the vendor.
 *
 * @param kind the family, which fixes the Java class of its values
 * @param precision digits of a decimal, characters of a string, 0 where it has no meaning or no limit
 * @param scale digits after the point of a decimal, otherwise 0
 */
public record ColumnType(Kind kind, int precision, int scale) {

    /** A type that has neither precision nor scale. */
    public static ColumnType of(Kind kind) {
        return new ColumnType(kind, 0, 0);
    }

    /** The families, each with the Java class of its values. */
    public enum Kind {
        INT16(Short.class),
        INT32(Integer.class),
        INT64(Long.class),
        DECIMAL(java.math.BigDecimal.class),
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
        INSTANT(java.time.Instant.class);

        private final Class<?> javaClass;

        Kind(Class<?> javaClass) {
            this.javaClass = javaClass;
        }

        /** The class of the values of this kind. */
        public Class<?> javaClass() {
            return javaClass;
        }
    }
}
