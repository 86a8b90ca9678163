package io.tandem.connect.database;

import io.tandem.connect.aggregate.Aggregate;
import io.tandem.connect.aggregate.Aggregate.Child;
import io.tandem.connect.aggregate.Aggregate.RowReference;
import io.tandem.connect.aggregate.AggregateKey;
import io.tandem.connect.aggregate.Column;
import io.tandem.connect.aggregate.Row;
import io.tandem.connect.aggregate.RowShape;
import io.tandem.connect.database.dialect.Dialect;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Where triggers of child tables that do not hold the aggregate's key note the parent rows that they refer to.
 *
 * <p>Which aggregate a note is about is looked up after it was committed, never in the trigger: there the parent's key, or
 * the parent's own parent, may just be changing in a transaction that is still open, and the note would name the aggregate
 * of before. Looked up afterwards it is right: if a row has moved or gone since the note, the move or the delete has noted
 * the aggregates itself. Thread-safe.
 */
final class RowJournal {

    private static final Column ID = ClockColumns.int64(ClockColumns.NOTE_ID);
    private static final Column CHANGED_AT = ClockColumns.int64(ClockColumns.CHANGED_AT);
    private static final Column SESSION = ClockColumns.int64(ClockColumns.SESSION);

    // enough to prove something
    private static final int SOME = 100;

    private final Dialect dialect;
    private final KeyQueries queries;
    private final Aggregate aggregate;
    private final RowReference reference;
    private final List<Column> row;
    private final List<Column> columns;

    RowJournal(Dialect dialect, Aggregate aggregate, RowReference reference) {
        this.dialect = dialect;
        this.queries = new KeyQueries(dialect);
        this.aggregate = aggregate;
        this.reference = reference;
        this.row = ClockColumns.row(reference.columns());
        this.columns =
                Stream.concat(row.stream(), Stream.of(ID, CHANGED_AT, SESSION)).toList();
    }

    RowReference reference() {
        return reference;
    }

    /** What a lock-read of notes gave: notes, and the references of those that another session is working on. */
    record LockedNotes(List<Row> notes, Set<AggregateKey> busy) {}

    /** Reads and locks the notes about rows; what the other session makes of its notes is not in sight yet. */
    LockedNotes lock(Connection connection, List<AggregateKey> references) throws SQLException {
        List<Row> locked = select(connection, references, KeyQueries.LOCK_FREE_ROWS);
        List<Row> all = select(connection, references, KeyQueries.NO_LOCK);
        Set<Row> held = new HashSet<>(locked);
        Set<AggregateKey> busy = new HashSet<>();
        all.stream().filter(note -> !held.contains(note)).forEach(note -> busy.add(referenceOf(note)));
        return new LockedNotes(locked, busy);
    }

    List<Row> read(Connection connection, List<AggregateKey> references, int limit) throws SQLException {
        return queries.select(connection, reference.journal(), columns, row, references, KeyQueries.NO_LOCK, limit);
    }

    private List<Row> select(Connection connection, List<AggregateKey> references, String suffix) throws SQLException {
        return queries.select(connection, reference.journal(), columns, row, references, suffix);
    }

    AggregateKey referenceOf(Row note) {
        return Keys.of(note, row.size());
    }

    Note toNote(Row note, AggregateKey owner) {
        return new Note(id(note), owner, changedAt(note));
    }

    private long id(Row note) {
        return (Long) note.required(row.size());
    }

    private long changedAt(Row note) {
        return (Long) note.required(row.size() + 1);
    }

    private long session(Row note) {
        return (Long) note.required(row.size() + 2);
    }

    /** Locks notes by id; the result lacks those that are gone or that another session works on. */
    Set<Long> lock(Connection connection, Set<Long> ids) throws SQLException {
        List<AggregateKey> keys =
                ids.stream().map(id -> new AggregateKey(List.of(id))).toList();
        List<Column> id = List.of(ID);
        Set<Long> locked = new HashSet<>();
        queries.select(connection, reference.journal(), id, id, keys, KeyQueries.LOCK_FREE_ROWS)
                .forEach(one -> locked.add((Long) one.required(0)));
        return locked;
    }

    void delete(Connection connection, List<Long> ids) throws SQLException {
        if (!ids.isEmpty()) {
            dialect.bulk()
                    .delete(
                            connection,
                            reference.journal(),
                            List.of(ID),
                            ids.stream().map(Row::new).toList());
        }
    }

