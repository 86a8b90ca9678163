package io.tandem.connect.aggregate;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The values that identify one aggregate on this master, in the order of the key columns. Values are the Java values of
 * {@link ColumnType}, so that equal keys of the database are equal here. Immutable.
 *
 * @param values no null among them
 */
public record AggregateKey(List<Object> values) {

    public AggregateKey {
        values = List.copyOf(values);
    }

    /** Equal if all values are; byte arrays go by content. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof AggregateKey key && Arrays.deepEquals(values.toArray(), key.values.toArray());
    }

    @Override
    public int hashCode() {
        return Arrays.deepHashCode(values.toArray());
    }

    /** For people; keys, unlike row data, may be logged: {@code 4711} or {@code (4711, 2)}. */
    @Override
    public String toString() {
        return values.size() == 1
                ? text(values.get(0))
                : values.stream().map(AggregateKey::text).collect(Collectors.joining(", ", "(", ")"));
    }

    private static String text(Object value) {
        return value instanceof byte[] bytes ? HexFormat.of().formatHex(bytes) : value.toString();
    }
}
