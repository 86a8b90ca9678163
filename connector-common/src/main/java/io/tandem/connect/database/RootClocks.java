package io.tandem.connect.database;

import io.tandem.connect.aggregate.Aggregate;
import io.tandem.connect.aggregate.Aggregate.SoftDelete;
import io.tandem.connect.aggregate.AggregateKey;
import io.tandem.connect.aggregate.Column;
import io.tandem.connect.aggregate.Row;
import io.tandem.connect.aggregate.TableId;
import io.tandem.connect.database.KeyQueries.LockedKeys;
import io.tandem.connect.database.dialect.Dialect;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jdbi.v3.core.HandleCallback;
import org.jspecify.annotations.Nullable;

/**
 * Versions in columns of the root table. What has no root row (any more) has its version in the clock table.
 *
 * <p><b>Invariant (a tombstone outlives its row).</b> The version of an aggregate is in the clock table if, and only if,
 * its root row is gone, or is there again and not counted yet: a row that the application inserts again starts with a
 * counter of 1, and the {@link Fold} makes it the next local write after the tombstone.
 */
final class RootClocks implements Clocks {

    private final Dialect dialect;
    private final String aggregate;
    private final KeyQueries queries;
    private final TableId root;
    private final List<Column> key;
    private final VersionColumns version;
    private final String self;
    private final ClockTable tombstones;
    private final List<Column> beside;
    private final List<Column> written;
    private final List<Column> selected;
    private final @Nullable SoftDelete softDelete;

    /** @param tombstones the versions of what has no root row */
    RootClocks(Dialect dialect, Aggregate aggregate, List<String> masters, String self, ClockTable tombstones) {
        this.dialect = dialect;
        this.aggregate = aggregate.name();
        this.queries = new KeyQueries(dialect);
        this.root = aggregate.root().id();
        this.key = aggregate.key();
        this.version = new VersionColumns(masters);
        this.self = self;
        this.tombstones = tombstones;
        this.softDelete = aggregate.softDelete().orElse(null);
        this.beside = ClockColumns.ofRoot(masters);
        List<Column> all = new ArrayList<>(key);
        all.addAll(beside);
        this.written = List.copyOf(all);
        aggregate.softDelete().map(SoftDelete::column).ifPresent(all::add);
        this.selected = List.copyOf(all);
    }

    @Override
    public Map<AggregateKey, ClockRow> read(Connection connection, List<AggregateKey> keys) throws SQLException {
        List<Row> rows = queries.select(connection, root, selected, key, keys, KeyQueries.NO_LOCK);
        return together(rows, tombstones.read(connection, keys));
    }

    @Override
    public Map<AggregateKey, ClockRow> lock(Connection connection, List<AggregateKey> keys) throws SQLException {
        List<Row> rows = queries.select(connection, root, selected, key, keys, KeyQueries.LOCK_FREE_ROWS);
        // most aggregates have none, and then there is nothing to lock
        List<AggregateKey> known = List.copyOf(tombstones.read(connection, keys).keySet());
        Map<AggregateKey, ClockRow> buried = known.isEmpty() ? Map.of() : tombstones.lock(connection, known);
        Map<AggregateKey, ClockRow> locked = together(rows, buried);
        dropHalfLocked(connection, locked, rows, known, buried.keySet());
        return locked;
    }

    /**
     * A tombstone is not all there is to know of an aggregate whose new root row is in somebody else's hands; and a root row
     * that was inserted again starts anew, so without its tombstone, which somebody else may hold, its counters are too
     * small. While the root row is locked no tombstone can appear.
     *
     * @param known those that have a tombstone
     * @param buried those whose tombstone is locked
     */
    private void dropHalfLocked(
            Connection connection,
            Map<AggregateKey, ClockRow> locked,
            List<Row> rows,
            List<AggregateKey> known,
            Set<AggregateKey> buried)
            throws SQLException {
        known.stream().filter(one -> !buried.contains(one)).forEach(locked::remove);
        Set<AggregateKey> rooted = keys(rows);
        List<AggregateKey> rootless =
                buried.stream().filter(one -> !rooted.contains(one)).toList();
        if (!rootless.isEmpty()) {
            roots(connection, rootless).forEach(locked::remove);
        }
    }

