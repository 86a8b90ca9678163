package io.tandem.connect.sink;

import io.tandem.connect.aggregate.AggregateKey;
import io.tandem.connect.aggregate.Column;
import io.tandem.connect.aggregate.Row;
import io.tandem.connect.aggregate.RowShape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes values for columns of a table from where they are known: from what a row refers to, from its stored state, from
 * the incoming data, in the order of the sources. Positions are looked up once. Immutable.
 */
final class RowLayout {

    private final RowShape shape;
    private final int[] source;
    private final int[] position;

    private RowLayout(RowShape shape, int[] source, int[] position) {
        this.shape = shape;
        this.source = source;
        this.position = position;
    }

    /**
     * A layout for the wanted columns. The sources are lists of columns; a column is taken from the first that has it.
     */
    static RowLayout of(RowShape wanted, List<List<Column>> sources) {
        int size = wanted.columns().size();
        int[] source = new int[size];
        int[] position = new int[size];
        Arrays.fill(source, -1);
        for (int i = 0; i < size; i++) {
            for (int from = 0; from < sources.size() && source[i] < 0; from++) {
                int found = sources.get(from).indexOf(wanted.columns().get(i));
                if (found >= 0) {
                    source[i] = from;
                    position[i] = found;
                }
            }
        }
        return new RowLayout(wanted, source, position);
    }

    RowShape shape() {
        return shape;
    }

    /** The row; null if a column is not known from any of these rows, of which those that do not exist are null. */
    @Nullable
    Row row(@Nullable Row... rows) {
        @Nullable Object[] values = new Object[source.length];
        for (int i = 0; i < values.length; i++) {
            Row from = source[i] < 0 ? null : rows[source[i]];
            if (from == null) {
                return null;
            }
            values[i] = from.get(position[i]);
        }
        return new Row(values);
    }

    /** The row, all of whose columns have to be known. */
    Row known(@Nullable Row... rows) {
        Row row = row(rows);
        if (row == null) {
            throw new IllegalStateException("not all columns of " + shape.table() + " are known");
        }
        return row;
    }

    /** The whole row as a key. */
    static AggregateKey key(Row row) {
        List<Object> values = new ArrayList<>(row.size());
        for (int i = 0; i < row.size(); i++) {
            values.add(row.required(i));
        }
        return new AggregateKey(values);
    }
}
