package io.tandem.connect.sink;

import io.tandem.connect.aggregate.Row;
import io.tandem.connect.aggregate.RowShape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What happens to the rows of one child table. Not thread-safe: belongs to one applying transaction.
 *
 * <p>Rows are deleted before anything is written, so that what they hold of unique values is free; a row that loses a
 * child to another row, however, only after that child has moved.
 */
final class ChildPlan {

    private final Map<RowShape, List<PlannedRow>> writes = new LinkedHashMap<>();
    private final List<Row> deletes = new ArrayList<>();
    private final List<Row> lateDeletes = new ArrayList<>();

    /** The rows of one shape of incoming data, to which more can be added. */
    List<PlannedRow> writes(RowShape shape) {
        return writes.computeIfAbsent(shape, same -> new ArrayList<>());
    }

    /** The rows to write, by what their incoming data carries. */
    Map<RowShape, List<PlannedRow>> writes() {
        return writes;
    }

    /** All rows to write. */
    List<PlannedRow> rows() {
        return writes.values().stream().flatMap(List::stream).toList();
    }

    /** Stored rows to delete before anything is written. */
    List<Row> deletes() {
        return deletes;
    }

    /** Stored rows to delete when everything is written. */
    List<Row> lateDeletes() {
        return lateDeletes;
    }

    /** Postpones a deletion. */
    void deleteLate(Row stored) {
        if (deletes.remove(stored)) {
            lateDeletes.add(stored);
        }
    }
}
