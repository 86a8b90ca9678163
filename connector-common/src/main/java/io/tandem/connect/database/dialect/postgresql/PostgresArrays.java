package io.tandem.connect.database.dialect.postgresql;

import static java.util.Objects.requireNonNull;

import io.tandem.connect.aggregate.ColumnType;
import io.tandem.connect.database.dialect.UnreadableValue;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the text form of a one-dimensional array, {@code {a,"b c",NULL}}. The driver's own arrays lose the bounds, and
 * take dates before 1582 for Julian ones.
 */
final class PostgresArrays {

    private static final int SIZE_OF_ZONE = "+00".length();

    private final String text;
    private final ColumnType element;
    private int position = 1;

    private PostgresArrays(String text, ColumnType element) {
        this.text = text;
        this.element = element;
    }

    /** @throws UnreadableValue if it is not one list of values that starts at 1 */
    static List<@Nullable Object> read(String text, ColumnType type) {
        if (text.startsWith("[")) {
            throw new UnreadableValue("is an array that does not start at 1");
        }
        return new PostgresArrays(text, requireNonNull(type.element())).elements();
    }

    private List<@Nullable Object> elements() {
        List<@Nullable Object> values = new ArrayList<>();
        while (text.charAt(position) != '}') {
            switch (text.charAt(position)) {
                case '{' -> throw new UnreadableValue("is an array of more than one dimension");
                case ',' -> position++;
                case '"' -> values.add(value(quoted()));
                default -> values.add(bare());
            }
        }
        return Collections.unmodifiableList(values);
    }

    private String quoted() {
        StringBuilder value = new StringBuilder();
        position++;
        while (text.charAt(position) != '"') {
            position += text.charAt(position) == '\\' ? 1 : 0;
            value.append(text.charAt(position++));
        }
        position++;
        return value.toString();
    }

    /** A text that reads NULL would stand in quotes. */
    private @Nullable Object bare() {
        int start = position;
        while (text.charAt(position) != ',' && text.charAt(position) != '}') {
            position++;
        }
        String value = text.substring(start, position);
        return value.equals("NULL") ? null : value(value);
    }

    private Object value(String value) {
        try {
            return switch (element.kind()) {
                case INT16 -> Short.valueOf(value);
                case INT32 -> Integer.valueOf(value);
                case INT64 -> Long.valueOf(value);
                case DECIMAL -> new BigDecimal(value);
                case FLOAT32 -> Float.valueOf(value);
                case FLOAT64 -> Double.valueOf(value);
                case BOOLEAN -> value.equals("t");
                case BYTES -> HexFormat.of().parseHex(value, "\\x".length(), value.length());
                case DATE -> LocalDate.parse(value);
                // without 24:00:00
                case TIME -> LocalTime.parse(value);
                case TIMESTAMP -> LocalDateTime.parse(iso(value));
                // the session's zone is UTC
                case INSTANT ->
                    LocalDateTime.parse(iso(value.substring(0, value.length() - SIZE_OF_ZONE)))
                            .toInstant(ZoneOffset.UTC);
                case STRING -> element.fixedLength() ? PostgresValues.withoutPadding(value) : value;
                case ARRAY -> throw new IllegalStateException("an array of arrays");
            };
        } catch (NumberFormatException e) {
            throw new UnreadableValue("has an element that is NaN or infinite");
        } catch (DateTimeException e) {
            throw new UnreadableValue("has an element that is infinite, 24:00, or not in the years 1 to 9999");
        }
    }

    private static String iso(String value) {
        return value.replace(' ', 'T');
    }
}
