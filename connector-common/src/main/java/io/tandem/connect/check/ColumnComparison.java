package io.tandem.connect.check;

import io.tandem.connect.aggregate.Column;
import io.tandem.connect.aggregate.TableId;
import io.tandem.connect.record.Coercion;
import io.tandem.connect.record.ColumnFit;
import io.tandem.connect.record.ColumnSchemas;
import io.tandem.connect.record.ValueConverter;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.jspecify.annotations.Nullable;

/** Compares the value of one column with the one that came back, in the column's own type. Immutable. */
final class ColumnComparison {

    private final TableId table;
    private final Column column;
    private final int position;
    private final Field field;
    private final ValueConverter converter;
    private final ColumnFit fit;
    private final Trouble different;

    /**
     * @param position where stored rows have the column
     * @param field where rows that come back have it
     * @throws DataException if no value of the field's type fits the column
     */
    ColumnComparison(TableId table, Column column, int position, Field field) {
        this.table = table;
        this.column = column;
        this.position = position;
        this.field = field;
        this.converter = Coercion.between(field.schema(), ColumnSchemas.schema(column));
        this.fit = ColumnFit.of(column);
        this.different = Trouble.different(table, column);
    }

    Column column() {
        return column;
    }

    /** Adds what is wrong with the value that came back. */
    void compare(@Nullable Object stored, Struct returned, Set<Trouble> into) {
        try {
            if (!isSame(stored, read(returned))) {
                into.add(different);
            }
        } catch (DataException e) {
            into.add(unfit(e));
        }
    }

    /** Where stored rows have the column. */
    int position() {
        return position;
    }

    /**
     * The value that came back, in the Java class of the column.
     *
     * @throws DataException if the column can't take it
     */
    @Nullable
    Object read(Struct returned) {
        Object value = ColumnSchemas.fromConnect(column.type(), converter.convert(returned.get(field)));
        fit.check(value);
        return value;
    }

    Trouble unfit(DataException reason) {
        return Trouble.unfit(table, column, reason);
    }

    private static boolean isSame(@Nullable Object stored, @Nullable Object returned) {
        // elements may be byte arrays
        if (stored instanceof List<?> left && returned instanceof List<?> right) {
            return Arrays.deepEquals(left.toArray(), right.toArray());
        }
        return Objects.deepEquals(stored, returned);
    }
}
