package io.tandem.connect.check;

import io.tandem.connect.aggregate.Aggregate;
import io.tandem.connect.aggregate.Aggregate.Child;
import io.tandem.connect.aggregate.AggregateState;
import io.tandem.connect.aggregate.Column;
import io.tandem.connect.aggregate.Row;
import io.tandem.connect.aggregate.TableId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.jspecify.annotations.Nullable;

/** Compares the child rows of one parent row as a set, by the key that tells them apart there. Immutable. */
final class ChildComparison {

    private final TableId table;
    private final int collection;
    private final Field field;
    private final RowComparison rows;
    private final List<ColumnComparison> key = new ArrayList<>();
    private final @Nullable Trouble withoutKey;

    /**
     * @param place the child's place in the aggregate
     * @param collection the place among the collections of its parent
     * @param field where the parent that came back has its rows
     */
    ChildComparison(Aggregate aggregate, int place, int collection, Field field) {
        Child child = aggregate.children().get(place);
        this.table = child.table().id();
        this.collection = collection;
        this.field = field;
        this.rows = new RowComparison(aggregate, place, field.schema().valueSchema());
        Trouble missing = null;
        for (Column column : child.siblingKey()) {
            rows.column(column).ifPresent(key::add);
            if (missing == null && rows.column(column).isEmpty()) {
                missing = Trouble.withoutKey(table, child.name(), column);
            }
        }
        this.withoutKey = missing;
    }

    /** Adds what is wrong with the rows that came back. */
    void compare(AggregateState parent, Struct returned, Set<Trouble> into) {
        List<Struct> cameBack = returned.getArray(field.name());
        if (withoutKey != null) {
            if (!cameBack.isEmpty()) {
                into.add(withoutKey);
            }
            return;
        }
        Map<Row, AggregateState> missing = byKey(parent.children().get(collection));
        boolean told = false;
        for (Struct row : cameBack) {
            Row rowKey = key(row, into);
            if (rowKey == null) {
                told = true;
                continue;
            }
            AggregateState stored = missing.remove(rowKey);
            if (stored == null) {
                into.add(Trouble.added(table));
            } else {
                rows.compare(stored, row, into);
            }
        }
        // the row whose key can't be stored is one of those that seem to be missing
        if (!missing.isEmpty() && !told) {
            into.add(Trouble.lost(table));
        }
    }

    private Map<Row, AggregateState> byKey(List<AggregateState> stored) {
        int[] positions = key.stream().mapToInt(ColumnComparison::position).toArray();
        Map<Row, AggregateState> byKey = new HashMap<>();
        stored.forEach(state -> byKey.put(new Row(state.root().values(positions).toArray()), state));
        return byKey;
    }

    /** The key of a row that came back, null if it can't be stored. */
    private @Nullable Row key(Struct row, Set<Trouble> into) {
        @Nullable Object[] values = new Object[key.size()];
        for (int i = 0; i < values.length; i++) {
            ColumnComparison column = key.get(i);
            try {
                values[i] = column.read(row);
                if (values[i] == null) {
                    throw new DataException("is null, but belongs to the key of its row");
                }
            } catch (DataException e) {
                into.add(column.unfit(e));
                return null;
            }
        }
        return new Row(values);
    }
}
