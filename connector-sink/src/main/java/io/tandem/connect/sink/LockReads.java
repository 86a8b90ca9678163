package io.tandem.connect.sink;

import io.tandem.connect.aggregate.Aggregate;
import io.tandem.connect.aggregate.Aggregate.Child;
import io.tandem.connect.aggregate.Aggregate.RowReference;
import io.tandem.connect.aggregate.AggregateKey;
import io.tandem.connect.aggregate.Column;
import io.tandem.connect.aggregate.Row;
import io.tandem.connect.aggregate.RowShape;
import io.tandem.connect.aggregate.TableId;
import io.tandem.connect.database.AggregateLocks;
import io.tandem.connect.database.AggregateLocks.LockedRows;
import io.tandem.connect.database.AlignedAggregate;
import io.tandem.connect.database.ClockRow;
import io.tandem.connect.database.DatabaseException;
import io.tandem.connect.database.ErrorKind;
import io.tandem.connect.database.Note;
import io.tandem.connect.database.RowJournals.LockedRowNotes;
import io.tandem.connect.database.RowNote;
import java.sql.Connection;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Locks clocks, roots and children of a batch, table by table, leaving out the aggregates that are busy; then reads the
 * journals.
 */
final class LockReads {

    // bounds what is in memory
    private static final int NOTES_PER_AGGREGATE = 10;
    private static final int FEWEST_NOTES = 10_000;

    private final AlignedAggregate aligned;
    private final Aggregate aggregate;
    private final AggregateLocks locks;

    LockReads(AlignedAggregate aligned, AggregateLocks locks) {
        this.aligned = aligned;
        this.aggregate = aligned.aggregate();
        this.locks = locks;
    }

    /** Waits for one lock; only allowed while none is held. */
    void await(Connection connection, BusyRow row) throws SQLException {
        locks.await(connection, row.table(), row.columns(), row.key());
    }

    Locked lock(Connection connection, List<AggregateKey> keys) throws SQLException {
        Map<AggregateKey, Optional<BusyRow>> busy = new LinkedHashMap<>();
        Map<AggregateKey, ClockRow> clocks = lockClocks(connection, keys, busy);
        StoredRows rows = lockRows(connection, without(keys, busy), busy);
        lookAgainForClocks(connection, without(keys, busy), clocks, busy);
        List<RowNote> rowNotes = lockRowNotes(connection, rows, without(keys, busy), busy);
        List<Note> notes = notes(connection, without(keys, busy), rows, rowNotes, busy);
        return new Locked(
                without(keys, busy),
                busy,
                clocks,
                rows,
                notes,
                rowNotes.stream()
                        .filter(note -> !busy.containsKey(note.note().key()))
                        .toList());
    }

    /**
     * The journal is read last. What was absent could not be locked, so of the aggregates that were written lately those
     * count as busy whose rows are not the ones that were locked: the note of a root that has appeared since would be taken
     * for that of a delete, and a child row that has would survive under a version that does not have it.
     */
    private List<Note> notes(
            Connection connection,
            List<AggregateKey> keys,
            StoredRows rows,
            List<RowNote> rowNotes,
            Map<AggregateKey, Optional<BusyRow>> busy)
            throws SQLException {
        if (keys.isEmpty()) {
            return List.of();
        }
        int limit = Math.max(FEWEST_NOTES, NOTES_PER_AGGREGATE * keys.size());
        List<Note> notes = aligned.journal().notes(connection, keys, limit);
        if (notes.size() >= limit) {
            // no source has been folding for long; the locks of the application's rows are not kept for as many notes
            aligned.journal().thinOut(connection, keys, limit);
            keys.forEach(key -> busy.putIfAbsent(key, Optional.empty()));
            return List.of();
        }
        List<AggregateKey> noted = Stream.concat(
                        notes.stream(), rowNotes.stream().map(RowNote::note))
                .map(Note::key)
                .filter(key -> !busy.containsKey(key))
                .distinct()
                .toList();
        StoredRows now = lockRows(connection, noted, busy);
        noted.stream().filter(key -> !now.sameRows(rows, key)).forEach(key -> busy.putIfAbsent(key, Optional.empty()));
        return notes.stream().filter(note -> !busy.containsKey(note.key())).toList();
    }

