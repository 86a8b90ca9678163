package io.tandem.connect.database.dialect.postgresql;

import java.math.BigDecimal;
import java.time.temporal.Temporal;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Values in the text form that PostgreSQL's input functions read back exactly. */
final class PostgresText {

    private PostgresText() {}

    /** Years beyond four digits go without a sign, and those before the year 1 count backwards. */
    private static String iso(String text) {
        if (text.startsWith("+")) {
            return text.substring(1);
        }
        if (text.startsWith("-") || text.startsWith("0000-")) {
            int end = text.indexOf('-', 1);
            return String.format("%04d", Integer.parseInt(text.substring(1, end)) + 1) + text.substring(end) + " BC";
        }
        return text;
    }

    /** The text form; java.time's own ISO forms are what PostgreSQL reads. */
    static @Nullable String of(@Nullable Object value) {
        if (value == null) {
            return null;
        }
        if (value instanceof String text) {
            return text;
        }
        if (value instanceof BigDecimal decimal) {
            return decimal.toPlainString();
        }
        if (value instanceof byte[] bytes) {
            return "\\x" + HexFormat.of().formatHex(bytes);
        }
        if (value instanceof List<?> elements) {
            return array(elements);
        }
        return value instanceof Temporal ? iso(value.toString()) : value.toString();
    }

    /** All elements in quotes, so that none is taken for NULL or for syntax. */
    private static String array(List<?> elements) {
        StringBuilder text = new StringBuilder("{");
        for (Object element : elements) {
            text.append(text.length() == 1 ? "" : ",");
            String value = of(element);
            if (value == null) {
                text.append("NULL");
            } else {
                text.append('"')
                        .append(value.replace("\\", "\\\\").replace("\"", "\\\""))
                        .append('"');
            }
        }
        return text.append('}').toString();
    }
}
