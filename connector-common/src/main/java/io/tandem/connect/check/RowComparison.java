package io.tandem.connect.check;

import io.tandem.connect.aggregate.Aggregate;
import io.tandem.connect.aggregate.AggregateState;
import io.tandem.connect.aggregate.Column;
import io.tandem.connect.aggregate.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;

/**
 * Compares a stored row and the rows below it with what came back. Left out is what a sink would not write either:
 * columns and child tables that did not come back since no rule writes them, columns that the database computes, and
 * those that refer to the parent. Worked out once per schema; immutable.
 */
final class RowComparison {

    private final List<ColumnComparison> columns = new ArrayList<>();
    private final List<ChildComparison> children = new ArrayList<>();

    /**
     * @param place the table's place in the aggregate
     * @param returned the schema of the rows that come back
     * @throws DataException if a column can take no value of its field's type
     */
    RowComparison(Aggregate aggregate, int place, Schema returned) {
        Table table = aggregate.table(place);
        List<Column> parent = place == Aggregate.ROOT
                ? List.of()
                : aggregate.children().get(place).foreignKey();
        for (int i = 0; i < table.columns().size(); i++) {
            Column column = table.columns().get(i);
            Field field = returned.field(column.name());
            if (field != null && !column.generated() && !parent.contains(column)) {
                columns.add(new ColumnComparison(table.id(), column, i, field));
            }
        }
        int[] below = aggregate.childrenOf(place);
        for (int i = 0; i < below.length; i++) {
            Field field = returned.field(aggregate.children().get(below[i]).name());
            if (field != null) {
                children.add(new ChildComparison(aggregate, below[i], i, field));
            }
        }
    }

    /** The comparison of a column, empty if it did not come back. */
    Optional<ColumnComparison> column(Column wanted) {
        return columns.stream()
                .filter(one -> one.column().name().equals(wanted.name()))
                .findFirst();
    }

    /** Adds what is wrong with the row that came back and the rows below it. */
    void compare(AggregateState stored, Struct returned, Set<Trouble> into) {
        for (ColumnComparison column : columns) {
            column.compare(stored.root().get(column.position()), returned, into);
        }
        for (ChildComparison child : children) {
            child.compare(stored, returned, into);
        }
    }
}
