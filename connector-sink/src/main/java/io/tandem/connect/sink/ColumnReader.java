package io.tandem.connect.sink;

import io.tandem.connect.aggregate.Column;
import io.tandem.connect.aggregate.TableId;
import io.tandem.connect.record.Coercion;
import io.tandem.connect.record.ColumnFit;
import io.tandem.connect.record.ColumnSchemas;
import io.tandem.connect.record.ValueConverter;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.jspecify.annotations.Nullable;

/** Takes the value of one field for one column, exactly or not at all. Immutable. */
final class ColumnReader {

    private final TableId table;
    private final Column column;
    private final Field field;
    private final ValueConverter converter;
    private final ColumnFit fit;

    /** @throws DataException if no value of the field's type fits the column */
    ColumnReader(TableId table, Column column, Field field, String who) {
        this.table = table;
        this.column = column;
        this.field = field;
        this.fit = ColumnFit.of(column);
        try {
            this.converter = Coercion.between(field.schema(), ColumnSchemas.schema(column));
        } catch (DataException e) {
            throw new DataException(
                    who + ": column " + column.name() + " of " + table + ": " + e.getMessage()
                            + "; correct the mapping, or what else writes to the topic",
                    e);
        }
    }

    Column column() {
        return column;
    }

    @Nullable
    Object read(Struct struct, String who) {
        try {
            Object value = ColumnSchemas.fromConnect(column.type(), converter.convert(struct.get(field)));
            fit.check(value);
            return value;
        } catch (DataException e) {
            throw new DataException(
                    who + ": column " + column.name() + " of " + table + ": the value " + e.getMessage()
                            + "; nothing was written. Correct it on the master that wrote it, or widen the column, and "
                            + "restart the task",
                    e);
        }
    }
}
