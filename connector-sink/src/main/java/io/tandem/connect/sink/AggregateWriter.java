package io.tandem.connect.sink;

import io.tandem.connect.aggregate.Aggregate;
import io.tandem.connect.aggregate.Aggregate.RowReference;
import io.tandem.connect.aggregate.Aggregate.SoftDelete;
import io.tandem.connect.aggregate.AggregateKey;
import io.tandem.connect.aggregate.Column;
import io.tandem.connect.aggregate.Row;
import io.tandem.connect.aggregate.RowShape;
import io.tandem.connect.database.AggregateLocks;
import io.tandem.connect.database.AlignedAggregate;
import io.tandem.connect.database.ClockRow;
import io.tandem.connect.database.Clocks;
import io.tandem.connect.database.dialect.BulkDialect;
import io.tandem.connect.database.dialect.Dialect;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.connect.errors.ConnectException;

/**
 * Writes the winners of a batch, every table in bulk. The order keeps foreign keys: rows are deleted from the lowest
 * level up, and written from the root down, so that a row is there, with the key that its database may have made up, when
 * its children are written.
 *
 * <p>Rows that were not there under lock are inserted, not upserted: if one has appeared meanwhile, that is an error of
 * kind DUPLICATE_KEY, and the batch is decided again with it in sight. Stateless and thread-safe.
 */
final class AggregateWriter {

    private final Aggregate aggregate;
    private final AggregateLocks locks;
    private final Clocks clocks;
    private final List<Column> besideData;
    private final BulkDialect bulk;
    private final TableWriter rootWriter;
    private final List<TableWriter> childWriters;
    private final List<ChildComparison> comparisons;

    AggregateWriter(Dialect dialect, AlignedAggregate aligned, AggregateLocks locks) {
        this.aggregate = aligned.aggregate();
        this.locks = locks;
        this.clocks = aligned.clocks();
        this.besideData = clocks.besideData();
        this.bulk = dialect.bulk();
        this.rootWriter = TableWriter.ofRoot(bulk, aligned.tables(), aggregate, locks);
        this.childWriters = places().mapToObj(
                        place -> TableWriter.ofChild(bulk, aligned.tables(), aggregate, locks, place))
                .toList();
        this.comparisons = places().mapToObj(place -> new ChildComparison(aggregate, locks, place))
                .toList();
    }

    private IntStream places() {
        return IntStream.range(0, aggregate.children().size());
    }

    /** What happens to the root rows. */
    private record RootPlan(
            Map<RowShape, List<PlannedRow>> writes, List<AggregateKey> deletes, List<AggregateKey> marks) {

        List<PlannedRow> rows() {
            return writes.values().stream().flatMap(List::stream).toList();
        }
    }

    /**
     * What was written.
     *
     * @param references for each journal of rows, the rows that triggers would have noted
     * @param versions the aggregates whose version is written
     */
    record Written(List<Set<AggregateKey>> references, Set<AggregateKey> versions) {}

    /**
     * Writes.
     *
     * @param versions what each winner's version is afterwards; it is written with the root row if that is its place
     */
    Written write(
            Connection connection, List<Incoming> winners, Map<AggregateKey, ClockRow> versions, StoredRows stored)
            throws SQLException {
        RootPlan roots = planRoots(winners, versions, stored);
        List<ChildPlan> children = planChildren(winners, stored, roots);
        for (int place = children.size() - 1; place >= 0; place--) {
            childWriters.get(place).delete(connection, children.get(place).deletes());
        }
        delete(connection, roots.deletes());
        mark(connection, roots.marks());
        rootWriter.write(connection, roots.writes());
        for (int place = 0; place < children.size(); place++) {
            childWriters.get(place).write(connection, children.get(place).writes());
        }
        for (int place = children.size() - 1; place >= 0; place--) {
            childWriters.get(place).delete(connection, children.get(place).lateDeletes());
        }
        return new Written(
                references(winners, stored, roots, children),
                besideData.isEmpty()
                        ? Set.of()
                        : roots.rows().stream().map(PlannedRow::aggregate).collect(Collectors.toSet()));
    }

    private RootPlan planRoots(List<Incoming> winners, Map<AggregateKey, ClockRow> versions, StoredRows stored) {
        RootPlan plan = new RootPlan(new LinkedHashMap<>(), new ArrayList<>(), new ArrayList<>());
        Map<RowShape, RowShape> withVersion = new HashMap<>();
        for (Incoming incoming : winners) {
            AggregateKey key = incoming.key();
            IncomingData data = incoming.data();
            Row before = stored.roots().get(key);
            if (data != null) {
                Restored restored = stored.deleted().contains(key)
                        ? restore(key, data)
                        : new Restored(data.rootShape(), data.root());
                Row row = besideData.isEmpty()
                        ? restored.row()
                        : restored.row().with(clocks.valuesBesideData(Objects.requireNonNull(versions.get(key))));
                plan.writes()
                        .computeIfAbsent(
                                withVersion.computeIfAbsent(restored.shape(), this::withVersion),
                                shape -> new ArrayList<>())
                        .add(new PlannedRow(key, null, row, data.children(), before));
            } else if (before != null) {
                (aggregate.softDelete().isPresent() ? plan.marks() : plan.deletes()).add(key);
            }
        }
        return plan;
    }

