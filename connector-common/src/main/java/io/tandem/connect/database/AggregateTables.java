package io.tandem.connect.database;

import io.tandem.connect.aggregate.Aggregate;
import io.tandem.connect.aggregate.Aggregate.Child;
import io.tandem.connect.aggregate.AggregateKey;
import io.tandem.connect.aggregate.AggregateState;
import io.tandem.connect.aggregate.Column;
import io.tandem.connect.aggregate.Row;
import io.tandem.connect.aggregate.RowShape;
import io.tandem.connect.database.dialect.BulkDialect.Condition;
import io.tandem.connect.database.dialect.Dialect;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads whole aggregates from the application's tables, by lists of keys. Thread-safe. */
public final class AggregateTables {

    private final Dialect dialect;
    private final KeyQueries queries;
    private final Aggregate aggregate;

    public AggregateTables(Dialect dialect, Aggregate aggregate) {
        this.dialect = dialect;
        this.queries = new KeyQueries(dialect);
        this.aggregate = aggregate;
    }

    /**
     * Reads aggregates with all their columns; those without a root row are missing in the result.
     *
     * @param connection one in a snapshot, since root and children are read by several statements
     */
    public Map<AggregateKey, AggregateState> read(Connection connection, List<AggregateKey> keys) throws SQLException {
        Map<AggregateKey, Row> roots = new LinkedHashMap<>();
        int[] rootKey = new RowShape(aggregate.root().id(), aggregate.root().columns()).positions(aggregate.key());
        for (Row row : queries.select(
                connection, aggregate.root().id(), aggregate.root().columns(), aggregate.key(), keys, "")) {
            roots.put(RowShape.key(row, rootKey), row);
        }
        List<Map<AggregateKey, List<Row>>> children = new ArrayList<>();
        for (Child child : aggregate.children()) {
            children.add(children(connection, child, List.copyOf(roots.keySet())));
        }
        Map<AggregateKey, AggregateState> states = new HashMap<>();
        roots.forEach((key, root) -> states.put(
                key,
                new AggregateState(
                        root,
                        children.stream()
                                .map(rows -> rows.getOrDefault(key, List.of()))
                                .toList())));
        return states;
    }

    private Map<AggregateKey, List<Row>> children(Connection connection, Child child, List<AggregateKey> keys)
            throws SQLException {
        Map<AggregateKey, List<Row>> rows = new HashMap<>();
        if (!keys.isEmpty()) {
            List<Column> columns = child.table().columns();
            int[] foreignKey = new RowShape(child.table().id(), columns).positions(child.foreignKey());
            String order = " ORDER BY " + queries.names(child.primaryKey());
            for (Row row : queries.select(connection, child.table().id(), columns, child.foreignKey(), keys, order)) {
                rows.computeIfAbsent(RowShape.key(row, foreignKey), key -> new ArrayList<>())
                        .add(row);
            }
        }
        return rows;
    }

    /**
     * The next root keys in the order of the key.
     *
     * @param after the last key of the page before, null for the first page
     */
    public List<AggregateKey> keysAfter(Connection connection, @Nullable AggregateKey after, int limit)
            throws SQLException {
        List<Column> key = aggregate.key();
        @Nullable Condition condition = after == null ? null : dialect.bulk().after(key, after);
        String sql = "SELECT " + queries.selected(key) + " FROM "
                + dialect.quote(aggregate.root().id())
                + (condition == null ? "" : " WHERE " + condition.sql()) + " ORDER BY " + queries.names(key) + " LIMIT "
                + limit;
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            if (condition != null) {
                condition.binder().bind(statement, 1);
            }
            return Keys.of(queries.select(statement, aggregate.root().id(), key));
        }
    }
}
