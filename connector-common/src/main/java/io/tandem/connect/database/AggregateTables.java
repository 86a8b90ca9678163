package io.tandem.connect.database;

import io.tandem.connect.aggregate.Aggregate;
import io.tandem.connect.aggregate.Aggregate.Child;
import io.tandem.connect.aggregate.Aggregate.RowReference;
import io.tandem.connect.aggregate.AggregateKey;
import io.tandem.connect.aggregate.AggregateState;
import io.tandem.connect.aggregate.Column;
import io.tandem.connect.aggregate.Row;
import io.tandem.connect.aggregate.RowShape;
import io.tandem.connect.aggregate.Table;
import io.tandem.connect.database.dialect.BulkDialect.Condition;
import io.tandem.connect.database.dialect.Dialect;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads whole aggregates from the application's tables, by lists of keys. Thread-safe. */
public final class AggregateTables {

    private final Dialect dialect;
    private final KeyQueries queries;
    private final Aggregate aggregate;
    private final int[] rootKey;
    private final int[] rootChildren;
    private final List<Level> levels;

    public AggregateTables(Dialect dialect, Aggregate aggregate) {
        this.dialect = dialect;
        this.queries = new KeyQueries(dialect);
        this.aggregate = aggregate;
        this.rootKey = shape(Aggregate.ROOT).positions(aggregate.key());
        this.rootChildren = aggregate.childrenOf(Aggregate.ROOT);
        this.levels = IntStream.range(0, aggregate.children().size())
                .mapToObj(Level::new)
                .toList();
    }

    /** A child table; its positions are those of whole rows. */
    private final class Level {
        private final Child child;
        private final int[] foreignKey;
        private final int[] referenced;
        private final int[] children;

        Level(int place) {
            this.child = aggregate.children().get(place);
            this.foreignKey = shape(place).positions(child.foreignKey());
            this.referenced = shape(child.parent()).positions(child.references());
            this.children = aggregate.childrenOf(place);
        }
    }

    private RowShape shape(int place) {
        Table table = aggregate.table(place);
        return new RowShape(table.id(), table.columns());
    }

    /**
     * Reads aggregates with all their columns; those without a root row, or with one that counts as deleted, are missing
     * in the result.
     *
     * @param connection one in a snapshot, since every table is read by statements of its own
     */
    public Map<AggregateKey, AggregateState> read(Connection connection, List<AggregateKey> keys) throws SQLException {
        List<Row> roots = new ArrayList<>(queries.select(
                connection, aggregate.root().id(), aggregate.root().columns(), aggregate.key(), keys, ""));
        aggregate.softDelete().ifPresent(softDelete -> {
            int position = shape(Aggregate.ROOT).positions(List.of(softDelete.column()))[0];
            roots.removeIf(row -> softDelete.isDeleted(row.get(position)));
        });
        List<Map<AggregateKey, List<Row>>> below = new ArrayList<>();
        for (Level level : levels) {
            int parent = level.child.parent();
            Stream<Row> parents = parent == Aggregate.ROOT
                    ? roots.stream()
                    : below.get(parent).values().stream().flatMap(List::stream);
            below.add(children(
                    connection,
                    level,
                    parents.map(row -> RowShape.key(row, level.referenced))
                            .distinct()
                            .toList()));
        }
        Map<AggregateKey, AggregateState> states = new LinkedHashMap<>();
        roots.forEach(row -> states.put(RowShape.key(row, rootKey), tree(row, rootChildren, below)));
        return states;
    }

    private AggregateState tree(Row row, int[] children, List<Map<AggregateKey, List<Row>>> below) {
        List<List<AggregateState>> collections = new ArrayList<>(children.length);
        for (int child : children) {
            Level level = levels.get(child);
            List<Row> rows = below.get(child).getOrDefault(RowShape.key(row, level.referenced), List.of());
            collections.add(
                    rows.stream().map(one -> tree(one, level.children, below)).toList());
        }
        return new AggregateState(row, collections);
    }

