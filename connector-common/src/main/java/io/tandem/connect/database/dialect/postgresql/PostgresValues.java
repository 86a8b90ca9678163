package io.tandem.connect.database.dialect.postgresql;

import io.tandem.connect.aggregate.Column;
import io.tandem.connect.aggregate.ColumnType.Kind;
import io.tandem.connect.database.dialect.JdbcValues;
import io.tandem.connect.database.dialect.UnreadableValue;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How values are selected, read and written: what the driver would change or make up, exactly or not at all. */
final class PostgresValues {

    // what the driver gives as the server spells it; a cast of inet would add the mask
    private static final Set<String> AS_SPELLED = Set.of("text", "character varying", "bpchar", "inet");
    private static final String MONEY = "money";

    private PostgresValues() {}

    /** The driver has text forms of its own for some types, and changes them once it reads a statement in binary. */
    static String selected(String name, Column column) {
        Kind kind = column.type().kind();
        boolean foreign = kind == Kind.ARRAY || (kind == Kind.STRING && !AS_SPELLED.contains(column.castType()));
        // without the alias, ORDER BY would mean the text
        if (foreign) {
            return "CAST(" + name + " AS text) AS tandem_text";
        }
        return column.castType().equals(MONEY) ? "CAST(" + name + " AS numeric) AS tandem_number" : name;
    }

    /** SQL for a value of the column, made of its text form. */
    static String cast(String text, Column column) {
        // money as text depends on lc_monetary
        String source = column.castType().equals(MONEY) ? "CAST(" + text + " AS numeric)" : text;
        return "CAST(" + source + " AS " + column.castType() + ")";
    }

    static @Nullable Object read(ResultSet result, int index, Column column) throws SQLException {
        return switch (column.type().kind()) {
            case DECIMAL -> decimal(result, index);
            case DATE -> date(result.getObject(index, LocalDate.class));
            case TIME -> time(result.getObject(index, LocalTime.class));
            case TIMESTAMP -> timestamp(result.getObject(index, LocalDateTime.class));
            case INSTANT -> instant(result.getObject(index, OffsetDateTime.class));
            case ARRAY -> {
                String text = result.getString(index);
                yield text == null ? null : PostgresArrays.read(text, column.type());
            }
            case STRING -> {
                String text = result.getString(index);
                // the padding of char(n) is no data; MariaDB does not even return it
                yield text != null && column.type().fixedLength() ? withoutPadding(text) : text;
            }
            default -> JdbcValues.read(result, index, column.type());
        };
    }

    private static @Nullable BigDecimal decimal(ResultSet result, int index) throws SQLException {
        try {
            return result.getBigDecimal(index);
        } catch (SQLException e) {
            String text = result.getString(index);
            if (text != null && (text.equals("NaN") || text.endsWith("Infinity"))) {
                throw new UnreadableValue("is NaN or infinite");
            }
            throw e;
        }
    }

    private static @Nullable LocalDate date(@Nullable LocalDate date) {
        if (date != null && (date.equals(LocalDate.MAX) || date.equals(LocalDate.MIN))) {
            throw infinite();
        }
        return date;
    }

    /** The driver gives 24:00 as the last nanosecond of the day, which no column can hold. */
    private static @Nullable LocalTime time(@Nullable LocalTime time) {
        if (time != null && time.equals(LocalTime.MAX)) {
            throw new UnreadableValue("is 24:00:00, which is no time of day");
        }
        return time;
    }

    private static @Nullable LocalDateTime timestamp(@Nullable LocalDateTime time) {
        if (time == null) {
            return null;
        }
        if (time.equals(LocalDateTime.MAX) || time.equals(LocalDateTime.MIN)) {
            throw infinite();
        }
        return UnreadableValue.inMicros(time);
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        if (time == null) {
            return null;
        }
        if (time.equals(OffsetDateTime.MAX) || time.equals(OffsetDateTime.MIN)) {
            throw infinite();
        }
        return UnreadableValue.inMicros(time.toInstant());
    }

    static UnreadableValue infinite() {
        return new UnreadableValue("is infinity or -infinity, which no other database has");
    }

    static String withoutPadding(String text) {
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == ' ') {
            end--;
        }
        return text.substring(0, end);
    }
}
