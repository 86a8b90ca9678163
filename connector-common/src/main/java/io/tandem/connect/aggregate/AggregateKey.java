package io.tandem.connect.aggregate;

import java.util.List;
import java.util.stream.Collectors;

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

    /** For people; keys, unlike row data, may be logged: {@code 4711} or {@code (4711, 2)}. */
    @Override
    public String toString() {
        return values.size() == 1
                ? String.valueOf(values.get(0))
                : values.stream().map(String::valueOf).collect(Collectors.joining(", ", "(", ")"));
    }
}