    private Set<AggregateKey> keys(List<Row> rows) {
        Set<AggregateKey> keys = new HashSet<>();
        rows.forEach(row -> keys.add(Keys.of(row, key.size())));
        return keys;
    }

    private Set<AggregateKey> roots(Connection connection, List<AggregateKey> keys) throws SQLException {
        return keys(queries.select(connection, root, key, key, keys, KeyQueries.NO_LOCK));
    }

    private Map<AggregateKey, ClockRow> together(List<Row> rows, Map<AggregateKey, ClockRow> buried) {
        Map<AggregateKey, ClockRow> all = new HashMap<>(buried);
        for (Row row : rows) {
            ClockRow inRoot = toClockRow(row);
            ClockRow tombstone = buried.get(inRoot.key());
            all.put(inRoot.key(), tombstone == null ? inRoot : insertedAgain(tombstone, inRoot));
        }
        return all;
    }

    private static ClockRow insertedAgain(ClockRow tombstone, ClockRow inRoot) {
        return new ClockRow(
                tombstone.key(),
                tombstone.version(),
                tombstone.deleted(),
                tombstone.published(),
                inRoot.isUnclocked() ? null : inRoot.version().timestampMicros());
    }

    private ClockRow toClockRow(Row row) {
        int next = key.size() + version.size();
        boolean deleted = softDelete != null && softDelete.isDeleted(row.get(next + 1));
        return new ClockRow(
                Keys.of(row, key.size()), version.read(row, key.size()), deleted, (Long) row.required(next));
    }

    @Override
    public List<Column> besideData() {
        return beside;
    }

    @Override
    public List<@Nullable Object> valuesBesideData(ClockRow row) {
        List<@Nullable Object> values = new ArrayList<>(beside.size());
        addTo(values, row);
        return values;
    }

    @Override
    public void writtenBesideData(Connection connection, Collection<AggregateKey> keys) throws SQLException {
        tombstones.delete(connection, keys);
    }

    @Override
    public void insert(Connection connection, Collection<ClockRow> rows) throws SQLException {
        Map<Boolean, List<ClockRow>> byRoot = byRoot(connection, rows);
        writeRoots(connection, Objects.requireNonNull(byRoot.get(true)));
        tombstones.insert(connection, Objects.requireNonNull(byRoot.get(false)));
    }

    @Override
    public void update(Connection connection, Collection<ClockRow> rows) throws SQLException {
        Map<Boolean, List<ClockRow>> byRoot = byRoot(connection, rows);
        List<ClockRow> rooted = Objects.requireNonNull(byRoot.get(true));
        List<ClockRow> gone = Objects.requireNonNull(byRoot.get(false));
        writeRoots(connection, rooted);
        tombstones.delete(connection, keysOf(rooted));
        Set<AggregateKey> buried = gone.isEmpty()
                ? Set.of()
                : tombstones.read(connection, keysOf(gone)).keySet();
        tombstones.update(
                connection,
                gone.stream().filter(row -> buried.contains(row.key())).toList());
        tombstones.insert(
                connection,
                gone.stream().filter(row -> !buried.contains(row.key())).toList());
    }

    private static List<AggregateKey> keysOf(Collection<ClockRow> rows) {
        return rows.stream().map(ClockRow::key).toList();
    }

