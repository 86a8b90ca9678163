package io.tandem.connect.database.dialect.postgresql;

import java.math.BigDecimal;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Values in the text form that PostgreSQL's input functions read back exactly. */
final class PostgresText {

    private PostgresText() {}

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
        return value.toString();
    }
}