    private Map<AggregateKey, List<Row>> children(Connection connection, Level level, List<AggregateKey> references)
            throws SQLException {
        Map<AggregateKey, List<Row>> rows = new HashMap<>();
        if (!references.isEmpty()) {
            Child child = level.child;
            List<Column> columns = child.table().columns();
            String order = " ORDER BY " + queries.names(child.primaryKey());
            for (Row row :
                    queries.select(connection, child.table().id(), columns, child.foreignKey(), references, order)) {
                rows.computeIfAbsent(RowShape.key(row, level.foreignKey), key -> new ArrayList<>())
                        .add(row);
            }
        }
        return rows;
    }

    /** Some columns of the rows of one of the aggregate's tables that have one of these keys. */
    public List<Row> rows(Connection connection, RowShape shape, List<Column> keyColumns, List<AggregateKey> keys)
            throws SQLException {
        return queries.select(connection, shape.table(), shape.columns(), keyColumns, keys, KeyQueries.NO_LOCK);
    }

    /**
     * For every row of the aggregates that is referred to by its children, to which aggregate it belongs.
     *
     * @param states what {@link #read} gave
     */
    public Map<AggregateKey, AggregateKey> owners(RowReference reference, Map<AggregateKey, AggregateState> states) {
        int[] path = path(reference.parent());
        int[] positions = shape(reference.parent()).positions(reference.columns());
        Map<AggregateKey, AggregateKey> owners = new HashMap<>();
        states.forEach((owner, state) -> collect(state, path, 0, positions, owner, owners));
        return owners;
    }

    private static void collect(
            AggregateState state,
            int[] path,
            int depth,
            int[] positions,
            AggregateKey owner,
            Map<AggregateKey, AggregateKey> owners) {
        if (depth == path.length) {
            owners.put(RowShape.key(state.root(), positions), owner);
        } else {
            state.children()
                    .get(path[depth])
                    .forEach(child -> collect(child, path, depth + 1, positions, owner, owners));
        }
    }

    /** Which collection to follow at each level to get from the root to a place. */
    private int[] path(int place) {
        List<Integer> path = new ArrayList<>();
        for (int at = place;
                at != Aggregate.ROOT;
                at = aggregate.children().get(at).parent()) {
            int[] siblings = aggregate.childrenOf(aggregate.children().get(at).parent());
            path.add(0, Arrays.binarySearch(siblings, at));
        }
        return path.stream().mapToInt(Integer::intValue).toArray();
    }

    /**
     * The next root keys in the order of the key.
     *
     * @param after the last key of the page before, null for the first page
     */
    public List<AggregateKey> keysAfter(Connection connection, @Nullable AggregateKey after, int limit)
            throws SQLException {
        return keysAfter(connection, after, limit, TaskShare.ALL);
    }

    /**
     * The next root keys of a task's share in the order of the key.
     *
     * @param after the last key of the page before, null for the first page
     */
    public List<AggregateKey> keysAfter(Connection connection, @Nullable AggregateKey after, int limit, TaskShare share)
            throws SQLException {
        return keys(connection, after, "", limit, share);
    }

    /**
     * The last root keys, in the reverse order of the key.
     *
     * @param after gives no key that is not after this one; null for any key
     */
    public List<AggregateKey> lastKeys(Connection connection, @Nullable AggregateKey after, int limit)
            throws SQLException {
        return keys(connection, after, " DESC", limit, TaskShare.ALL);
    }

    private List<AggregateKey> keys(
            Connection connection, @Nullable AggregateKey after, String direction, int limit, TaskShare share)
            throws SQLException {
        List<Column> key = aggregate.key();
        @Nullable Condition condition = after == null ? null : dialect.bulk().after(key, after);
        String conditions = Stream.of(condition == null ? "" : "(" + condition.sql() + ")", queries.share(key, share))
                .filter(one -> !one.isEmpty())
                .collect(Collectors.joining(" AND "));
        String order = key.stream()
                .map(column -> dialect.quote(column.name()) + direction)
                .collect(Collectors.joining(", "));
        String sql = "SELECT " + queries.selected(key) + " FROM "
                + dialect.quote(aggregate.root().id())
                + (conditions.isEmpty() ? "" : " WHERE " + conditions) + " ORDER BY " + order + " LIMIT " + limit;
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            if (condition != null) {
                condition.binder().bind(statement, 1);
            }
            return Keys.of(queries.select(statement, aggregate.root().id(), key));
        }
    }
}
