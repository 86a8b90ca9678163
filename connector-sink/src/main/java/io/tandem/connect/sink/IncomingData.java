package io.tandem.connect.sink;

import io.tandem.connect.aggregate.Row;
import io.tandem.connect.aggregate.RowShape;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The data of an alignment record in the shape of this master's tables.
 *
 * @param rootShape which columns of the root the record carries; those that it lacks are left as they are
 * @param root the root row
 * @param children per child collection of the root, in their order: null if the record lacks the collection
 */
record IncomingData(RowShape rootShape, Row root, List<@Nullable IncomingRows> children) {

    /**
     * The rows of one child collection.
     *
     * @param shape which columns they carry, besides the foreign key: that is known when their parents are written
     * @param rows the whole set: rows of the same parent that are not among them are deleted
     */
    record IncomingRows(RowShape shape, List<IncomingRow> rows) {}

    /**
     * One row of a child collection.
     *
     * @param children per collection of this child, in their order: null if the record lacks the collection
     */
    record IncomingRow(Row values, List<@Nullable IncomingRows> children) {}
}
