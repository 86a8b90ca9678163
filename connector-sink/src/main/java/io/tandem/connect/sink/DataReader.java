package io.tandem.connect.sink;

import io.tandem.connect.aggregate.Aggregate;
import io.tandem.connect.aggregate.Aggregate.Child;
import io.tandem.connect.aggregate.AggregateKey;
import io.tandem.connect.aggregate.Column;
import io.tandem.connect.aggregate.Row;
import io.tandem.connect.aggregate.RowShape;
import io.tandem.connect.aggregate.Table;
import io.tandem.connect.record.KeyText;
import io.tandem.connect.sink.IncomingData.IncomingRow;
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
 * record's key, those that refer to a parent come from the parent, whatever the struct says; columns that the database
 * computes are left to it. Immutable.
 */
final class DataReader {

    private final RowReader root;
    private final List<@Nullable ChildReader> children;

    DataReader(Aggregate aggregate, Schema schema, String who) {
        this.children = children(aggregate, Aggregate.ROOT, schema, who);
        this.root = new RowReader(
                aggregate.root(), aggregate.key(), Set.of(), schema, names(aggregate, Aggregate.ROOT), who);
    }

    private static Set<String> names(Aggregate aggregate, int place) {
        Set<String> names = new HashSet<>();
        for (int child : aggregate.childrenOf(place)) {
            names.add(aggregate.children().get(child).name());
        }
        return names;
    }

    private static List<@Nullable ChildReader> children(Aggregate aggregate, int place, Schema schema, String who) {
        List<@Nullable ChildReader> readers = new ArrayList<>();
        for (int child : aggregate.childrenOf(place)) {
            Field field = schema.field(aggregate.children().get(child).name());
            readers.add(field == null ? null : new ChildReader(aggregate, child, field, who));
        }
        return readers;
    }

    IncomingData read(Struct data, AggregateKey key, String who) {
        return new IncomingData(root.shape(), root.read(data, key.values(), who), read(children, data, who));
    }

    private static List<@Nullable IncomingRows> read(List<@Nullable ChildReader> readers, Struct struct, String who) {
        List<@Nullable IncomingRows> rows = new ArrayList<>(readers.size());
        for (ChildReader reader : readers) {
            rows.add(reader == null ? null : reader.read(struct, who));
        }
        return rows;
    }

    /** Reads one collection, with the collections below it. */
    private static final class ChildReader {

        private final Field field;
        private final String name;
        private final RowReader rows;
        private final int[] key;
        private final List<@Nullable ChildReader> children;

        ChildReader(Aggregate aggregate, int place, Field field, String who) {
            Child child = aggregate.children().get(place);
            if (field.schema().type() != Schema.Type.ARRAY
                    || field.schema().valueSchema().type() != Schema.Type.STRUCT) {
                throw new DataException(who + ": the field " + child.name()
                        + " is not an array of structs; expected one "
                        + "struct for each row of " + child.table().id() + "; correct the mapping, or what else writes "
                        + "to the topic");
            }
            Schema schema = field.schema().valueSchema();
            this.field = field;
            this.name = child.name();
            this.children = children(aggregate, place, schema, who);
            this.rows = new RowReader(
                    child.table(), List.of(), Set.copyOf(child.foreignKey()), schema, names(aggregate, place), who);
            for (Column column : child.siblingKey()) {
                if (!rows.shape().columns().contains(column)) {
                    throw new DataException(who + ": the rows of " + child.name() + " lack " + column.name()
                            + ", a column of " + (child.primaryKey().contains(column) ? "the primary key" : "their key")
                            + "; map it, or name other columns in aggregate.children." + child.name() + ".key");
                }
            }
            this.key = rows.shape().positions(child.siblingKey());
        }

        IncomingRows read(Struct parent, String who) {
            if (!(parent.get(field) instanceof List<?> items)) {
                throw new DataException(who + ": the field " + name + " is null; expected an array, an empty one where "
                        + "there are no rows. Nothing was deleted; correct the mapping, or what else writes to the "
                        + "topic");
            }
            List<IncomingRow> read = new ArrayList<>(items.size());
            Set<AggregateKey> keys = new HashSet<>();
            for (Object item : items) {
                if (!(item instanceof Struct struct)) {
                    throw new DataException(who + ": the array " + name + " has an element that is null; expected one "
                            + "struct for each row; correct the mapping, or what else writes to the topic");
                }
                Row row = rows.read(struct, List.of(), who);
                checkKey(row, who);
                // of two rows with one key only one could be written, and it would be chance which
                if (items.size() > 1 && !keys.add(RowShape.key(row, key))) {
                    throw new DataException(who + ": two rows of " + name + " have the key "
                            + KeyText.of(RowShape.key(row, key)) + "; expected each key once. Correct it on the master "
                            + "that wrote it, or name columns that tell its rows apart in aggregate.children." + name
                            + ".key");
                }
                read.add(new IncomingRow(row, DataReader.read(children, struct, who)));
            }
            return new IncomingRows(rows.shape(), read);
        }

        private void checkKey(Row row, String who) {
            for (int position : key) {
                if (row.get(position) == null) {
                    throw new DataException(who + ": a row of " + name + " has no "
                            + rows.shape().columns().get(position).name() + ", which is part of its key; correct the "
                            + "mapping, or what else writes to the topic");
                }
            }
        }
    }

    /** Reads rows of one table: first the columns whose values are given, then those of the struct. */
    private static final class RowReader {

        private final RowShape shape;
        private final List<ColumnReader> columns = new ArrayList<>();

        /**
         * @param given columns whose values do not come from the struct
         * @param ignored columns that are no part of the row
         */
        RowReader(
                Table table, List<Column> given, Set<Column> ignored, Schema schema, Set<String> children, String who) {
            List<Column> present = new ArrayList<>(given);
            for (Field field : schema.fields()) {
                if (children.contains(field.name())) {
                    continue;
                }
                Column column = table.column(field.name())
                        .orElseThrow(() -> new DataException(who + ": the record has a field " + field.name()
                                + ", but the table " + table.id() + " has no such column; take the column out of "
                                + "the mapping, or create it, and update the connector. Nothing is lost: the record "
                                + "stays in the topic"));
                if (!column.generated() && !given.contains(column) && !ignored.contains(column)) {
                    present.add(column);
                    columns.add(new ColumnReader(table.id(), column, field, who));
                }
            }
            this.shape = new RowShape(table.id(), present);
        }

        RowShape shape() {
            return shape;
        }

        Row read(Struct struct, List<Object> given, String who) {
            @Nullable Object[] values = new Object[shape.columns().size()];
            int next = 0;
            for (Object value : given) {
                values[next++] = value;
            }
            for (ColumnReader column : columns) {
                values[next++] = column.read(struct, who);
            }
            return new Row(values);
        }
    }
}
