package io.tandem.connect.database;

import io.tandem.connect.aggregate.Aggregate;
import io.tandem.connect.aggregate.Aggregate.Child;
import io.tandem.connect.aggregate.Aggregate.SoftDelete;
import io.tandem.connect.aggregate.AggregateKey;
import io.tandem.connect.aggregate.Column;
import io.tandem.connect.aggregate.Row;
import io.tandem.connect.aggregate.RowShape;
import io.tandem.connect.aggregate.TableId;
import io.tandem.connect.database.dialect.Dialect;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Locks the rows of aggregates without ever waiting: what somebody else holds is reported as busy. Stateless and
 * thread-safe.
 */
public final class AggregateLocks {

    private static final String WAIT_FOR_LOCK = " FOR UPDATE";

    private final KeyQueries queries;
    private final Aggregate aggregate;
    private final RowShape rootColumns;
    private final int[] rootKey;
    private final List<RowShape> childColumns;

    public AggregateLocks(Dialect dialect, Aggregate aggregate) {
        this.queries = new KeyQueries(dialect);
        this.aggregate = aggregate;
        this.rootColumns = shape(
                aggregate.root().id(),
                List.of(
                        aggregate.key(),
                        aggregate.referenced(Aggregate.ROOT),
                        aggregate.softDelete().map(SoftDelete::column).stream().toList()));
        this.rootKey = rootColumns.positions(aggregate.key());
        this.childColumns = IntStream.range(0, aggregate.children().size())
                .mapToObj(place -> {
                    Child child = aggregate.children().get(place);
                    return shape(
                            child.table().id(),
                            List.of(child.foreignKey(), child.primaryKey(), child.key(), aggregate.referenced(place)));
                })
                .toList();
    }

    private static RowShape shape(TableId table, List<List<Column>> columns) {
        return new RowShape(
                table, columns.stream().flatMap(List::stream).distinct().toList());
    }

    /**
     * The outcome of a lock-read.
     *
     * @param locked the rows that are locked now; each holds the columns asked for
     * @param busy the rows that exist but are held by somebody else
     */
    public record LockedRows(List<Row> locked, List<Row> busy) {}

    /** Locks root rows; the result's rows hold {@link #rootColumns}. A key in neither list has no root row. */
    public LockedRows lockRoots(Connection connection, List<AggregateKey> keys) throws SQLException {
        List<Row> locked = select(connection, rootColumns, aggregate.key(), keys, KeyQueries.LOCK_FREE_ROWS);
        Set<AggregateKey> missing = new HashSet<>(keys);
        locked.forEach(row -> missing.remove(RowShape.key(row, rootKey)));
        // a key has one row, so there is nothing more to find out about those that are locked
        return withBusy(
                locked, select(connection, rootColumns, aggregate.key(), List.copyOf(missing), KeyQueries.NO_LOCK));
    }

    /**
     * Locks the rows of a child table; the result's rows hold {@link #childColumns}.
     *
     * @param place the child's place
     * @param references what its foreign key refers to
     */
    public LockedRows lockChildren(Connection connection, int place, List<AggregateKey> references)
            throws SQLException {
        RowShape shape = childColumns.get(place);
        List<Column> foreignKey = aggregate.children().get(place).foreignKey();
        return withBusy(
                select(connection, shape, foreignKey, references, KeyQueries.LOCK_FREE_ROWS),
                select(connection, shape, foreignKey, references, KeyQueries.NO_LOCK));
    }

    /** What a locked root row holds: the aggregate's key, what children refer to, what says that it counts as deleted. */
    public RowShape rootColumns() {
        return rootColumns;
    }

    /** What a locked child row holds: its foreign key, its keys, what its own children refer to; each column once. */
    public RowShape childColumns(int place) {
        return childColumns.get(place);
    }

    private List<Row> select(
            Connection connection, RowShape shape, List<Column> keyColumns, List<AggregateKey> keys, String lock)
            throws SQLException {
        return keys.isEmpty()
                ? List.of()
                : queries.select(connection, shape.table(), shape.columns(), keyColumns, keys, lock);
    }

    private static LockedRows withBusy(List<Row> locked, List<Row> found) {
        Set<Row> held = new HashSet<>(locked);
        return new LockedRows(
                locked, found.stream().filter(row -> !held.contains(row)).toList());
    }

    /** Waits for the lock of one row, under the session's limit. Only allowed while no lock is held. */
    public void await(Connection connection, TableId table, List<Column> columns, AggregateKey key)
            throws SQLException {
        queries.select(connection, table, columns, columns, List.of(key), WAIT_FOR_LOCK);
    }
}