    /** Splits by whether there is a root row now; what is not deleted has one, so only the deleted ones are looked up. */
    private Map<Boolean, List<ClockRow>> byRoot(Connection connection, Collection<ClockRow> rows) throws SQLException {
        List<AggregateKey> deleted =
                rows.stream().filter(ClockRow::deleted).map(ClockRow::key).toList();
        Set<AggregateKey> marked = deleted.isEmpty() ? Set.of() : roots(connection, deleted);
        List<ClockRow> rooted = new ArrayList<>();
        List<ClockRow> gone = new ArrayList<>();
        rows.forEach(row -> (!row.deleted() || marked.contains(row.key()) ? rooted : gone).add(row));
        return Map.of(true, rooted, false, gone);
    }

    private void writeRoots(Connection connection, List<ClockRow> rows) throws SQLException {
        if (!rows.isEmpty()) {
            dialect.bulk()
                    .update(
                            connection,
                            root,
                            written,
                            key,
                            rows.stream().map(this::toRow).toList());
        }
    }

    private Row toRow(ClockRow row) {
        List<@Nullable Object> values = new ArrayList<>(row.key().values());
        addTo(values, row);
        return new Row(values.toArray());
    }

    private void addTo(List<@Nullable Object> values, ClockRow row) {
        version.addTo(values, row.version());
        values.add(row.published());
    }

    /** The application's rows are at stake, so those that it holds are left for later. */
    @Override
    public Set<AggregateKey> acknowledge(Connection connection, Map<AggregateKey, Long> counters) throws SQLException {
        LockedKeys roots = queries.lockFree(connection, root, key, List.copyOf(counters.keySet()));
        Map<AggregateKey, Long> saved = new HashMap<>(counters);
        saved.keySet().removeAll(roots.held());
        saved.keySet().retainAll(tombstones.acknowledge(connection, saved));
        Map<AggregateKey, Long> rooted = new HashMap<>(saved);
        rooted.keySet().retainAll(roots.locked());
        if (!rooted.isEmpty()) {
            dialect.bulk().raise(connection, root, ClockColumns.ROOT_PUBLISHED, key, ClockTable.rows(rooted));
        }
        return saved.keySet();
    }

    @Override
    public List<AggregateKey> pending(Connection connection, int limit, TaskShare share) throws SQLException {
        String mine = queries.share(key, share);
        String sql = "SELECT " + queries.selected(key) + " FROM " + dialect.quote(root) + " WHERE "
                + dialect.clocks().rootPendingCondition(self) + (mine.isEmpty() ? "" : " AND " + mine) + " ORDER BY "
                + queries.names(key) + " LIMIT " + limit;
        Set<AggregateKey> pending = new LinkedHashSet<>(tombstones.pending(connection, limit, share));
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            pending.addAll(Keys.of(queries.select(statement, root, key)));
        }
        return pending.stream().limit(limit).toList();
    }

    @Override
    public Set<AggregateKey> stampedOver(Connection connection, Collection<ClockRow> rows) throws SQLException {
        Map<AggregateKey, ClockRow> stored = rows.isEmpty() ? Map.of() : readRowsFirst(connection, keysOf(rows));
        Set<AggregateKey> different = new LinkedHashSet<>();
        for (ClockRow row : rows) {
            ClockRow now = stored.get(row.key());
            if (now == null || !now.sameState(row)) {
                different.add(row.key());
            }
        }
        return different;
    }

    /** What has a row has no tombstone any more, if it is what was written. */
    private Map<AggregateKey, ClockRow> readRowsFirst(Connection connection, List<AggregateKey> keys)
            throws SQLException {
        Map<AggregateKey, ClockRow> found = new HashMap<>(
                together(queries.select(connection, root, selected, key, keys, KeyQueries.NO_LOCK), Map.of()));
        List<AggregateKey> rootless =
                keys.stream().filter(one -> !found.containsKey(one)).toList();
        if (!rootless.isEmpty()) {
            found.putAll(tombstones.read(connection, rootless));
        }
        return found;
    }

    @Override
    public boolean areStampedByOthers() {
        return true;
    }

    @Override
    public <T> T inTransaction(Database database, HandleCallback<T, SQLException> work) {
        return StampedTransaction.run(database, aggregate, work);
    }
}
