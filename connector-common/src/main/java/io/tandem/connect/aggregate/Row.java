package io.tandem.connect.aggregate;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The values of one row, in the order of its {@link RowShape}. Immutable by convention: the array is not copied. */
public final class Row {

    private final @Nullable Object[] values;

    /** @param values one value per column of the shape, handed over to the row */
    public Row(@Nullable Object... values) {
        this.values = values;
    }

    /** The value at this position of the shape, null for NULL. */
    public @Nullable Object get(int position) {
        return values[position];
    }

    /**
     * The value at this position, which belongs to a key.
     *
     * @throws NullPointerException if it is NULL
     */
    public Object required(int position) {
        return Objects.requireNonNull(values[position], "a key column is NULL");
    }

    /** This row with further values at its end. */
    public Row with(List<? extends @Nullable Object> further) {
        @Nullable Object[] all = Arrays.copyOf(values, values.length + further.size());
        for (int i = 0; i < further.size(); i++) {
            all[values.length + i] = further.get(i);
        }
        return new Row(all);
    }

    /** How many columns the row has. */
    public int size() {
        return values.length;
    }

    /** The values at these positions, in their order. */
    public List<@Nullable Object> values(int[] positions) {
        @Nullable Object[] picked = new Object[positions.length];
        for (int i = 0; i < positions.length; i++) {
            picked[i] = values[positions[i]];
        }
        return Arrays.asList(picked);
    }

    /** Equal if all values are; byte arrays go by content. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Row row && Arrays.deepEquals(values, row.values);
    }

    @Override
    public int hashCode() {
        return Arrays.deepHashCode(values);
    }

    /** Shows no data: rows must not get into logs by accident. */
    @Override
    public String toString() {
        return "row of " + values.length + " columns";
    }
}
