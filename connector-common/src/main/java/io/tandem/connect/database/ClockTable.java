package io.tandem.connect.database;

import io.tandem.connect.aggregate.Aggregate;
import io.tandem.connect.aggregate.AggregateKey;
import io.tandem.connect.aggregate.Clocking;
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
import java.util.Set;
import org.jdbi.v3.core.HandleCallback;
import org.jspecify.annotations.Nullable;

/** Versions in a table of their own. Only Tandem touches it, or an application that stamps its writes itself. Thread-safe. */
final class ClockTable implements Clocks {

    private final Dialect dialect;
    private final KeyQueries queries;
    private final TableId table;
    private final List<Column> key;
    private final VersionColumns version;
    private final String self;
    private final List<Column> columns;
    private final boolean stampedByOthers;
    private final String aggregate;

    /**
     * @param masters the ids of all masters
     * @param self the master at hand
     */
    ClockTable(Dialect dialect, Aggregate aggregate, List<String> masters, String self) {
        this.dialect = dialect;
        this.queries = new KeyQueries(dialect);
        this.table = aggregate.clockTable();
        this.key = ClockColumns.key(aggregate);
        this.version = new VersionColumns(masters);
        this.self = self;
        this.aggregate = aggregate.name();
        this.stampedByOthers = !aggregate.clocking().equals(Clocking.DEFAULT);
        this.columns = ClockColumns.ofTable(aggregate, masters);
    }

    @Override
    public Map<AggregateKey, ClockRow> read(Connection connection, List<AggregateKey> keys) throws SQLException {
        return byKey(queries.select(connection, table, columns, key, keys, KeyQueries.NO_LOCK));
    }

    @Override
    public Map<AggregateKey, ClockRow> lock(Connection connection, List<AggregateKey> keys) throws SQLException {
        return byKey(queries.select(connection, table, columns, key, keys, KeyQueries.LOCK_FREE_ROWS));
    }

    @Override
    public void insert(Connection connection, Collection<ClockRow> rows) throws SQLException {
        if (!rows.isEmpty()) {
            dialect.bulk().insert(connection, table, columns, toRows(rows));
        }
    }

    @Override
    public void update(Connection connection, Collection<ClockRow> rows) throws SQLException {
        if (!rows.isEmpty()) {
            dialect.bulk().update(connection, table, columns, key, toRows(rows));
        }
    }

    @Override
    public Set<AggregateKey> acknowledge(Connection connection, Map<AggregateKey, Long> counters) throws SQLException {
        if (counters.isEmpty()) {
            return Set.of();
        }
        Map<AggregateKey, Long> saved = new HashMap<>(counters);
        if (stampedByOthers) {
            saved.keySet()
                    .removeAll(queries.lockFree(connection, table, key, List.copyOf(counters.keySet()))
                            .held());
        }
        dialect.bulk().raise(connection, table, ClockColumns.PUBLISHED, key, rows(saved));
        return saved.keySet();
    }

    /** Keys and their counters as rows. */
    static List<Row> rows(Map<AggregateKey, Long> counters) {
        List<Row> rows = new ArrayList<>(counters.size());
        counters.forEach((key, counter) -> {
            List<@Nullable Object> values = new ArrayList<>(key.values());
            values.add(counter);
            rows.add(new Row(values.toArray()));
        });
        return rows;
    }

    /**
     * They are asked for in the order of the index on purpose: PostgreSQL, which expects a third of all rows to be pending, would otherwise rather read the table.
     */
    @Override
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

    @Override
    public List<Column> besideData() {
        return List.of();
    }

    @Override
    public List<@Nullable Object> valuesBesideData(ClockRow row) {
        return List.of();
    }

    @Override
    public void writtenBesideData(Connection connection, Collection<AggregateKey> keys) {
        // no version is
    }

    @Override
    public Set<AggregateKey> stampedOver(Connection connection, Collection<ClockRow> written) {
        return Set.of();
    }

    @Override
    public boolean areStampedByOthers() {
        return stampedByOthers;
    }

    @Override
    public <T> T inTransaction(Database database, HandleCallback<T, SQLException> work) {
        return stampedByOthers ? StampedTransaction.run(database, aggregate, work) : database.inTransaction(work);
    }

    /** Deletes the rows of these keys; those that are not there are none of its business. */
    void delete(Connection connection, Collection<AggregateKey> keys) throws SQLException {
        if (!keys.isEmpty()) {
            List<Row> rows =
                    keys.stream().map(one -> new Row(one.values().toArray())).toList();
            dialect.bulk().delete(connection, table, key, rows);
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
        int next = key.size() + version.size();
        return new ClockRow(
                Keys.of(row, key.size()), version.read(row, key.size()), (Boolean) row.required(next), (Long)
                        row.required(next + 1));
    }

    private List<Row> toRows(Collection<ClockRow> rows) {
        return rows.stream().map(this::toRow).toList();
    }

    private Row toRow(ClockRow row) {
        List<@Nullable Object> values = new ArrayList<>(row.key().values());
        version.addTo(values, row.version());
        values.add(row.deleted());
        values.add(row.published());
        return new Row(values.toArray());
    }
}
