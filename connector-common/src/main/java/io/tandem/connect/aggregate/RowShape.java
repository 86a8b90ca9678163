package io.tandem.connect.aggregate;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Which columns of a table a row carries: a column that is not in the shape is absent, which is not the same as null.
 * Immutable; positions are looked up once per shape, not per row.
 */
public record RowShape(TableId table, List<Column> columns) {

    public RowShape {
        columns = List.copyOf(columns);
    }

    /**
     * The positions of columns in this shape.
     *
     * @throws IllegalArgumentException if the shape lacks one of them
     */
    public int[] positions(List<Column> wanted) {
        return wanted.stream()
                .mapToInt(column -> IntStream.range(0, columns.size())
                        .filter(i -> columns.get(i).name().equals(column.name()))
                        .findFirst()
                        .orElseThrow(() ->
                                new IllegalArgumentException("rows of " + table + " lack the column " + column.name())))
                .toArray();
    }

    /** The key that stands at these positions of a row. */
    public static AggregateKey key(Row row, int[] positions) {
        Object[] values = new Object[positions.length];
        for (int i = 0; i < positions.length; i++) {
            values[i] = row.required(positions[i]);
        }
        return AggregateKey.of(values);
    }
}
