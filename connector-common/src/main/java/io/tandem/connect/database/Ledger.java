package io.tandem.connect.database;

import io.tandem.clock.VectorClock;
import io.tandem.clock.Version;
import io.tandem.connect.aggregate.Aggregate;
import io.tandem.connect.aggregate.Column;
import io.tandem.connect.aggregate.ColumnType;
import io.tandem.connect.aggregate.ColumnType.Kind;
import io.tandem.connect.aggregate.Row;
import io.tandem.connect.aggregate.TableId;
import io.tandem.connect.database.dialect.Dialect;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The table that keeps what was overruled, one per aggregate and master, beside the clock table. Rows are only added;
 * whoever has looked at them may delete them. Thread-safe.
 */
public final class Ledger {

    private final Dialect dialect;
    private final TableId table;
    private final List<Column> columns;
    private final List<Column> readColumns;
    private final List<String> masters;

    /** @param masters the ids of all masters */
    public Ledger(Dialect dialect, Aggregate aggregate, List<String> masters) {
        this.dialect = dialect;
        this.table = aggregate.ledger();
        this.columns = LedgerColumns.written(aggregate);
        this.readColumns = LedgerColumns.read(aggregate);
        this.masters = List.copyOf(masters);
    }

    /** Adds entries, in the transaction of the connection; without entries it does nothing. */
    public void insert(Connection connection, List<LedgerEntry> entries) throws SQLException {
        if (!entries.isEmpty()) {
            dialect.bulk()
                    .insert(
                            connection,
                            table,
                            columns,
                            entries.stream().map(this::row).toList());
        }
    }

    /**
     * The oldest entries that were not sent to Kafka. That is a state and not a position, so that an entry whose
     * transaction commits late is not missed.
     *
     * @return rows of {@link LedgerColumns#read}
     */
    public List<Row> unsent(Connection connection, int limit) throws SQLException {
        KeyQueries queries = new KeyQueries(dialect);
        String sql = "SELECT " + queries.selected(readColumns) + " FROM " + dialect.quote(table) + " WHERE NOT "
                + dialect.quote(LedgerColumns.SENT) + " ORDER BY " + dialect.quote(LedgerColumns.ID) + " LIMIT "
                + limit;
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            return queries.select(statement, table, readColumns);
        }
    }

    /** Notes that entries were sent to Kafka. */
    public void sent(Connection connection, Collection<Long> ids) throws SQLException {
        Column id = ClockColumns.int64(LedgerColumns.ID);
        Column sent = new Column(LedgerColumns.SENT, ColumnType.of(Kind.BOOLEAN), "BOOLEAN", "BOOLEAN", false, false);
        dialect.bulk()
                .update(
                        connection,
                        table,
                        List.of(id, sent),
                        List.of(id),
                        ids.stream().map(one -> new Row(one, true)).toList());
    }

    private Row row(LedgerEntry entry) {
        List<@Nullable Object> values = new ArrayList<>(entry.key().values());
        values.add(entry.kind().name());
        values.add(entry.notedAtMicros());
        addVersion(values, entry.stored());
        addVersion(values, entry.incoming());
        values.add(entry.winner().name().toLowerCase(Locale.ROOT));
        values.add(entry.rule());
        values.add(entry.overruledDeleted());
        values.add(entry.overruledData());
        values.add(entry.topic());
        values.add(entry.partition());
        values.add(entry.offset());
        return new Row(values.toArray());
    }

    private void addVersion(List<@Nullable Object> values, Version version) {
        boolean known = !version.equals(Version.UNCLOCKED);
        values.add(known ? json(version.clock()) : null);
        values.add(known ? version.timestampMicros() : null);
        values.add(known ? version.writer() : null);
    }

    /** Ids of masters have nothing in them that JSON would have to escape. */
    private String json(VectorClock clock) {
        return masters.stream()
                .map(master -> "\"" + master + "\":" + clock.counter(master))
                .collect(Collectors.joining(",", "{", "}"));
    }
}
