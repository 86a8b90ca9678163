package io.tandem.connect.check;

import io.tandem.connect.aggregate.Column;
import io.tandem.connect.aggregate.ColumnType;
import io.tandem.connect.aggregate.ColumnType.Kind;
import io.tandem.connect.aggregate.ColumnType.Range;
import io.tandem.connect.record.DecimalType;
import io.tandem.connect.record.SemanticTypes;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Timestamp;
import org.jspecify.annotations.Nullable;

/**
 * Compares what a column can hold with what the canonical field can hold, for a value that travels as it is. Whether the
 * types go together at all is not its business.
 *
 * @param column the column
 * @param field the canonical field's schema
 * @param symbols what the canonical field may hold if it is an enum, otherwise empty
 * @param maxLength how many characters or bytes the canonical field holds at most, if the schema says so
 */
record ValueFit(Column column, Schema field, Set<String> symbols, OptionalInt maxLength) {

    private static final int MICROSECONDS = 6;
    private static final int MILLISECONDS = 3;

    /** What may go wrong, each as a half sentence with its remedy. */
    List<String> risks() {
        List<String> risks = new ArrayList<>();
        length(risks);
        charset(risks);
        symbols(risks);
        numbers(risks);
        fractions(risks);
        form(risks);
        return risks;
    }

    private ColumnType type() {
        return column.type();
    }

    private void length(List<String> risks) {
        boolean text = type().kind() == Kind.STRING && type().symbols() == null && field.type() == Schema.Type.STRING;
        boolean binary = type().kind() == Kind.BYTES && field.type() == Schema.Type.BYTES && field.name() == null;
        if ((!text && !binary) || !symbols.isEmpty()) {
            return;
        }
        String unit = text ? " characters" : " bytes";
        int holds = type().precision();
        if (holds > 0 && maxLength.orElse(Integer.MAX_VALUE) > holds) {
            risks.add("it holds " + holds + unit + ", the canonical field "
                    + (maxLength.isEmpty() ? "any number" : "up to " + maxLength.getAsInt())
                    + ": a longer value of the other master will be refused; widen the column, or say in the schema "
                    + "how long values are (\"maxLength\": " + holds + ") and keep the other master to it");
        } else if (maxLength.isPresent() && (holds == 0 || holds > maxLength.getAsInt())) {
            risks.add("it holds " + (holds == 0 ? "any number of" : "up to " + holds) + unit
                    + ", the canonical field up to " + maxLength.getAsInt()
                    + ": a longer value may be refused by the other master; raise \"maxLength\" in the schema");
        }
    }

    private void charset(List<String> risks) {
        if (column.limitedCharset() != null && field.type() == Schema.Type.STRING && symbols.isEmpty()) {
            risks.add("its character set " + column.limitedCharset()
                    + " lacks characters that the canonical text may have: they will be refused; convert the column to "
                    + "a character set that holds all of Unicode");
        }
    }

    private void symbols(List<String> risks) {
        ColumnType.Symbols words = type().symbols();
        if (words != null && !words.several() && field.type() == Schema.Type.STRING) {
            List<String> unknown = symbols.isEmpty()
                    ? List.of()
                    : words.words().stream()
                            .filter(word -> !symbols.contains(word))
                            .toList();
            if (!unknown.isEmpty()) {
                risks.add("it may hold " + unknown + ", which the canonical enum does not have: such a row can't be "
                        + "published; add the symbols, or map the values by \"codes\"");
            }
            List<String> missing = symbols.stream()
                    .filter(symbol -> !words.words().contains(symbol))
                    .sorted()
                    .toList();
            if (!missing.isEmpty()) {
                risks.add("it can't hold " + missing + " of the canonical enum: such a record will be refused; add the "
                        + "words to the column's type, or map the values by \"codes\"");
            } else if (symbols.isEmpty()) {
                risks.add("it holds the words " + words.words()
                        + " only, the canonical field any text: another text will be refused; make the canonical field "
                        + "an enum");
            }
        } else if (words == null && !symbols.isEmpty()) {
            risks.add("it holds any text, the canonical enum " + sorted(symbols)
                    + " only: a row with another value can't be published; add a CHECK constraint, or map the values "
                    + "by \"codes\"");
        }
    }

    private static List<String> sorted(Set<String> symbols) {
        return symbols.stream().sorted().toList();
    }