    /**
     * The notes about the rows that are locked now. A note that another session is just turning into one of the aggregate
     * is in neither journal for us, so the aggregate has to wait for it.
     */
    private List<RowNote> lockRowNotes(
            Connection connection, StoredRows rows, List<AggregateKey> keys, Map<AggregateKey, Optional<BusyRow>> busy)
            throws SQLException {
        List<Map<AggregateKey, AggregateKey>> owners = new ArrayList<>();
        for (RowReference reference : aligned.rowJournals().references()) {
            owners.add(owners(reference.parent(), reference.columns(), rows.roots(), rows.children(), keys));
        }
        LockedRowNotes locked = aligned.rowJournals().lockAndRead(connection, owners);
        locked.busy().forEach(key -> busy.putIfAbsent(key, Optional.empty()));
        return locked.notes();
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

    /**
     * What had no version could not be locked. Where others stamp, it may have got its rows and its version since; what
     * the journal tells of all others has to be asked for here, before such rows are taken for unclocked ones.
     */
    private void lookAgainForClocks(
            Connection connection,
            List<AggregateKey> keys,
            Map<AggregateKey, ClockRow> clocks,
            Map<AggregateKey, Optional<BusyRow>> busy)
            throws SQLException {
        List<AggregateKey> missing = without(keys, clocks);
        if (aligned.clocks().areStampedByOthers() && !missing.isEmpty()) {
            aligned.clocks().read(connection, missing).keySet().forEach(key -> busy.put(key, Optional.empty()));
        }
    }

    private StoredRows lockRows(
            Connection connection, List<AggregateKey> keys, Map<AggregateKey, Optional<BusyRow>> busy)
            throws SQLException {
        Map<AggregateKey, Row> roots = lockRoots(connection, keys, busy);
        List<Map<AggregateKey, List<Row>>> children = new ArrayList<>();
        for (int place = 0; place < aggregate.children().size(); place++) {
            Child child = aggregate.children().get(place);
            Map<AggregateKey, AggregateKey> owners =
                    owners(child.parent(), child.references(), roots, children, without(keys, busy));
            children.add(lockChildren(connection, place, owners, busy));
        }
        return new StoredRows(roots, deleted(roots), children);
    }

    private Set<AggregateKey> deleted(Map<AggregateKey, Row> roots) {
        return aggregate
                .softDelete()
                .map(softDelete -> {
                    int position = locks.rootColumns().positions(List.of(softDelete.column()))[0];
                    Set<AggregateKey> deleted = new HashSet<>();
                    roots.forEach((key, row) -> {
                        if (softDelete.isDeleted(row.get(position))) {
                            deleted.add(key);
                        }
                    });
                    return deleted;
                })
                .orElse(Set.of());
    }

    /** By what children refer to in the rows of a table, the aggregates that the rows belong to. */
    private Map<AggregateKey, AggregateKey> owners(
            int place,
            List<Column> referenced,
            Map<AggregateKey, Row> roots,
            List<Map<AggregateKey, List<Row>>> children,
            List<AggregateKey> keys) {
        Map<AggregateKey, AggregateKey> owners = new HashMap<>();
        if (place == Aggregate.ROOT && referenced.equals(aggregate.key())) {
            // also of roots that are not there: without a constraint their children may be
            keys.forEach(key -> owners.put(key, key));
            return owners;
        }
        RowShape shape = place == Aggregate.ROOT ? locks.rootColumns() : locks.childColumns(place);
        int[] positions = shape.positions(referenced);
        for (AggregateKey key : keys) {
            List<Row> rows = place == Aggregate.ROOT
                    ? Stream.ofNullable(roots.get(key)).toList()
                    : children.get(place).getOrDefault(key, List.of());
            rows.forEach(row -> owners.put(RowShape.key(row, positions), key));
        }
        return owners;
    }

    private Map<AggregateKey, Row> lockRoots(
            Connection connection, List<AggregateKey> keys, Map<AggregateKey, Optional<BusyRow>> busy)
            throws SQLException {
        LockedRows rows = locks.lockRoots(connection, keys);
        int[] positions = locks.rootColumns().positions(aggregate.key());
        rows.busy().forEach(row -> {
            AggregateKey key = RowShape.key(row, positions);
            busy.put(key, Optional.of(new BusyRow(aggregate.root().id(), aggregate.key(), key)));
        });
        Map<AggregateKey, Row> locked = new HashMap<>();
        rows.locked().forEach(row -> locked.put(RowShape.key(row, positions), row));
        Set<AggregateKey> asked = Set.copyOf(keys);
        locked.keySet().stream().filter(key -> !asked.contains(key)).findAny().ifPresent(key -> {
            throw takenForAnother(aggregate.root().id(), key);
        });
        return locked;
    }

    /** A collation that ignores blanks at the end finds the row of another key. */
    private static DatabaseException takenForAnother(TableId table, AggregateKey key) {
        String message = "the key " + key + " of a row in " + table
                + " is taken for equal to one that is spelled differently, as by blanks at its end; let both masters spell "
                + "it alike, or give the column a collation that tells them apart";
        return new DatabaseException(ErrorKind.DATA, message, new SQLDataException(message));
    }

    private Map<AggregateKey, List<Row>> lockChildren(
            Connection connection,
            int place,
            Map<AggregateKey, AggregateKey> owners,
            Map<AggregateKey, Optional<BusyRow>> busy)
            throws SQLException {
        Child child = aggregate.children().get(place);
        LockedRows rows = locks.lockChildren(connection, place, List.copyOf(owners.keySet()));
        RowShape shape = locks.childColumns(place);
        int[] reference = shape.positions(child.foreignKey());
        int[] primaryKey = shape.positions(child.primaryKey());
        rows.busy().forEach(row -> {
            AggregateKey owner = owner(child, owners, RowShape.key(row, reference));
            AggregateKey key = RowShape.key(row, primaryKey);
            busy.put(owner, Optional.of(new BusyRow(child.table().id(), child.primaryKey(), key)));
        });
        Map<AggregateKey, List<Row>> locked = new HashMap<>();
        rows.locked()
                .forEach(row -> locked.computeIfAbsent(
                                owner(child, owners, RowShape.key(row, reference)), key -> new ArrayList<>())
                        .add(row));
        return locked;
    }

    private static AggregateKey owner(Child child, Map<AggregateKey, AggregateKey> owners, AggregateKey reference) {
        AggregateKey owner = owners.get(reference);
        if (owner == null) {
            throw takenForAnother(child.table().id(), reference);
        }
        return owner;
    }
}
