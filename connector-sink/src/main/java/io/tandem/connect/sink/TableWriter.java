package io.tandem.connect.sink;

import io.tandem.connect.aggregate.Aggregate;
import io.tandem.connect.aggregate.Aggregate.Child;
import io.tandem.connect.aggregate.AggregateKey;
import io.tandem.connect.aggregate.Column;
import io.tandem.connect.aggregate.Row;
import io.tandem.connect.aggregate.RowShape;
import io.tandem.connect.database.AggregateLocks;
import io.tandem.connect.database.AggregateTables;
import io.tandem.connect.database.dialect.BulkDialect;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.connect.errors.ConnectException;
import org.jspecify.annotations.Nullable;

/**
 * Writes rows of one table in bulk and finds out what their children have to refer to: values that the incoming data or
 * the stored row has, or that the database has just made up, which are read back by key for the whole batch at once.
 * Immutable and thread-safe.
 */
final class TableWriter {

    private final BulkDialect bulk;
    private final AggregateTables tables;
    private final RowShape storedShape;
    private final List<Column> foreignKey;
    private final List<Column> storedKey;
    private final List<Column> identity;
    private final List<Column> referenced;
    private final int @Nullable [] parentReferences;
    private final int[] storedKeyAt;
    private final RowShape readBack;

    private TableWriter(
            BulkDialect bulk,
            AggregateTables tables,
            RowShape storedShape,
            List<Column> foreignKey,
            List<Column> storedKey,
            List<Column> identity,
            List<Column> referenced,
            int @Nullable [] parentReferences) {
        this.bulk = bulk;
        this.tables = tables;
        this.storedShape = storedShape;
        this.foreignKey = foreignKey;
        this.storedKey = storedKey;
        this.identity = identity;
        this.referenced = referenced;
        this.parentReferences = parentReferences;
        this.storedKeyAt = storedShape.positions(storedKey);
        this.readBack = new RowShape(
                storedShape.table(),
                Stream.concat(identity.stream(), referenced.stream()).distinct().toList());
    }

    static TableWriter ofRoot(BulkDialect bulk, AggregateTables tables, Aggregate aggregate, AggregateLocks locks) {
        return new TableWriter(
                bulk,
                tables,
                locks.rootColumns(),
                List.of(),
                aggregate.key(),
                aggregate.key(),
                aggregate.referenced(Aggregate.ROOT),
                null);
    }

    static TableWriter ofChild(
            BulkDialect bulk, AggregateTables tables, Aggregate aggregate, AggregateLocks locks, int place) {
        Child child = aggregate.children().get(place);
        List<Column> ofParent = aggregate.referenced(child.parent());
        return new TableWriter(
                bulk,
                tables,
                locks.childColumns(place),
                child.foreignKey(),
                child.primaryKey(),
                Stream.concat(child.foreignKey().stream(), child.siblingKey().stream())
                        .toList(),
                aggregate.referenced(place),
                child.references().stream().mapToInt(ofParent::indexOf).toArray());
    }

    /** Updates what is stored, inserts the rest. */
    void write(Connection connection, Map<RowShape, List<PlannedRow>> rows) throws SQLException {
        for (Map.Entry<RowShape, List<PlannedRow>> entry : rows.entrySet()) {
            update(connection, entry.getKey(), entry.getValue());
        }
        for (Map.Entry<RowShape, List<PlannedRow>> entry : rows.entrySet()) {
            insert(connection, entry.getKey(), entry.getValue());
        }
        for (Map.Entry<RowShape, List<PlannedRow>> entry : rows.entrySet()) {
            findReferences(connection, entry.getKey(), entry.getValue());
        }
    }

    private RowShape shape(List<List<Column>> columns) {
        return new RowShape(
                storedShape.table(),
                columns.stream().flatMap(List::stream).distinct().toList());
    }

