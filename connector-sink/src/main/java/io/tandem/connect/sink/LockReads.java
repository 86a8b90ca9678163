package io.tandem.connect.sink;

import io.tandem.connect.aggregate.Aggregate;
import io.tandem.connect.aggregate.Aggregate.Child;
import io.tandem.connect.aggregate.AggregateKey;
import io.tandem.connect.aggregate.Column;
import io.tandem.connect.aggregate.Row;
import io.tandem.connect.aggregate.RowShape;
import io.tandem.connect.aggregate.TableId;
import io.tandem.connect.database.AggregateLocks;
import io.tandem.connect.database.AggregateLocks.LockedRows;
import io.tandem.connect.database.AlignedAggregate;
import io.tandem.connect.database.ClockRow;
import io.tandem.connect.database.Note;
import io.tandem.connect.database.dialect.Dialect;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Locks clocks, roots and children of a batch, table by table, leaving out the aggregates that are busy; then reads the
 * journal.
 */
final class LockReads {

    private final AlignedAggregate aligned;
    private final Aggregate aggregate;
    private final AggregateLocks locks;

    LockReads(Dialect dialect, AlignedAggregate aligned) {
        this.aligned = aligned;
        this.aggregate = aligned.aggregate();
        this.locks = new AggregateLocks(dialect, aggregate);
    }

    /** Waits for one lock; only allowed while none is held. */
    void await(Connection connection, BusyRow row) throws SQLException {
        locks.await(connection, row.table(), row.columns(), row.key());
    }

    Locked lock(Connection connection, List<AggregateKey> keys) throws SQLException {
        Map<AggregateKey, Optional<BusyRow>> busy = new LinkedHashMap<>();
        Map<AggregateKey, ClockRow> clocks = lockClocks(connection, keys, busy);
        Set<AggregateKey> roots = lockRoots(connection, without(keys, busy), busy);
        List<Map<AggregateKey, List<Row>>> children = new ArrayList<>();
        for (Child child : aggregate.children()) {
            children.add(lockChildren(connection, child, without(keys, busy), busy));
        }
        List<Note> notes = notes(connection, without(keys, busy), roots, children, busy);
        return new Locked(without(keys, busy), busy, clocks, roots, children, notes);
    }

    /**
     * The journal is read last. What was absent could not be locked, so of the aggregates that were written lately those
     * count as busy whose root or child rows are not the ones that were locked: the note of a root that has appeared since
     * would be taken for that of a delete, and a child row that has would survive under a version that does not have it.
     */
    private List<Note> notes(
            Connection connection,
            List<AggregateKey> keys,
            Set<AggregateKey> roots,
            List<Map<AggregateKey, List<Row>>> children,
            Map<AggregateKey, Optional<BusyRow>> busy)
            throws SQLException {
        if (keys.isEmpty()) {
            return List.of();
        }
        List<Note> notes = aligned.journal().notes(connection, keys);
        List<AggregateKey> noted = notes.stream().map(Note::key).distinct().toList();
        Set<AggregateKey> rootsNow = lockRoots(connection, noted, busy);
        defer(noted, key -> rootsNow.contains(key) != roots.contains(key), busy);
        for (int i = 0; i < children.size(); i++) {
            Map<AggregateKey, List<Row>> before = children.get(i);
            Map<AggregateKey, List<Row>> now =
                    lockChildren(connection, aggregate.children().get(i), noted, busy);
            defer(noted, key -> !rows(now, key).equals(rows(before, key)), busy);
        }
        return notes.stream().filter(note -> !busy.containsKey(note.key())).toList();
    }

    private static Set<Row> rows(Map<AggregateKey, List<Row>> children, AggregateKey key) {
        return Set.copyOf(children.getOrDefault(key, List.of()));
    }

    private static void defer(
            List<AggregateKey> keys, Predicate<AggregateKey> changed, Map<AggregateKey, Optional<BusyRow>> busy) {
        keys.stream().filter(changed).forEach(key -> busy.putIfAbsent(key, Optional.empty()));
    }

    private static List<AggregateKey> without(List<AggregateKey> keys, Map<AggregateKey, ?> busy) {
        return busy.isEmpty()
                ? keys
                : keys.stream().filter(key -> !busy.containsKey(key)).toList();
    }

    private Map<AggregateKey, ClockRow> lockClocks(
            Connection connection, List<AggregateKey> keys, Map<AggregateKey, Optional<BusyRow>> busy)
            throws SQLException {
        Map<AggregateKey, ClockRow> locked = aligned.clocks().lock(connection, keys);
        List<AggregateKey> missing = without(keys, locked);
        if (!missing.isEmpty()) {
            aligned.clocks().read(connection, missing).keySet().forEach(key -> busy.put(key, Optional.empty()));
        }
        return locked;
    }

    private Set<AggregateKey> lockRoots(
            Connection connection, List<AggregateKey> keys, Map<AggregateKey, Optional<BusyRow>> busy)
            throws SQLException {
        if (keys.isEmpty()) {
            return Set.of();
        }
        LockedRows rows = locks.lockRoots(connection, keys);
        int[] positions = new RowShape(aggregate.root().id(), aggregate.key()).positions(aggregate.key());
        rows.busy().forEach(row -> {
            AggregateKey key = RowShape.key(row, positions);
            busy.put(key, Optional.of(new BusyRow(aggregate.root().id(), aggregate.key(), key)));
        });
        Set<AggregateKey> locked = new HashSet<>();
        rows.locked().forEach(row -> locked.add(RowShape.key(row, positions)));
        return locked;
    }

    private Map<AggregateKey, List<Row>> lockChildren(
            Connection connection, Child child, List<AggregateKey> keys, Map<AggregateKey, Optional<BusyRow>> busy)
            throws SQLException {
        Map<AggregateKey, List<Row>> locked = new HashMap<>();
        if (!keys.isEmpty()) {
            LockedRows rows = locks.lockChildren(connection, child, keys);
            RowShape shape = AggregateLocks.childColumns(child);
            int[] owner = shape.positions(child.foreignKey());
            rows.busy().forEach(row -> busy.put(RowShape.key(row, owner), Optional.of(busyRow(shape, child, row))));
            rows.locked()
                    .forEach(row -> locked.computeIfAbsent(RowShape.key(row, owner), key -> new ArrayList<>())
                            .add(row));
        }
        return locked;
    }

    private static BusyRow busyRow(RowShape shape, Child child, Row row) {
        TableId table = child.table().id();
        List<Column> primaryKey = child.primaryKey();
        return new BusyRow(table, primaryKey, RowShape.key(row, shape.positions(primaryKey)));
    }
}
