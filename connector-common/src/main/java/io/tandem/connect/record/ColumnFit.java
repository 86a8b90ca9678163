package io.tandem.connect.record;

import io.tandem.connect.aggregate.Column;
import io.tandem.connect.aggregate.ColumnType;
import io.tandem.connect.aggregate.ColumnType.Kind;
import io.tandem.connect.aggregate.ColumnType.Range;
import io.tandem.connect.aggregate.ColumnType.Symbols;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.kafka.connect.errors.DataException;
import org.jspecify.annotations.Nullable;

/**
 * What a column can hold beyond the kind of its type: checked before a value is written, since databases round, pad, cut
 * and re-spell some of what does not fit without an error. Worked out once per column; immutable.
 */
public final class ColumnFit {

    private static final int DIGITS_OF_NANOS = 9;

    private final List<Check> checks = new ArrayList<>();
    private final @Nullable ColumnFit elements;

    private record Check(Predicate<Object> fits, String problem) {}

    private ColumnFit(ColumnType type, String nativeType, String castType) {
        this.elements =
                type.element() == null ? null : new ColumnFit(type.element(), "the elements of " + nativeType, "");
        Range range = type.range();
        if (range != null) {
            checks.add(new Check(
                    within(type.kind(), range), "is out of the range of " + nativeType + unit(type.kind(), range)));
        }
        if (type.kind().isTime()) {
            fraction(type, nativeType);
        } else if (type.kind().isFloat() && type.precision() > 0) {
            checks.add(new Check(
                    value -> new BigDecimal(value.toString()).scale() <= type.scale(),
                    "has more than the " + type.scale() + " decimal places of " + nativeType));
        } else if (type.kind() == Kind.STRING) {
            text(type, nativeType, castType);
        } else if (type.kind() == Kind.BYTES) {
            bytes(type, nativeType);
        }
    }

    /** The limits of a column. */
    public static ColumnFit of(Column column) {
        return new ColumnFit(column.type(), column.nativeType(), column.castType());
    }

    /**
     * Checks a value of the column's Java class.
     *
     * @throws DataException if the column cannot hold exactly this value; the message does not hold it
     */
    public void check(@Nullable Object value) {
        if (value == null) {
            return;
        }
        for (Check check : checks) {
            if (!check.fits().test(value)) {
                throw new DataException(check.problem());
            }
        }
        if (elements != null) {
            ((List<?>) value).forEach(elements::check);
        }
    }

    private static String unit(Kind kind, Range range) {
        boolean years = !kind.isInteger() && !kind.isFloat() && kind != Kind.DECIMAL;
        return kind.isFloat()
                ? ""
                : ", expected " + (years ? "the years " : "") + range.min().toPlainString() + " to "
                        + range.max().toPlainString();
    }

    private static Predicate<Object> within(Kind kind, Range range) {
        if (kind == Kind.DECIMAL) {
            return value -> ((BigDecimal) value).compareTo(range.min()) >= 0
                    && ((BigDecimal) value).compareTo(range.max()) <= 0;
        }
        if (kind.isFloat()) {
            double min = range.min().doubleValue();
            double max = range.max().doubleValue();
            // false for NaN
            return value -> ((Number) value).doubleValue() >= min && ((Number) value).doubleValue() <= max;
        }
        long min = range.min().longValueExact();
        long max = range.max().longValueExact();
        return switch (kind) {
            case DATE -> value -> isBetween(((LocalDate) value).getYear(), min, max);
            case TIMESTAMP -> value -> isBetween(((LocalDateTime) value).getYear(), min, max);
            case INSTANT ->
                value -> isBetween(((Instant) value).atOffset(ZoneOffset.UTC).getYear(), min, max);
            default -> value -> isBetween(((Number) value).longValue(), min, max);
        };
    }

    private static boolean isBetween(long value, long min, long max) {
        return value >= min && value <= max;
    }

    /** Both vendors round silently, or cut. */
    private void fraction(ColumnType type, String nativeType) {
        int unit = 1;
        for (int i = type.scale(); i < DIGITS_OF_NANOS; i++) {
            unit *= 10;
        }
        int nanos = unit;
        checks.add(new Check(
                value -> nanos(value) % nanos == 0,
                "has a finer fraction of a second than the " + type.scale() + " digits of " + nativeType));
    }

    private static int nanos(Object value) {
        return ((TemporalAccessor) value).get(ChronoField.NANO_OF_SECOND);
    }

    private void text(ColumnType type, String nativeType, String castType) {
        // drivers write a question mark instead
        checks.add(new Check(
                value -> isUnicode((String) value), "is not valid Unicode: half of a surrogate pair stands alone"));
        if (type.fixedLength()) {
            checks.add(new Check(
                    value -> !((String) value).endsWith(" "),
                    "ends in spaces, which " + nativeType + " does not keep"));
        }
        if (type.precision() > 0) {
            // the limits of MariaDB's TINYTEXT, TEXT and so on are bytes, at most those of UTF-8
            boolean inBytes = castType.endsWith("text");
            // databases refuse what is too long themselves, except that they cut off spaces without an error
            checks.add(new Check(
                    value -> !((String) value).endsWith(" ") || length((String) value, inBytes) <= type.precision(),
                    "is longer than the " + type.precision() + (inBytes ? " bytes of " : " characters of ") + nativeType
                            + " by spaces"));
        }
        if (castType.equals("uuid")) {
            checks.add(new Check(
                    value -> isUuid((String) value), "is not the plain form of a UUID: 36 characters, lower case"));
        }
        Symbols symbols = type.symbols();
        if (symbols != null) {
            Set<String> words = new HashSet<>(symbols.words());
            checks.add(
                    symbols.several()
                            ? new Check(
                                    value -> isSelection((String) value, symbols.words()),
                                    "is not a list of words of the column in their order: " + symbols.words())
                            : new Check(
                                    words::contains,
                                    "is none of the words of the column, which are " + symbols.words()
                                            + " (restart the connector if they have changed)"));
        }
    }

    private static int length(String text, boolean inBytes) {
        return inBytes ? text.getBytes(StandardCharsets.UTF_8).length : text.codePointCount(0, text.length());
    }

    private static boolean isUnicode(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                if (!Character.isHighSurrogate(text.charAt(i))
                        || i + 1 == text.length()
                        || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    return false;
                }
                i++;
            }
        }
        return true;
    }

    private static boolean isUuid(String text) {
        if (text.length() != 36) {
            return false;
        }
        for (int i = 0; i < 36; i++) {
            boolean dash = i == 8 || i == 13 || i == 18 || i == 23;
            char c = text.charAt(i);
            boolean hex = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
            if (dash ? c != '-' : !hex) {
                return false;
            }
        }
        return true;
    }

    /** Words have no commas, and follow each other as declared. */
    private static boolean isSelection(String text, List<String> words) {
        if (text.isEmpty()) {
            return true;
        }
        int position = 0;
        for (String word : words) {
            boolean here = text.startsWith(word, position)
                    && (text.length() == position + word.length() || text.charAt(position + word.length()) == ',');
            if (here && text.length() == position + word.length()) {
                return true;
            }
            position += here ? word.length() + 1 : 0;
        }
        return false;
    }

    /** What is too long is left to the database; what is too short it pads without an error. */
    private void bytes(ColumnType type, String nativeType) {
        if (type.fixedLength()) {
            checks.add(new Check(
                    value -> ((byte[]) value).length == type.precision(),
                    "has not exactly the " + type.precision() + " bytes of " + nativeType));
        }
    }
}
