package io.tandem.connect.database;

import io.tandem.connect.aggregate.AggregateKey;
import io.tandem.connect.aggregate.Column;
import io.tandem.connect.aggregate.Row;
import io.tandem.connect.aggregate.TableId;
import io.tandem.connect.database.dialect.BulkDialect;
import io.tandem.connect.database.dialect.BulkDialect.Condition;
import io.tandem.connect.database.dialect.Dialect;
import io.tandem.connect.database.dialect.UnreadableValue;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Selects rows by lists of keys, in as few statements as the dialect allows. Stateless and thread-safe. */
final class KeyQueries {

    /** Locks the rows; rows that somebody else holds are left out. */
    static final String LOCK_FREE_ROWS = " FOR UPDATE SKIP LOCKED";

    /** Locks nothing. */
    static final String NO_LOCK = "";

    private final Dialect dialect;
    private final BulkDialect bulk;

    KeyQueries(Dialect dialect) {
        this.dialect = dialect;
        this.bulk = dialect.bulk();
    }

    /** The rows of {@code table} whose {@code keyColumns} hold one of the keys. */
    List<Row> select(
            Connection connection,
            TableId table,
            List<Column> columns,
            List<Column> keyColumns,
            List<AggregateKey> keys,
            String suffix)
            throws SQLException {
        return select(connection, table, columns, keyColumns, keys, suffix, Integer.MAX_VALUE);
    }

    /**
     * As {@link #select(Connection, TableId, List, List, List, String)}, but no more than so many rows, whichever; see
     * {@link #atMost}.
     */
    List<Row> select(
            Connection connection,
            TableId table,
            List<Column> columns,
            List<Column> keyColumns,
            List<AggregateKey> keys,
            String suffix,
            int limit)
            throws SQLException {
        List<Row> rows = new ArrayList<>();
        String select = "SELECT " + selected(columns) + " FROM " + dialect.quote(table) + " WHERE ";
        for (int from = 0; from < keys.size() && rows.size() < limit; from += bulk.maxKeys()) {
            List<AggregateKey> part = keys.subList(from, Math.min(keys.size(), from + bulk.maxKeys()));
            Condition condition = bulk.keyIn(keyColumns, part);
            String end = (limit == Integer.MAX_VALUE ? "" : atMost(limit - rows.size(), keyColumns)) + suffix;
            try (PreparedStatement statement = connection.prepareStatement(select + condition.sql() + end)) {
                condition.binder().bind(statement, 1);
                read(statement, table, columns, keyColumns, rows);
            }
        }
        return rows;
    }

    /**
     * The end of a statement that has enough with so many rows, whichever.
     *
     * <p>They are asked for in the order of the key on purpose: PostgreSQL, which knows nothing yet about a journal that
     * has just been filled, takes it that a list of keys finds most rows, and would read the whole table for every batch.
     */
    String atMost(int rows, List<Column> keyColumns) {
        return " ORDER BY " + names(keyColumns) + " LIMIT " + rows;
    }

    /**
     * What a lock-read without waiting found.
     *
     * @param locked the keys whose rows are locked now
     * @param held the keys whose rows somebody else holds
     */
    record LockedKeys(Set<AggregateKey> locked, Set<AggregateKey> held) {}

    /** Locks the rows of these keys that nobody holds. */
    LockedKeys lockFree(Connection connection, TableId table, List<Column> key, List<AggregateKey> keys)
            throws SQLException {
        Set<AggregateKey> locked = Set.copyOf(Keys.of(select(connection, table, key, key, keys, LOCK_FREE_ROWS)));
        Set<AggregateKey> held = new HashSet<>(Keys.of(select(connection, table, key, key, keys, NO_LOCK)));
        held.removeAll(locked);
        return new LockedKeys(locked, held);
    }

    /** The rows of {@code table} that a statement without key list returns. */
    List<Row> select(PreparedStatement statement, TableId table, List<Column> columns) throws SQLException {
        List<Row> rows = new ArrayList<>();
        read(statement, table, columns, columns, rows);
        return rows;
    }

    private void read(
            PreparedStatement statement, TableId table, List<Column> columns, List<Column> key, List<Row> into)
            throws SQLException {
        try (ResultSet result = statement.executeQuery()) {
            while (result.next()) {
                @Nullable Object[] values = new Object[columns.size()];
                for (int i = 0; i < values.length; i++) {
                    try {
                        values[i] = bulk.read(result, i + 1, columns.get(i));
                    } catch (UnreadableValue e) {
                        throw new UnreadableRowException(
                                table, columns.get(i), keyOf(result, columns, key, columns.get(i)), e);
                    }
                }
                into.add(new Row(values));
            }
        }
    }

    /** What can be said about the key of a row that has an unreadable column, null if nothing. */
    private @Nullable AggregateKey keyOf(ResultSet result, List<Column> columns, List<Column> key, Column unreadable)
            throws SQLException {
        if (key.contains(unreadable) || !columns.containsAll(key)) {
            return null;
        }
        List<Object> values = new ArrayList<>(key.size());
        for (Column column : key) {
            Object value = bulk.read(result, columns.indexOf(column) + 1, column);
            if (value == null) {
                return null;
            }
            values.add(value);
        }
        return new AggregateKey(values);
    }

    /** The columns as {@link #select} wants them, joined by commas. */
    String selected(List<Column> columns) {
        return columns.stream().map(bulk::selected).collect(Collectors.joining(", "));
    }

    /** The columns' quoted names, joined by commas. */
    String names(List<Column> columns) {
        return columns.stream().map(column -> dialect.quote(column.name())).collect(Collectors.joining(", "));
    }

    /** A condition for the keys of a task, empty if one task has them all. */
    String share(List<Column> keyColumns, TaskShare share) {
        if (share.tasks() == 1) {
            return "";
        }
        List<String> quoted =
                keyColumns.stream().map(column -> dialect.quote(column.name())).toList();
        return "MOD(" + bulk.hash(quoted) + ", " + share.tasks() + ") = " + share.task();
    }
}
