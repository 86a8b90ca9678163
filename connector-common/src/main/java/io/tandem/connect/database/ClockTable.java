package io.tandem.connect.database;

import io.tandem.clock.VectorClock;
import io.tandem.clock.Version;
import io.tandem.connect.aggregate.Aggregate;
import io.tandem.connect.aggregate.AggregateKey;
import io.tandem.connect.aggregate.Column;
import io.tandem.connect.aggregate.Row;
import io.tandem.connect.aggregate.TableId;
import io.tandem.connect.database.dialect.Dialect;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The versions of one aggregate's instances on this master. Only Tandem touches this table. Thread-safe. */
public final class ClockTable {

    private final Dialect dialect;
    private final KeyQueries queries;
    private final TableId table;
    private final List<Column> key;
    private final List<String> masters;
    private final String self;
    private final List<Column> columns;

    /**
     * @param masters the ids of all masters
     * @param self the master at hand
     */
    public ClockTable(Dialect dialect, Aggregate aggregate, List<String> masters, String self) {
        this.dialect = dialect;
        this.queries = new KeyQueries(dialect);
        this.table = aggregate.clockTable();
        this.key = ClockColumns.key(aggregate);
        this.masters = List.copyOf(masters);
        this.self = self;
        List<Column> all = new ArrayList<>(key);
        masters.forEach(master -> all.add(ClockColumns.counter(master)));
        all.addAll(List.of(ClockColumns.TIMESTAMP, ClockColumns.WRITER, ClockColumns.DELETED, ClockColumns.PUBLISHED));
        this.columns = List.copyOf(all);
    }

    /** Reads the rows of these keys; keys without a row are missing in the result. */
    public Map<AggregateKey, ClockRow> read(Connection connection, List<AggregateKey> keys) throws SQLException {
        return byKey(queries.select(connection, table, columns, key, keys, KeyQueries.NO_LOCK));
    }

    /** Reads and locks the rows of these keys; keys without a row, and rows that are locked, are missing. */
    public Map<AggregateKey, ClockRow> lock(Connection connection, List<AggregateKey> keys) throws SQLException {
        return byKey(queries.select(connection, table, columns, key, keys, KeyQueries.LOCK_FREE_ROWS));
    }

    /** Adds rows. One that is there already is an error of kind {@link ErrorKind#DUPLICATE_KEY}. */
    public void insert(Connection connection, Collection<ClockRow> rows) throws SQLException {
        if (!rows.isEmpty()) {
            dialect.bulk().insert(connection, table, columns, toRows(rows));
        }
    }

    /** Writes rows that exist and that the caller has locked. */
    public void update(Connection connection, Collection<ClockRow> rows) throws SQLException {
        if (!rows.isEmpty()) {
            dialect.bulk().update(connection, table, columns, key, toRows(rows));
        }
    }

    /** Notes which own counter of each aggregate Kafka has acknowledged; never lowers it. */
    public void acknowledge(Connection connection, Map<AggregateKey, Long> counters) throws SQLException {
        if (!counters.isEmpty()) {
            List<Row> rows = counters.entrySet().stream()
                    .map(entry -> row(entry.getKey(), entry.getValue()))
                    .toList();
            dialect.bulk().raise(connection, table, ClockColumns.PUBLISHED, key, rows);
        }
    }

    private static Row row(AggregateKey key, Long counter) {
        List<@Nullable Object> values = new ArrayList<>(key.values());
        values.add(counter);
        return new Row(values.toArray());
    }

    /**
     * Some keys whose own counter is not acknowledged yet. They are asked for in the order of the index on purpose:
     * PostgreSQL, which expects a third of all rows to be pending, would otherwise rather read the table.
     */
    public List<AggregateKey> pending(Connection connection, int limit, TaskShare share) throws SQLException {
        String mine = queries.share(key, share);
        String sql = "SELECT " + queries.selected(key) + " FROM " + dialect.quote(table) + " WHERE "
                + dialect.clocks().pendingCondition(self) + (mine.isEmpty() ? "" : " AND " + mine) + " ORDER BY "
                + queries.names(key)
                + " LIMIT " + limit;
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            return Keys.of(queries.select(statement, table, key));
        }
    }

    private Map<AggregateKey, ClockRow> byKey(List<Row> rows) {
        Map<AggregateKey, ClockRow> found = new HashMap<>();
        rows.forEach(row -> {
            ClockRow clockRow = toClockRow(row);
            found.put(clockRow.key(), clockRow);
        });
        return found;
    }

    private ClockRow toClockRow(Row row) {
        int next = key.size();
        Map<String, Long> counters = new HashMap<>();
        for (String master : masters) {
            counters.put(master, (Long) row.required(next++));
        }
        Version version =
                new Version(VectorClock.of(counters), (Long) row.required(next++), (String) row.required(next++));
        return new ClockRow(
                Keys.of(row, key.size()), version, (Boolean) row.required(next++), (Long) row.required(next));
    }

    private List<Row> toRows(Collection<ClockRow> rows) {
        return rows.stream().map(this::toRow).toList();
    }

    private Row toRow(ClockRow row) {
        List<@Nullable Object> values = new ArrayList<>(row.key().values());
        masters.forEach(master -> values.add(row.version().clock().counter(master)));
        values.add(row.version().timestampMicros());
        values.add(row.version().writer());
        values.add(row.deleted());
        values.add(row.published());
        return new Row(values.toArray());
    }
}
