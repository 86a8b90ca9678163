package io.tandem.connect.database.dialect.mariadb;

import io.tandem.connect.aggregate.ColumnType;
import io.tandem.connect.aggregate.ColumnType.Symbols;
import io.tandem.connect.database.dialect.JdbcValues;
import io.tandem.connect.database.dialect.UnreadableValue;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** Reads what the driver would change or make up, exactly or not at all. */
final class MariaDbValues {

    private static final long DAY = Duration.ofDays(1).toSeconds();

    private MariaDbValues() {}

    static @Nullable Object read(ResultSet result, int index, ColumnType type) throws SQLException {
        return switch (type.kind()) {
            case DATE -> date(result, index, LocalDate.class);
            case TIMESTAMP -> date(result, index, LocalDateTime.class);
            case INSTANT -> {
                LocalDateTime utc = date(result, index, LocalDateTime.class);
                yield utc == null ? null : utc.toInstant(ZoneOffset.UTC);
            }
            case TIME -> time(result.getObject(index, Duration.class));
            case STRING -> word(result.getString(index), type.symbols());
            default -> JdbcValues.read(result, index, type);
        };
    }

    /** The driver gives NULL for 0000-00-00, and for some other dates without a month or a day. */
    private static <T> @Nullable T date(ResultSet result, int index, Class<T> javaClass) throws SQLException {
        T date;
        try {
            date = result.getObject(index, javaClass);
        } catch (DateTimeException e) {
            date = null;
        } catch (SQLException e) {
            if (!(e.getCause() instanceof DateTimeException)) {
                throw e;
            }
            date = null;
        }
        if (date == null && result.getString(index) != null) {
            throw new UnreadableValue("is a date without a year, month or day, which no other database has");
        }
        return date;
    }

    /** MariaDB's TIME is a span of time as well; the driver would cut it down to a time of day. */
    private static @Nullable LocalTime time(@Nullable Duration time) {
        if (time == null) {
            return null;
        }
        if (time.isNegative() || time.toSeconds() >= DAY) {
            throw new UnreadableValue("is negative or has 24 hours or more, so it is no time of day");
        }
        return LocalTime.ofNanoOfDay(time.toNanos());
    }

    /** What a session that is not strict writes for a word that an ENUM has not. */
    private static @Nullable String word(@Nullable String text, @Nullable Symbols symbols) {
        if (text != null
                && text.isEmpty()
                && symbols != null
                && !symbols.several()
                && !symbols.words().contains(text)) {
            throw new UnreadableValue("is none of the words of the ENUM");
        }
        return text;
    }
}