    private void numbers(List<String> risks) {
        Limits here = Limits.of(type());
        Limits there = Limits.of(field);
        if (here == null || there == null) {
            return;
        }
        if (there.exceeds(here)) {
            risks.add("it holds " + here + ", the canonical field " + there
                    + ": a value of the other master that doesn't fit will be refused; widen the column, or narrow the "
                    + "canonical field");
        }
        if (here.exceeds(there)) {
            risks.add("it holds " + here + ", the canonical field only " + there
                    + ": a row with a value that doesn't fit can't be published; widen the canonical field");
        }
    }

    private void fractions(List<String> risks) {
        Integer there = fractionDigits();
        if (there == null || !type().kind().isTime()) {
            return;
        }
        int here = type().scale();
        if (here < there) {
            risks.add("it keeps " + here + " digits of a second's fraction, the canonical field " + there
                    + ": a finer value of the other master will be refused; give the column " + there + " digits");
        } else if (here > there) {
            risks.add("it keeps " + here + " digits of a second's fraction, the canonical field only " + there
                    + ": a row with a finer value can't be published; use a type with microseconds");
        }
    }

    private @Nullable Integer fractionDigits() {
        String name = field.name();
        if (name == null) {
            return null;
        }
        return switch (name) {
            case SemanticTypes.MICRO_TIMESTAMP, SemanticTypes.LOCAL_MICRO_TIMESTAMP, SemanticTypes.MICRO_TIME ->
                MICROSECONDS;
            case Timestamp.LOGICAL_NAME -> MILLISECONDS;
            default -> null;
        };
    }

    /** What the database writes in another way than it was given. */
    private void form(List<String> risks) {
        if (field.type() != Schema.Type.STRING) {
            return;
        }
        if (type().kind() == Kind.STRING && type().fixedLength()) {
            risks.add("its type " + column.nativeType()
                    + " loses spaces at the end: a text of the other master that ends with one will be refused; "
                    + "make it a VARCHAR, or trim on the other side");
        }
        if (column.castType().equals("jsonb")) {
            risks.add("its type jsonb writes JSON in a form of its own: a text in another form comes back changed; "
                    + "use json or text, or let both sides write that form");
        }
    }

    /** The range and the fineness of numbers. */
    private record Limits(
            @Nullable BigDecimal min, @Nullable BigDecimal max, int scale, String text) {

        static @Nullable Limits of(ColumnType type) {
            Range range = type.range();
            return switch (type.kind()) {
                case INT16 -> whole(range, Short.MIN_VALUE, Short.MAX_VALUE);
                case INT32 -> whole(range, Integer.MIN_VALUE, Integer.MAX_VALUE);
                case INT64 -> whole(range, Long.MIN_VALUE, Long.MAX_VALUE);
                case DECIMAL -> range == null ? decimal(type.precision(), type.scale()) : whole(range, 0, 0);
                default -> null;
            };
        }

        static @Nullable Limits of(Schema schema) {
            if (schema.name() == null) {
                return switch (schema.type()) {
                    case INT8 -> whole(null, Byte.MIN_VALUE, Byte.MAX_VALUE);
                    case INT16 -> whole(null, Short.MIN_VALUE, Short.MAX_VALUE);
                    case INT32 -> whole(null, Integer.MIN_VALUE, Integer.MAX_VALUE);
                    case INT64 -> whole(null, Long.MIN_VALUE, Long.MAX_VALUE);
                    default -> null;
                };
            }
            if (schema.name().equals(Decimal.LOGICAL_NAME)) {
                DecimalType type = DecimalType.of(schema);
                return decimal(type.precision(), type.scale());
            }
            return null;
        }

        private static Limits whole(@Nullable Range range, long min, long max) {
            BigDecimal low = range == null ? BigDecimal.valueOf(min) : range.min();
            BigDecimal high = range == null ? BigDecimal.valueOf(max) : range.max();
            return new Limits(low, high, 0, low.toPlainString() + " to " + high.toPlainString());
        }

        private static Limits decimal(int precision, int scale) {
            if (precision == 0) {
                return new Limits(null, null, scale, "numbers with " + scale + " digits after the point");
            }
            BigDecimal high =
                    BigDecimal.TEN.pow(precision).subtract(BigDecimal.ONE).scaleByPowerOfTen(-scale);
            return new Limits(high.negate(), high, scale, "decimal(" + precision + "," + scale + ")");
        }

        boolean exceeds(Limits other) {
            return scale > other.scale
                    || (other.max != null && (max == null || max.compareTo(other.max) > 0))
                    || (other.min != null && (min == null || min.compareTo(other.min) < 0));
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
