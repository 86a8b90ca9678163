package io.tandem.connect.database;

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
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A change journal that exists. Thread-safe. */
final class JournalTable implements ChangeJournal {

    private static final Column ID = ClockColumns.int64(ClockColumns.NOTE_ID);
    private static final Column CHANGED_AT = ClockColumns.int64(ClockColumns.CHANGED_AT);

    // enough to prove something
    private static final int SOME = 100;

    private final Dialect dialect;
    private final KeyQueries queries;
    private final TableId table;
    private final List<Column> key;
    private final List<Column> columns;

    JournalTable(Dialect dialect, Aggregate aggregate) {
        this.dialect = dialect;
        this.queries = new KeyQueries(dialect);
        this.table = aggregate.journal();
        this.key = ClockColumns.key(aggregate);
        List<Column> all = new ArrayList<>(key);
        all.addAll(List.of(ID, CHANGED_AT));
        this.columns = List.copyOf(all);
    }

    @Override
    public Set<AggregateKey> oldestKeys(Connection connection, int notes, TaskShare share, JournalFloor floor)
            throws SQLException {
        List<Column> keyAndId = new ArrayList<>(key);
        keyAndId.add(ID);
        String id = dialect.quote(ID.name());
        String conditions = Stream.of(floor.begin(id), queries.share(key, share))
                .filter(condition -> condition != null && !condition.isEmpty())
                .collect(Collectors.joining(" AND "));
        String sql = "SELECT " + queries.selected(keyAndId) + " FROM " + dialect.quote(table)
                + (conditions.isEmpty() ? "" : " WHERE " + conditions) + " ORDER BY " + id + " LIMIT " + notes;
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            List<Row> found = queries.select(statement, table, keyAndId);
            floor.end(found.stream().map(row -> (Long) row.required(key.size())).toList(), notes);
            Set<AggregateKey> keys = new LinkedHashSet<>();
            found.forEach(row -> keys.add(Keys.of(row, key.size())));
            return keys;
        }
    }

    @Override
    public List<Note> notes(Connection connection, List<AggregateKey> keys) throws SQLException {
        return notes(connection, keys, Integer.MAX_VALUE);
    }

    @Override
    public List<Note> notes(Connection connection, List<AggregateKey> keys, int limit) throws SQLException {
        return notes(connection, keys, limit, KeyQueries.NO_LOCK);
    }

    private List<Note> notes(Connection connection, List<AggregateKey> keys, int limit, String lock)
            throws SQLException {
        return queries.select(connection, table, columns, key, keys, lock, limit).stream()
                .map(row -> new Note(
                        (Long) row.required(key.size()), Keys.of(row, key.size()), (Long) row.required(key.size() + 1)))
                .toList();
    }

    @Override
    public int thinOut(Connection connection, List<AggregateKey> keys, int limit) throws SQLException {
        Map<AggregateKey, Note> latest = new HashMap<>();
        List<Long> superfluous = new ArrayList<>();
        for (Note note : notes(connection, keys, limit, KeyQueries.LOCK_FREE_ROWS)) {
            Note other = latest.putIfAbsent(note.key(), note);
            if (other != null) {
                boolean later = note.changedAtMicros() > other.changedAtMicros();
                latest.put(note.key(), later ? note : other);
                superfluous.add(later ? other.id() : note.id());
            }
        }
        delete(connection, superfluous);
        return superfluous.size();
    }

    /** Row by row and not by a list: for a list MariaDB may scan the journal, and wait for notes of open transactions. */
    @Override
    public void delete(Connection connection, List<Long> ids) throws SQLException {
        if (!ids.isEmpty()) {
            dialect.bulk()
                    .delete(
                            connection,
                            table,
                            List.of(ID),
                            ids.stream().map(Row::new).toList());
        }
    }

    @Override
    public Set<AggregateKey> notedBySelf(Connection connection, List<AggregateKey> keys) throws SQLException {
        String suffix = " AND " + dialect.quote(ClockColumns.SESSION) + " = "
                + dialect.session().sessionIdSql() + queries.atMost(SOME, key);
        return new LinkedHashSet<>(Keys.of(queries.select(connection, table, key, key, keys, suffix)));
    }

    /** A row for {@link #insert}. */
    static Row note(AggregateKey key, long changedAtMicros, long session) {
        List<Object> values = new ArrayList<>(key.values());
        values.add(changedAtMicros);
        values.add(session);
        return new Row(values.toArray());
    }

    /** Adds notes: the key, when, and the session that wrote. */
    void insert(Connection connection, List<Row> notes) throws SQLException {
        List<Column> written = new ArrayList<>(key);
        written.add(CHANGED_AT);
        written.add(ClockColumns.int64(ClockColumns.SESSION));
        dialect.bulk().insert(connection, table, written, notes);
    }
}