    /** Some of these rows that this very session has noted. */
    Set<AggregateKey> notedBySelf(Connection connection, List<AggregateKey> references) throws SQLException {
        String suffix = " AND " + dialect.quote(SESSION.name()) + " = "
                + dialect.session().sessionIdSql() + queries.atMost(SOME, row);
        return new HashSet<>(Keys.of(queries.select(connection, reference.journal(), row, row, references, suffix)));
    }

    /**
     * Turns the oldest notes that nobody else works on into notes of the aggregates that the rows belong to.
     *
     * @param connection one in a READ COMMITTED transaction, so that the rows are looked up after the notes were committed
     * @param floor where the one who relays looks from
     * @return how many notes there were
     */
    int relay(Connection connection, JournalTable journal, int limit, JournalFloor floor) throws SQLException {
        List<Row> notes = oldest(connection, limit, floor);
        if (notes.isEmpty()) {
            return 0;
        }
        Map<AggregateKey, AggregateKey> owners = owners(
                connection, notes.stream().map(this::referenceOf).distinct().toList());
        Map<AggregateKey, Row> relayed = new HashMap<>();
        for (Row note : notes) {
            AggregateKey owner = owners.get(referenceOf(note));
            if (owner != null) {
                // of several notes of an aggregate the latest says it all
                relayed.merge(
                        owner,
                        JournalTable.note(owner, changedAt(note), session(note)),
                        (one, other) -> time(one, owner) >= time(other, owner) ? one : other);
            }
        }
        if (!relayed.isEmpty()) {
            journal.insert(connection, List.copyOf(relayed.values()));
        }
        delete(connection, notes.stream().map(this::id).toList());
        return notes.size();
    }

    private static long time(Row journalNote, AggregateKey owner) {
        return (Long) journalNote.required(owner.values().size());
    }

    private List<Row> oldest(Connection connection, int limit, JournalFloor floor) throws SQLException {
        String id = dialect.quote(ID.name());
        String condition = floor.begin(id);
        String sql = "SELECT " + queries.selected(columns) + " FROM " + dialect.quote(reference.journal())
                + (condition == null ? "" : " WHERE " + condition)
                + " ORDER BY " + id + " LIMIT " + limit + KeyQueries.LOCK_FREE_ROWS;
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            List<Row> notes = queries.select(statement, reference.journal(), columns);
            floor.end(notes.stream().map(this::id).toList(), limit);
            return notes;
        }
    }

    /** Climbs from rows to the aggregates that they belong to now; rows that are gone are missing in the result. */
    private Map<AggregateKey, AggregateKey> owners(Connection connection, List<AggregateKey> references)
            throws SQLException {
        Map<AggregateKey, AggregateKey> found = new HashMap<>();
        references.forEach(one -> found.put(one, one));
        int place = reference.parent();
        List<Column> known = reference.columns();
        while (place != Aggregate.ROOT
                && aggregate.children().get(place).owner().isEmpty()) {
            Child child = aggregate.children().get(place);
            climb(connection, place, known, child.foreignKey(), found);
            known = child.references();
            place = child.parent();
        }
        List<Column> owner = place == Aggregate.ROOT
                ? aggregate.key()
                : aggregate.children().get(place).owner();
        climb(connection, place, known, owner, found);
        return found;
    }

    private void climb(
            Connection connection,
            int place,
            List<Column> known,
            List<Column> wanted,
            Map<AggregateKey, AggregateKey> found)
            throws SQLException {
        List<Column> both = new ArrayList<>(known);
        wanted.stream().filter(column -> !known.contains(column)).forEach(both::add);
        RowShape shape = new RowShape(aggregate.table(place).id(), both);
        int[] knownAt = shape.positions(known);
        int[] wantedAt = shape.positions(wanted);
        Map<AggregateKey, AggregateKey> step = new HashMap<>();
        List<AggregateKey> keys = found.values().stream().distinct().toList();
        for (Row one : queries.select(connection, shape.table(), both, known, keys, KeyQueries.NO_LOCK)) {
            // a child row without a parent belongs to no aggregate
            if (!one.values(wantedAt).contains(null)) {
                step.put(RowShape.key(one, knownAt), RowShape.key(one, wantedAt));
            }
        }
        found.values().retainAll(step.keySet());
        found.replaceAll((start, at) -> step.getOrDefault(at, at));
    }
}
