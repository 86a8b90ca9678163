package io.tandem.connect.sink;

import io.tandem.connect.aggregate.AggregateKey;
import io.tandem.connect.aggregate.Row;
import io.tandem.connect.sink.IncomingData.IncomingRows;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row that is going to be written, with the stored row that it becomes the new state of. Not thread-safe: belongs to one
 * applying transaction.
 */
final class PlannedRow {

    private final AggregateKey aggregate;
    private final @Nullable PlannedRow parent;
    private final Row values;
    private final List<@Nullable IncomingRows> children;
    private final @Nullable Row stored;
    private @Nullable Row references;

    /**
     * @param parent the row that it belongs to, null for a root
     * @param stored null if it is to be inserted
     */
    PlannedRow(
            AggregateKey aggregate,
            @Nullable PlannedRow parent,
            Row values,
            List<@Nullable IncomingRows> children,
            @Nullable Row stored) {
        this.aggregate = aggregate;
        this.parent = parent;
        this.values = values;
        this.children = children;
        this.stored = stored;
    }

    AggregateKey aggregate() {
        return aggregate;
    }

    Row values() {
        return values;
    }

    /** The rows of one collection right below; null if the record lacks it. */
    @Nullable
    IncomingRows children(int collection) {
        return children.get(collection);
    }

    boolean hasChildren() {
        return children.stream().anyMatch(rows -> rows != null && !rows.rows().isEmpty());
    }

    @Nullable
    Row stored() {
        return stored;
    }

    /** What the children of this row refer to, in the order of {@code Aggregate.referenced}; null as long as unknown. */
    @Nullable
    Row references() {
        return references;
    }

    void written(Row knownReferences) {
        references = knownReferences;
    }

    /** What the parent's children refer to: the parent is written before its children. */
    Row parentReferences() {
        if (parent == null || parent.references == null) {
            throw new IllegalStateException("the parent row is not written yet");
        }
        return parent.references;
    }
}
