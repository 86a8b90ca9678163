package io.tandem.connect.database;

import io.tandem.connect.aggregate.Aggregate;
import io.tandem.connect.aggregate.Aggregate.Child;
import io.tandem.connect.aggregate.AggregateKey;
import io.tandem.connect.aggregate.Column;
import io.tandem.connect.aggregate.Row;
import io.tandem.connect.aggregate.RowShape;
import io.tandem.connect.aggregate.TableId;
import io.tandem.connect.database.dialect.Dialect;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Locks the rows of aggregates without ever waiting: what somebody else holds is reported as busy. Stateless and
 * thread-safe.
 */
public final class AggregateLocks {

    private static final String WAIT_FOR_LOCK = " FOR UPDATE";

    private final KeyQueries queries;
    private final Aggregate aggregate;

    public AggregateLocks(Dialect dialect, Aggregate aggregate) {
        this.queries = new KeyQueries(dialect);
        this.aggregate = aggregate;
    }

    /**
     * The outcome of a lock-read.
     *
     * @param locked the rows that are locked now; each holds the columns asked for
     * @param busy the rows that exist but are held by somebody else
     */
    public record LockedRows(List<Row> locked, List<Row> busy) {}

    /** Locks root rows; the result's rows hold the aggregate's key. A key in neither list has no root row. */
    public LockedRows lockRoots(Connection connection, List<AggregateKey> keys) throws SQLException {
        return lock(connection, aggregate.root().id(), aggregate.key(), aggregate.key(), keys);
    }

    /** Locks the rows of a child table; the result's rows hold {@link #childColumns}. */
    public LockedRows lockChildren(Connection connection, Child child, List<AggregateKey> keys) throws SQLException {
        return lock(connection, child.table().id(), childColumns(child).columns(), child.foreignKey(), keys);
    }

    /** What a locked child row holds: the aggregate's key, then the primary key's columns that are not part of it. */
    public static RowShape childColumns(Child child) {
        List<Column> columns = new ArrayList<>(child.foreignKey());
        child.primaryKey().stream().filter(column -> !columns.contains(column)).forEach(columns::add);
        return new RowShape(child.table().id(), columns);
    }

    private LockedRows lock(
            Connection connection,
            TableId table,
            List<Column> columns,
            List<Column> keyColumns,
            List<AggregateKey> keys)
            throws SQLException {
        List<Row> locked = queries.select(connection, table, columns, keyColumns, keys, KeyQueries.LOCK_FREE_ROWS);
        List<Row> busy =
                new ArrayList<>(queries.select(connection, table, columns, keyColumns, keys, KeyQueries.NO_LOCK));
        Set<Row> held = new HashSet<>(locked);
        busy.removeIf(held::contains);
        return new LockedRows(locked, busy);
    }

    /** Waits for the lock of one row, under the session's limit. Only allowed while no lock is held. */
    public void await(Connection connection, TableId table, List<Column> columns, AggregateKey key)
            throws SQLException {
        queries.select(connection, table, columns, columns, List.of(key), WAIT_FOR_LOCK);
    }
}
