package io.tandem.connect.sink;

import io.tandem.connect.aggregate.Aggregate;
import io.tandem.connect.aggregate.Aggregate.Child;
import io.tandem.connect.aggregate.AggregateKey;
import io.tandem.connect.aggregate.Column;
import io.tandem.connect.aggregate.Row;
import io.tandem.connect.aggregate.RowShape;
import io.tandem.connect.aggregate.Table;
import io.tandem.connect.sink.IncomingData.IncomingRows;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.jspecify.annotations.Nullable;

/**
 * Reads the rows of an aggregate out of structs of one schema. The columns that hold the aggregate's key come from the
 * record's key; columns that the database generates are left to it. Immutable.
 */
final class DataReader {

    private final RowReader root;
    private final List<@Nullable ChildReader> children = new ArrayList<>();

    private record ChildReader(Field field, RowReader rows) {}

    DataReader(Aggregate aggregate, Schema schema, String who) {
        Set<String> childNames = new HashSet<>();
        for (Child child : aggregate.children()) {
            childNames.add(child.name());
            Field field = schema.field(child.name());
            children.add(field == null ? null : new ChildReader(field, childRows(child, field, who)));
        }
        this.root = new RowReader(aggregate.root(), aggregate.key(), schema, childNames, who);
    }

    private static RowReader childRows(Child child, Field field, String who) {
        if (field.schema().type() != Schema.Type.ARRAY
                || field.schema().valueSchema().type() != Schema.Type.STRUCT) {
            throw new DataException(who + ": the field " + child.name() + " is not an array of structs");
        }
        RowReader rows =
                new RowReader(child.table(), child.foreignKey(), field.schema().valueSchema(), Set.of(), who);
        for (Column column : child.primaryKey()) {
            if (!rows.shape().columns().contains(column)) {
                throw new DataException(who + ": the rows of " + child.name() + " lack " + column.name()
                        + ", a column of the primary key; map it");
            }
        }
        return rows;
    }

    IncomingData read(Struct data, AggregateKey key, String who) {
        List<@Nullable IncomingRows> rows = new ArrayList<>(children.size());
        for (ChildReader child : children) {
            rows.add(child == null ? null : readChildren(child, data, key, who));
        }
        return new IncomingData(root.shape(), root.read(data, key, who), rows);
    }

    private static IncomingRows readChildren(ChildReader child, Struct data, AggregateKey key, String who) {
        List<Row> rows = new ArrayList<>();
        if (data.get(child.field()) instanceof List<?> items) {
            for (Object item : items) {
                rows.add(child.rows().read((Struct) item, key, who));
            }
        }
        return new IncomingRows(child.rows().shape(), rows);
    }

    /** Reads rows of one table: first the columns of the aggregate's key, then those of the struct. */
    private static final class RowReader {

        private final RowShape shape;
        private final List<ColumnReader> columns = new ArrayList<>();

        RowReader(Table table, List<Column> key, Schema schema, Set<String> children, String who) {
            List<Column> present = new ArrayList<>(key);
            for (Field field : schema.fields()) {
                if (children.contains(field.name())) {
                    continue;
                }
                Column column = table.column(field.name())
                        .orElseThrow(() -> new DataException(who + ": the record has a field " + field.name()
                                + ", but the table " + table.id() + " has no such column"));
                if (!column.generated() && !key.contains(column)) {
                    present.add(column);
                    columns.add(new ColumnReader(table.id(), column, field, who));
                }
            }
            this.shape = new RowShape(table.id(), present);
        }

        RowShape shape() {
            return shape;
        }

        Row read(Struct struct, AggregateKey key, String who) {
            @Nullable Object[] values = new Object[shape.columns().size()];
            int next = 0;
            for (Object part : key.values()) {
                values[next++] = part;
            }
            for (ColumnReader column : columns) {
                values[next++] = column.read(struct, who);
            }
            return new Row(values);
        }
    }
}
