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

/** Locks clocks, roots and children of a batch, table by table, leaving out the aggregates that are busy. */
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
        return new Locked(without(keys, busy), busy, clocks, roots, children);
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
