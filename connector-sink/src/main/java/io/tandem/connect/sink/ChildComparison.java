package io.tandem.connect.sink;

import io.tandem.connect.aggregate.Aggregate;
import io.tandem.connect.aggregate.Aggregate.Child;
import io.tandem.connect.aggregate.AggregateKey;
import io.tandem.connect.aggregate.Row;
import io.tandem.connect.aggregate.RowShape;
import io.tandem.connect.database.AggregateLocks;
import io.tandem.connect.sink.IncomingData.IncomingRow;
import io.tandem.connect.sink.IncomingData.IncomingRows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Compares stored and incoming rows of one child table. A row that is known by its primary key alone is found wherever it
 * is in its aggregate, so that it can move from one parent to another; any other is found among the rows of its parent.
 * Immutable: what is compared comes in as arguments.
 */
final class ChildComparison {

    private final Child child;
    private final int place;
    private final int collection;
    private final boolean refersToKey;
    private final int[] referenced;
    private final int[] foreignKey;
    private final int[] siblingKey;
    private final int[] primaryKey;

    ChildComparison(Aggregate aggregate, AggregateLocks locks, int place) {
        this.place = place;
        this.child = aggregate.children().get(place);
        int parent = child.parent();
        this.collection = Arrays.binarySearch(aggregate.childrenOf(parent), place);
        this.refersToKey = parent == Aggregate.ROOT && child.references().equals(aggregate.key());
        RowShape parentShape = parent == Aggregate.ROOT ? locks.rootColumns() : locks.childColumns(parent);
        this.referenced = parentShape.positions(child.references());
        RowShape shape = locks.childColumns(place);
        this.foreignKey = shape.positions(child.foreignKey());
        this.siblingKey = shape.positions(child.siblingKey());
        this.primaryKey = shape.positions(child.primaryKey());
    }

    /** Which stored rows of the parent table go, by what children refer to in them. */
    private Map<AggregateKey, Row> byReference(List<Row> parents) {
        Map<AggregateKey, Row> found = new HashMap<>();
        parents.forEach(row -> found.put(RowShape.key(row, referenced), row));
        return found;
    }

    /** Stored rows in the two ways in which they are looked for. */
    private record Stored(
            Map<AggregateKey, Map<AggregateKey, Row>> byParent, Map<AggregateKey, Map<AggregateKey, Row>> byAggregate) {

        Stored() {
            this(new HashMap<>(), new HashMap<>());
        }
    }

    private Stored stored(Iterable<AggregateKey> aggregates, StoredRows rows) {
        Stored stored = new Stored();
        for (AggregateKey aggregate : aggregates) {
            for (Row row : rows.children(place, aggregate)) {
                stored.byParent()
                        .computeIfAbsent(RowShape.key(row, foreignKey), key -> new HashMap<>())
                        .put(RowShape.key(row, siblingKey), row);
                if (child.isKnownByPrimaryKey()) {
                    stored.byAggregate()
                            .computeIfAbsent(aggregate, key -> new HashMap<>())
                            .put(RowShape.key(row, primaryKey), row);
                }
            }
        }
        return stored;
    }

    /**
     * Compares.
     *
     * @param aggregates all aggregates that may have stored rows here
     * @param parents the rows of the parent table that are written
     * @param gone the stored rows of the parent table that are deleted
     * @param goneAggregates those aggregates whose rows all go
     * @param parentPlan where parents are deleted, null if the parent is the root
     */
    ChildPlan compare(
            List<AggregateKey> aggregates,
            StoredRows rows,
            List<PlannedRow> parents,
            List<Row> gone,
            Set<AggregateKey> goneAggregates,
            @Nullable ChildPlan parentPlan) {
        Stored stored = stored(aggregates, rows);
        ChildPlan plan = new ChildPlan();
        Set<Row> kept = new HashSet<>();
        List<Row> candidates = new ArrayList<>();
        for (PlannedRow parent : parents) {
            IncomingRows incoming = parent.children(collection);
            if (incoming != null) {
                AggregateKey reference = storedReference(parent);
                Map<AggregateKey, Row> siblings =
                        reference == null ? Map.of() : stored.byParent().getOrDefault(reference, Map.of());
                candidates.addAll(siblings.values());
                match(parent, incoming, siblings, stored, plan, kept);
            }
        }
        Map<AggregateKey, Row> goneParents = byReference(gone);
        goneParents
                .keySet()
                .forEach(reference -> candidates.addAll(
                        stored.byParent().getOrDefault(reference, Map.of()).values()));
        goneAggregates.forEach(aggregate -> candidates.addAll(rows.children(place, aggregate)));
        candidates.stream().distinct().filter(row -> !kept.contains(row)).forEach(plan.deletes()::add);
        if (parentPlan != null && !goneParents.isEmpty()) {
            for (Row row : kept) {
                Row former = goneParents.get(RowShape.key(row, foreignKey));
                if (former != null) {
                    parentPlan.deleteLate(former);
                }
            }
        }
        return plan;
    }

    private @Nullable AggregateKey storedReference(PlannedRow parent) {
        Row row = parent.stored();
        if (refersToKey) {
            // also of a root that is not there: without a constraint its children may be
            return parent.aggregate();
        }
        return row == null ? null : RowShape.key(row, referenced);
    }

    private void match(
            PlannedRow parent,
            IncomingRows incoming,
            Map<AggregateKey, Row> siblings,
            Stored stored,
            ChildPlan plan,
            Set<Row> kept) {
        Map<AggregateKey, Row> present = child.isKnownByPrimaryKey()
                ? stored.byAggregate().getOrDefault(parent.aggregate(), Map.of())
                : siblings;
        int[] incomingKey =
                incoming.shape().positions(child.isKnownByPrimaryKey() ? child.primaryKey() : child.siblingKey());
        List<PlannedRow> writes = plan.writes(incoming.shape());
        for (IncomingRow row : incoming.rows()) {
            Row before = present.get(RowShape.key(row.values(), incomingKey));
            if (before != null) {
                kept.add(before);
            }
            writes.add(new PlannedRow(parent.aggregate(), parent, row.values(), row.children(), before));
        }
    }

    /** Postpones the deletion of parents of rows whose own deletion is postponed. */
    void postpone(ChildPlan plan, ChildPlan parentPlan, List<Row> goneParents) {
        if (!plan.lateDeletes().isEmpty()) {
            Map<AggregateKey, Row> byReference = byReference(goneParents);
            for (Row row : plan.lateDeletes()) {
                Row former = byReference.get(RowShape.key(row, foreignKey));
                if (former != null) {
                    parentPlan.deleteLate(former);
                }
            }
        }
    }
}
