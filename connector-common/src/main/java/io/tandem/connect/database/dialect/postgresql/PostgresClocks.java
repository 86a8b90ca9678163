package io.tandem.connect.database.dialect.postgresql;

import io.tandem.connect.aggregate.Aggregate;
import io.tandem.connect.aggregate.Aggregate.NotedTable;
import io.tandem.connect.aggregate.Aggregate.RowReference;
import io.tandem.connect.aggregate.Column;
import io.tandem.connect.aggregate.TableId;
import io.tandem.connect.database.ClockColumns;
import io.tandem.connect.database.DatabaseException;
import io.tandem.connect.database.ErrorKind;
import io.tandem.connect.database.LedgerColumns;
import io.tandem.connect.database.dialect.ClockDialect;
import io.tandem.connect.database.dialect.DatabaseObject;
import io.tandem.connect.database.dialect.ObjectNames;
import java.sql.SQLTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Clock table, journal, their indexes, and the columns of a root table that has the versions in its rows. */
final class PostgresClocks implements ClockDialect {

    private static final String TABLE_EXISTS = "SELECT EXISTS (SELECT FROM pg_class c JOIN pg_namespace n "
            + "ON n.oid = c.relnamespace WHERE n.nspname = ? AND c.relname = ?)";
    private static final String INDEX_VALID = "SELECT EXISTS (SELECT FROM pg_class c JOIN pg_namespace n "
            + "ON n.oid = c.relnamespace JOIN pg_index i ON i.indexrelid = c.oid "
            + "WHERE n.nspname = ? AND c.relname = ? AND i.indisvalid)";
    private static final String COLUMN_EXISTS = "SELECT EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = "
            + "to_regclass(?) AND a.attname = ? AND NOT a.attisdropped)";
    private static final Duration INSTALL_WAIT = Duration.ofSeconds(60);
    private static final Duration INSTALL_PAUSE = Duration.ofMillis(100);

    private final PostgresDialect dialect;

    PostgresClocks(PostgresDialect dialect) {
        this.dialect = dialect;
    }

    @Override
    public List<DatabaseObject> objects(Aggregate aggregate, List<String> masters, String self) {
        List<DatabaseObject> objects = new ArrayList<>();
        objects.add(table("clock table", aggregate.clockTable(), clockTable(aggregate, masters)));
        masters.forEach(master -> objects.add(counter(aggregate.clockTable(), ClockColumns.counter(master))));
        objects.add(table("ledger", aggregate.ledger(), ledger(aggregate)));
        objects.add(index(
                "index of what is not sent yet",
                aggregate.ledger(),
                "unsent",
                dialect.quote(LedgerColumns.ID) + ") WHERE NOT " + dialect.quote(LedgerColumns.SENT)));
        objects.add(index("index of the ledger's keys", aggregate.ledger(), "key", keyNames(aggregate) + ")"));
        if (!masters.contains(self)) {
            return objects;
        }
        objects.add(index(
                "index of what is not published yet",
                aggregate.clockTable(),
                "pending",
                keyNames(aggregate) + ") WHERE " + pendingCondition(self)));
        if (aggregate.clocking().inRoot()) {
            objects.add(rootColumns(aggregate.root().id(), ClockColumns.ofRoot(masters)));
            objects.add(rootIndex(aggregate, self));
        }
        if (aggregate.hasJournal()) {
            List<Column> key = ClockColumns.key(aggregate);
            objects.add(table("change journal", aggregate.journal(), journal(aggregate.journal(), key)));
            objects.add(index("index of the journal's keys", aggregate.journal(), "key", keyNames(aggregate) + ")"));
        }
        for (RowReference reference : aggregate.rowReferences()) {
            List<Column> row = ClockColumns.row(reference.columns());
            objects.add(table("journal of rows", reference.journal(), journal(reference.journal(), row)));
            objects.add(index("index of the rows in", reference.journal(), "row", names(row) + ")"));
        }
        PostgresTriggers triggers = new PostgresTriggers(aggregate, dialect);
        for (NotedTable table : aggregate.notedTables()) {
            objects.addAll(triggers.notes(table));
        }
        if (aggregate.clocking().inRoot() && aggregate.clocking().byTriggers()) {
            objects.addAll(triggers.stamps(new PostgresStamp(aggregate, masters, self, dialect)));
        }
        return objects;
    }

    /** One statement for all columns, since each would take the table's lock; with a constant default it is short. */
    private DatabaseObject rootColumns(TableId root, List<Column> columns) {
        String additions = columns.stream()
                .map(column -> "ADD COLUMN IF NOT EXISTS " + dialect.quote(column.name()) + " " + column.nativeType()
                        + " NOT NULL DEFAULT " + (column.equals(ClockColumns.WRITER) ? "''" : "0"))
                .collect(Collectors.joining(",\n  "));
        return new DatabaseObject(
                "clock columns of " + root,
                "ALTER TABLE " + dialect.quote(root) + "\n  " + additions,
                handle -> columns.stream()
                        .allMatch(column -> exists(handle, COLUMN_EXISTS, dialect.quote(root), column.name())));
    }

    /** Built without keeping writers out, which takes two passes; one that was interrupted is there but not valid. */
    private DatabaseObject rootIndex(Aggregate aggregate, String self) {
        TableId root = aggregate.root().id();
        TableId index = new TableId(root.schema(), ObjectNames.ofTable(aggregate.name(), root.name(), "pending"));
        return new DatabaseObject(
                "index of what is not published yet " + index,
                "DROP INDEX IF EXISTS " + dialect.quote(index) + ";\nCREATE INDEX CONCURRENTLY "
                        + dialect.quote(index.name()) + " ON " + dialect.quote(root) + " (" + names(aggregate.key())
                        + ") WHERE " + rootPendingCondition(self),
                handle -> exists(handle, INDEX_VALID, index.schema(), index.name()),
                DatabaseObject.Creation.ONLINE);
    }

