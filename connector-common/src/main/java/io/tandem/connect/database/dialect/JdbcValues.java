package io.tandem.connect.database.dialect;

import io.tandem.connect.aggregate.ColumnType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** Reads JDBC results in the Java classes of {@link ColumnType}, the way that JDBC says. */
public final class JdbcValues {

    private JdbcValues() {}

    /** The value at {@code index}, null for NULL. */
    public static @Nullable Object read(ResultSet result, int index, ColumnType type) throws SQLException {
        Object value = switch (type.kind()) {
            case INT16 -> result.getShort(index);
            case INT32 -> result.getInt(index);
            case INT64 -> result.getLong(index);
            case FLOAT32 -> result.getFloat(index);
            case FLOAT64 -> result.getDouble(index);
            case BOOLEAN -> result.getBoolean(index);
            case DECIMAL -> result.getBigDecimal(index);
            case STRING -> result.getString(index);
            case BYTES -> result.getBytes(index);
            case DATE -> result.getObject(index, LocalDate.class);
            case TIME -> result.getObject(index, LocalTime.class);
            case TIMESTAMP -> result.getObject(index, LocalDateTime.class);
            case ARRAY -> throw new IllegalArgumentException("JDBC reads arrays in each vendor's way");
            case INSTANT -> {
                OffsetDateTime instant = result.getObject(index, OffsetDateTime.class);
                yield instant == null ? null : instant.toInstant();
            }
        };
        return value == null || result.wasNull() ? null : value;
    }
}