    /** The key that a row has stays what it is, also where the incoming data has another one. */
    private void update(Connection connection, RowShape incoming, List<PlannedRow> rows) throws SQLException {
        RowLayout layout = RowLayout.of(
                shape(List.of(storedKey, foreignKey, incoming.columns())),
                List.of(foreignKey, storedKey, incoming.columns()));
        List<Row> updates = new ArrayList<>();
        for (PlannedRow row : rows) {
            Row before = row.stored();
            if (before != null) {
                updates.add(layout.known(parent(row), storedKey(before), row.values()));
            }
        }
        if (!updates.isEmpty()) {
            bulk.update(connection, storedShape.table(), layout.shape().columns(), storedKey, updates);
        }
    }

    private Row storedKey(Row stored) {
        return new Row(stored.values(storedKeyAt).toArray());
    }

    private void insert(Connection connection, RowShape incoming, List<PlannedRow> rows) throws SQLException {
        RowLayout layout =
                RowLayout.of(shape(List.of(foreignKey, incoming.columns())), List.of(foreignKey, incoming.columns()));
        List<Row> inserts = new ArrayList<>();
        for (PlannedRow row : rows) {
            if (row.stored() == null) {
                inserts.add(layout.known(parent(row), row.values()));
            }
        }
        if (!inserts.isEmpty()) {
            bulk.insert(connection, storedShape.table(), layout.shape().columns(), inserts);
        }
    }

    /** The values of the foreign key. */
    private Row parent(PlannedRow row) {
        return parentReferences == null
                ? new Row()
                : new Row(row.parentReferences().values(parentReferences).toArray());
    }

    private void findReferences(Connection connection, RowShape incoming, List<PlannedRow> rows) throws SQLException {
        if (referenced.isEmpty()) {
            return;
        }
        RowLayout inserted = RowLayout.of(shape(List.of(referenced)), List.of(foreignKey, incoming.columns()));
        RowLayout updated = RowLayout.of(
                shape(List.of(referenced)), List.of(foreignKey, storedKey, incoming.columns(), storedShape.columns()));
        RowLayout key = RowLayout.of(shape(List.of(identity)), List.of(foreignKey, incoming.columns()));
        Map<AggregateKey, PlannedRow> unknown = new LinkedHashMap<>();
        for (PlannedRow row : rows) {
            if (row.hasChildren()) {
                Row parent = parent(row);
                Row stored = row.stored();
                Row references = stored == null
                        ? inserted.row(parent, row.values())
                        : updated.row(parent, storedKey(stored), row.values(), stored);
                if (references == null) {
                    unknown.put(RowLayout.key(key.known(parent, row.values())), row);
                } else {
                    row.written(references);
                }
            }
        }
        if (!unknown.isEmpty()) {
            readBack(connection, unknown);
        }
    }

    private void readBack(Connection connection, Map<AggregateKey, PlannedRow> unknown) throws SQLException {
        int[] identityAt = readBack.positions(identity);
        int[] referencedAt = readBack.positions(referenced);
        Map<AggregateKey, Row> found = new HashMap<>();
        for (Row row : tables.rows(connection, readBack, identity, List.copyOf(unknown.keySet()))) {
            found.put(
                    RowShape.key(row, identityAt),
                    new Row(row.values(referencedAt).toArray()));
        }
        unknown.forEach((key, row) -> {
            Row references = found.get(key);
            if (references == null) {
                throw new ConnectException("the row of " + readBack.table() + " with the key " + key
                        + ", just written, is not found by that key, so its children cannot refer to it; does a trigger "
                        + "or the column's type change the key's spelling?");
            }
            row.written(references);
        });
    }

    /** Deletes stored rows. */
    void delete(Connection connection, List<Row> stored) throws SQLException {
        if (!stored.isEmpty()) {
            List<Row> keys = stored.stream().map(this::storedKey).toList();
            bulk.delete(connection, storedShape.table(), storedKey, keys);
        }
    }
}
