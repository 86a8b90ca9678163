package io.tandem.connect.database.dialect.postgresql;

import io.tandem.connect.aggregate.Column;
import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How the values of a column travel to the server in an array: numbers, dates and the like as they are, everything else
 * as text that the statement casts. Immutable.
 *
 * @param element the type of the elements, as {@code int8}
 * @param isCast whether the statement has to cast the elements to the column's type
 */
record PostgresArgument(String element, boolean isCast) {

    /** Types whose arrays the server reads for less than a cast of each element costs. */
    private static final Map<String, String> ELEMENTS = Map.ofEntries(
            Map.entry("smallint", "int2"),
            Map.entry("integer", "int4"),
            Map.entry("bigint", "int8"),
            Map.entry("real", "float4"),
            Map.entry("double precision", "float8"),
            Map.entry("numeric", "numeric"),
            Map.entry("boolean", "bool"),
            Map.entry("date", "date"),
            Map.entry("timestamp without time zone", "timestamp"),
            Map.entry("timestamp with time zone", "timestamptz"),
            Map.entry("uuid", "uuid"));

    private static final String TEXT = "text";

    static PostgresArgument of(Column column) {
        String element = ELEMENTS.get(column.castType().toLowerCase(Locale.ROOT));
        return element == null ? new PostgresArgument(TEXT, true) : new PostgresArgument(element, false);
    }

    /** The parameter in a statement. */
    String placeholder() {
        return "CAST(? AS " + element + "[])";
    }

    /** The parameter's value. */
    <T> Array array(Connection connection, List<T> items, Function<T, @Nullable Object> value) throws SQLException {
        return connection.createArrayOf(element, element.equals("int8") ? longs(items, value) : texts(items, value));
    }

    /** The driver sends these in binary. */
    private static <T> @Nullable Object[] longs(List<T> items, Function<T, @Nullable Object> value) {
        @Nullable Long[] longs = new Long[items.size()];
        for (int i = 0; i < longs.length; i++) {
            longs[i] = (Long) value.apply(items.get(i));
        }
        return longs;
    }

    private static <T> @Nullable Object[] texts(List<T> items, Function<T, @Nullable Object> value) {
        @Nullable String[] texts = new String[items.size()];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = PostgresText.of(value.apply(items.get(i)));
        }
        return texts;
    }
}