    private RowShape withVersion(RowShape shape) {
        return besideData.isEmpty()
                ? shape
                : new RowShape(
                        shape.table(),
                        Stream.concat(shape.columns().stream(), besideData.stream())
                                .toList());
    }

    private record Restored(RowShape shape, Row row) {}

    /** A row that is marked as deleted lives again: the mark must go. */
    private Restored restore(AggregateKey key, IncomingData data) {
        SoftDelete softDelete = aggregate.softDelete().orElseThrow();
        if (data.rootShape().columns().contains(softDelete.column())) {
            return new Restored(data.rootShape(), data.root());
        }
        Object value = softDelete
                .restored()
                .orElseThrow(() -> new ConnectException("cannot apply " + key + ": its row in "
                        + aggregate.root().id() + " is marked as deleted, and the record does not carry "
                        + softDelete.column().name()
                        + "; map the column, or give its value for rows that live again as "
                        + "'aggregate.deleted.restored'"));
        List<Column> columns = new ArrayList<>(data.rootShape().columns());
        columns.add(softDelete.column());
        return new Restored(
                new RowShape(data.rootShape().table(), columns), data.root().with(List.of(value)));
    }

    private List<ChildPlan> planChildren(List<Incoming> winners, StoredRows stored, RootPlan roots) {
        List<AggregateKey> keys = winners.stream().map(Incoming::key).toList();
        Set<AggregateKey> gone = new HashSet<>();
        if (aggregate.softDelete().isEmpty()) {
            winners.stream().filter(Incoming::isDeleted).map(Incoming::key).forEach(gone::add);
        }
        List<ChildPlan> plans = new ArrayList<>();
        List<List<Row>> goneRows = new ArrayList<>();
        for (int place = 0; place < comparisons.size(); place++) {
            int parent = aggregate.children().get(place).parent();
            ChildPlan parentPlan = parent == Aggregate.ROOT ? null : plans.get(parent);
            ChildPlan plan = comparisons
                    .get(place)
                    .compare(
                            keys,
                            stored,
                            parentPlan == null ? roots.rows() : parentPlan.rows(),
                            parentPlan == null ? List.of() : goneRows.get(parent),
                            gone,
                            parentPlan);
            plans.add(plan);
            goneRows.add(List.copyOf(plan.deletes()));
        }
        for (int place = plans.size() - 1; place >= 0; place--) {
            int parent = aggregate.children().get(place).parent();
            if (parent != Aggregate.ROOT) {
                comparisons.get(place).postpone(plans.get(place), plans.get(parent), goneRows.get(parent));
            }
        }
        return plans;
    }

    private void delete(Connection connection, List<AggregateKey> keys) throws SQLException {
        if (!keys.isEmpty()) {
            List<Row> rows =
                    keys.stream().map(key -> new Row(key.values().toArray())).toList();
            bulk.delete(connection, aggregate.root().id(), aggregate.key(), rows);
        }
    }

    /** Marks roots as deleted; their children stay as they are. */
    private void mark(Connection connection, List<AggregateKey> keys) throws SQLException {
        if (!keys.isEmpty()) {
            SoftDelete softDelete = aggregate.softDelete().orElseThrow();
            List<Column> columns = new ArrayList<>(aggregate.key());
            columns.add(softDelete.column());
            List<Row> rows = keys.stream()
                    .map(key -> {
                        List<Object> values = new ArrayList<>(key.values());
                        values.add(softDelete.deleted());
                        return new Row(values.toArray());
                    })
                    .toList();
            bulk.update(connection, aggregate.root().id(), columns, aggregate.key(), rows);
        }
    }

    private List<Set<AggregateKey>> references(
            List<Incoming> winners, StoredRows stored, RootPlan roots, List<ChildPlan> children) {
        List<Set<AggregateKey>> all = new ArrayList<>();
        for (RowReference reference : aggregate.rowReferences()) {
            int place = reference.parent();
            boolean ofRoot = place == Aggregate.ROOT;
            int[] storedAt = (ofRoot ? locks.rootColumns() : locks.childColumns(place)).positions(reference.columns());
            List<Column> referenced = aggregate.referenced(place);
            int[] writtenAt =
                    reference.columns().stream().mapToInt(referenced::indexOf).toArray();
            Set<AggregateKey> references = new LinkedHashSet<>();
            for (Incoming winner : winners) {
                Row root = stored.roots().get(winner.key());
                List<Row> rows =
                        !ofRoot ? stored.children(place, winner.key()) : root == null ? List.of() : List.of(root);
                rows.forEach(row -> references.add(RowShape.key(row, storedAt)));
            }
            for (PlannedRow row : ofRoot ? roots.rows() : children.get(place).rows()) {
                Row written = row.references();
                if (written != null) {
                    references.add(RowShape.key(written, writtenAt));
                }
            }
            all.add(references);
        }
        return all;
    }
}