    @Override
    public String pendingCondition(String self) {
        return "(" + dialect.quote(ClockColumns.counter(self).name()) + " > "
                + dialect.quote(ClockColumns.PUBLISHED.name()) + ")";
    }

    @Override
    public String rootPendingCondition(String self) {
        return "(" + dialect.quote(ClockColumns.counter(self).name()) + " > "
                + dialect.quote(ClockColumns.ROOT_PUBLISHED.name()) + ")";
    }

    private DatabaseObject table(String what, TableId table, String ddl) {
        return new DatabaseObject(
                what + " " + table, ddl, handle -> exists(handle, TABLE_EXISTS, table.schema(), table.name()));
    }

    private String clockTable(Aggregate aggregate, List<String> masters) {
        List<Column> columns = ClockColumns.ofTable(aggregate, masters);
        return "CREATE TABLE " + dialect.quote(aggregate.clockTable()) + " (\n  " + definitions(columns)
                + ",\n  PRIMARY KEY (" + keyNames(aggregate) + "))";
    }

    private String ledger(Aggregate aggregate) {
        return "CREATE TABLE " + dialect.quote(aggregate.ledger())
                + " (\n  id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,\n  "
                + LedgerColumns.written(aggregate).stream()
                        .map(column -> dialect.quote(column.name()) + " " + column.nativeType()
                                + (column.nullable() ? "" : " NOT NULL"))
                        .collect(Collectors.joining(",\n  "))
                + ",\n  sent BOOLEAN NOT NULL DEFAULT false)";
    }

    private DatabaseObject counter(TableId clockTable, Column counter) {
        return new DatabaseObject(
                "counter " + counter.name() + " of " + clockTable,
                "ALTER TABLE " + dialect.quote(clockTable) + " ADD COLUMN " + dialect.quote(counter.name())
                        + " BIGINT NOT NULL DEFAULT 0",
                handle -> !exists(handle, TABLE_EXISTS, clockTable.schema(), clockTable.name())
                        || exists(handle, COLUMN_EXISTS, dialect.quote(clockTable), counter.name()),
                DatabaseObject.Creation.AS_UPGRADE);
    }

    private String journal(TableId journal, List<Column> noted) {
        // vacuum by the number of dead notes, not by a share of a table that is empty most of the time
        return "CREATE TABLE " + dialect.quote(journal)
                + " (\n  id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,\n  "
                + definitions(noted)
                + ",\n  changed_at BIGINT NOT NULL,\n  session BIGINT NOT NULL)\n"
                + "WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000)";
    }

    private DatabaseObject index(String what, TableId table, String suffix, String columns) {
        String name = ObjectNames.derived(table.name(), suffix);
        return new DatabaseObject(
                what + " " + table.schema() + "." + name,
                "CREATE INDEX " + dialect.quote(name) + " ON " + dialect.quote(table) + " (" + columns,
                handle -> exists(handle, TABLE_EXISTS, table.schema(), name));
    }

    private String keyNames(Aggregate aggregate) {
        return names(ClockColumns.key(aggregate));
    }

    private String names(List<Column> columns) {
        return columns.stream().map(column -> dialect.quote(column.name())).collect(Collectors.joining(", "));
    }

    private String definitions(List<Column> columns) {
        return columns.stream()
                .map(column -> dialect.quote(column.name()) + " " + column.nativeType() + " NOT NULL"
                        + (column.name().startsWith("clock_")
                                        && column.nativeType().equals("BIGINT")
                                ? " DEFAULT 0"
                                : ""))
                .collect(Collectors.joining(",\n  "));
    }

    /** The answer to one of the queries for what exists. */
    static boolean exists(Handle handle, String query, Object... arguments) {
        return handle.select(query, arguments).mapTo(Boolean.class).one();
    }

    /**
     * Asks again and again instead of waiting in a statement: an index is built online by another session only when all
     * statements are through that began before, so that one which waited for that session would never end.
     */
    @Override
    public void exclusively(Handle handle, String name, Runnable work) {
        handle.execute("SET lock_timeout = '" + INSTALL_WAIT.toSeconds() + "s'");
        try {
            lock(handle, name);
            try {
                work.run();
            } finally {
                handle.select("SELECT pg_advisory_unlock(hashtext(?))", name)
                        .mapTo(Boolean.class)
                        .list();
            }
        } finally {
            handle.execute("RESET lock_timeout");
        }
    }

    private static void lock(Handle handle, String name) {
        long deadline = System.nanoTime() + INSTALL_WAIT.toNanos();
        while (!handle.select("SELECT pg_try_advisory_lock(hashtext(?))", name)
                .mapTo(Boolean.class)
                .one()) {
            if (System.nanoTime() > deadline) {
                throw new DatabaseException(
                        ErrorKind.LOCK,
                        "another session has been holding the lock '" + name + "' for " + INSTALL_WAIT.toSeconds()
                                + " s",
                        new SQLTimeoutException("pg_try_advisory_lock"));
            }
            try {
                Thread.sleep(INSTALL_PAUSE.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while waiting for the lock '" + name + "'", e);
            }
        }
    }
}
