package io.tandem.connect.sink;

import io.tandem.connect.aggregate.Aggregate;
import io.tandem.connect.aggregate.Aggregate.Child;
import io.tandem.connect.aggregate.AggregateKey;
import io.tandem.connect.aggregate.Column;
import io.tandem.connect.aggregate.Row;
import io.tandem.connect.aggregate.RowShape;
import io.tandem.connect.aggregate.TableId;
import io.tandem.connect.database.AggregateLocks;
import io.tandem.connect.database.dialect.BulkDialect;
import io.tandem.connect.database.dialect.Dialect;
import io.tandem.connect.sink.IncomingData.IncomingRows;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Writes the winners of a batch, every table in bulk. The order keeps foreign keys: children go before their roots are
 * deleted, and come after their roots are written.
 *
 * <p>Rows that were not there under lock are inserted, not upserted: if one has appeared meanwhile, that is an error of
 * kind DUPLICATE_KEY, and the batch is decided again with it in sight. Stateless and thread-safe.
 */
final class AggregateWriter {

    private final BulkDialect bulk;
    private final Aggregate aggregate;

    AggregateWriter(Dialect dialect, Aggregate aggregate) {
        this.bulk = dialect.bulk();
        this.aggregate = aggregate;
    }

    /** Rows of one shape, to be written by one statement. */
    private static final class Bulk {
        private final Map<RowShape, List<Row>> byShape = new LinkedHashMap<>();

        void add(RowShape shape, Row row) {
            byShape.computeIfAbsent(shape, same -> new ArrayList<>()).add(row);
        }
    }

    void write(Connection connection, List<Incoming> winners, Locked locked) throws SQLException {
        List<Child> children = aggregate.children();
        List<ChildChanges> changes = new ArrayList<>();
        for (int i = 0; i < children.size(); i++) {
            changes.add(changes(i, winners, locked));
        }
        for (int i = children.size() - 1; i >= 0; i--) {
            delete(connection, children.get(i), changes.get(i));
        }
        writeRoots(connection, winners, locked);
        for (int i = 0; i < children.size(); i++) {
            Child child = children.get(i);
            update(
                    connection,
                    child.table().id(),
                    child.primaryKey(),
                    changes.get(i).updates());
            insert(connection, child.table().id(), changes.get(i).inserts());
        }
    }

    private void writeRoots(Connection connection, List<Incoming> winners, Locked locked) throws SQLException {
        List<Row> deletes = new ArrayList<>();
        Bulk inserts = new Bulk();
        Bulk updates = new Bulk();
        for (Incoming incoming : winners) {
            IncomingData data = incoming.data();
            boolean exists = locked.roots().contains(incoming.key());
            if (data != null) {
                (exists ? updates : inserts).add(data.rootShape(), data.root());
            } else if (exists) {
                deletes.add(new Row(incoming.key().values().toArray()));
            }
        }
        TableId root = aggregate.root().id();
        if (!deletes.isEmpty()) {
            bulk.delete(connection, root, aggregate.key(), deletes);
        }
        update(connection, root, aggregate.key(), updates);
        insert(connection, root, inserts);
    }

    /**
     * What happens to the rows of one child table.
     *
     * @param deletes rows of {@link AggregateLocks#childColumns}
     */
    private record ChildChanges(List<Row> deletes, Bulk updates, Bulk inserts) {}

    private ChildChanges changes(int index, List<Incoming> winners, Locked locked) {
        Child child = aggregate.children().get(index);
        RowShape storedShape = AggregateLocks.childColumns(child);
        int[] storedKey = storedShape.positions(child.primaryKey());
        ChildChanges changes = new ChildChanges(new ArrayList<>(), new Bulk(), new Bulk());
        for (Incoming incoming : winners) {
            List<Row> stored = locked.children().get(index).getOrDefault(incoming.key(), List.of());
            IncomingData data = incoming.data();
            if (data == null) {
                changes.deletes().addAll(stored);
                continue;
            }
            IncomingRows rows = data.children().get(index);
            if (rows != null) {
                compare(child, stored, storedKey, rows, changes);
            }
        }
        return changes;
    }

    private static void compare(
            Child child, List<Row> stored, int[] storedKey, IncomingRows incoming, ChildChanges changes) {
        Set<AggregateKey> present = new HashSet<>();
        stored.forEach(row -> present.add(RowShape.key(row, storedKey)));
        Set<AggregateKey> wanted = new HashSet<>();
        int[] incomingKey = incoming.shape().positions(child.primaryKey());
        for (Row row : incoming.rows()) {
            AggregateKey key = RowShape.key(row, incomingKey);
            wanted.add(key);
            (present.contains(key) ? changes.updates() : changes.inserts()).add(incoming.shape(), row);
        }
        for (Row row : stored) {
            if (!wanted.contains(RowShape.key(row, storedKey))) {
                changes.deletes().add(row);
            }
        }
    }

    private void delete(Connection connection, Child child, ChildChanges changes) throws SQLException {
        if (!changes.deletes().isEmpty()) {
            int[] primaryKey = AggregateLocks.childColumns(child).positions(child.primaryKey());
            List<Row> keys = changes.deletes().stream()
                    .map(row -> new Row(row.values(primaryKey).toArray()))
                    .toList();
            bulk.delete(connection, child.table().id(), child.primaryKey(), keys);
        }
    }

    private void update(Connection connection, TableId table, List<Column> key, Bulk rows) throws SQLException {
        for (Map.Entry<RowShape, List<Row>> entry : rows.byShape.entrySet()) {
            bulk.update(connection, table, entry.getKey().columns(), key, entry.getValue());
        }
    }

    private void insert(Connection connection, TableId table, Bulk rows) throws SQLException {
        for (Map.Entry<RowShape, List<Row>> entry : rows.byShape.entrySet()) {
            bulk.insert(connection, table, entry.getKey().columns(), entry.getValue());
        }
    }
}
