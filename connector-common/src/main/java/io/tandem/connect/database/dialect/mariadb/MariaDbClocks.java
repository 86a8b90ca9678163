package io.tandem.connect.database.dialect.mariadb;

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
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * Clock table, journal and row-level triggers, which is what MariaDB has. A trigger runs with the rights of the user who
 * created it, so the application's users need none on the journal. TRUNCATE fires no trigger here.
 */
final class MariaDbClocks implements ClockDialect {

    private static final String TABLE_EXISTS =
            "SELECT COUNT(*) > 0 FROM information_schema.TABLES WHERE TABLE_SCHEMA = ? AND TABLE_NAME = ?";
    private static final String COLUMN_EXISTS = "SELECT COUNT(*) > 0 FROM information_schema.COLUMNS "
            + "WHERE TABLE_SCHEMA = ? AND TABLE_NAME = ? AND COLUMN_NAME = ?";
    private static final String INDEX_EXISTS = "SELECT COUNT(*) > 0 FROM information_schema.STATISTICS "
            + "WHERE TABLE_SCHEMA = ? AND TABLE_NAME = ? AND INDEX_NAME = ?";
    private static final String PENDING = "pending";
    private static final int INSTALL_WAIT_SECONDS = 60;

    private final MariaDbDialect dialect;

    MariaDbClocks(MariaDbDialect dialect) {
        this.dialect = dialect;
    }

    @Override
    public List<DatabaseObject> objects(Aggregate aggregate, List<String> masters, String self) {
        List<DatabaseObject> objects = new ArrayList<>();
        boolean follows = !masters.contains(self);
        String pending = follows ? "" : ",\n  " + pendingColumn(self) + ",\n  " + pendingKey();
        objects.add(table("clock table", aggregate.clockTable(), clockTable(aggregate, masters, pending)));
        masters.forEach(master -> objects.add(counter(aggregate.clockTable(), ClockColumns.counter(master))));
        objects.add(table("ledger", aggregate.ledger(), ledger(aggregate)));
        if (follows) {
            return objects;
        }
        objects.add(pending(aggregate.clockTable(), self));
        if (aggregate.clocking().inRoot()) {
            // each so that writers go on, or fails: a table that is copied can be written to by nobody meanwhile
            objects.add(rootColumns(aggregate.root().id(), ClockColumns.ofRoot(masters)));
            objects.add(rootPending(aggregate.root().id(), self));
            objects.add(rootIndex(aggregate));
        }
        if (aggregate.hasJournal()) {
            objects.add(table(
                    "change journal", aggregate.journal(), journal(aggregate.journal(), ClockColumns.key(aggregate))));
        }
        for (RowReference reference : aggregate.rowReferences()) {
            objects.add(table(
                    "journal of rows",
                    reference.journal(),
                    journal(reference.journal(), ClockColumns.row(reference.columns()))));
        }
        for (NotedTable table : aggregate.notedTables()) {
            objects.addAll(new MariaDbTriggers(aggregate, table, dialect).objects());
        }
        if (aggregate.clocking().inRoot() && aggregate.clocking().byTriggers()) {
            objects.addAll(new MariaDbStamp(aggregate, masters, self, dialect).objects());
        }
        return objects;
    }

    private DatabaseObject rootColumns(TableId root, List<Column> columns) {
        String additions = columns.stream()
                .map(column -> "ADD COLUMN IF NOT EXISTS " + dialect.quote(column.name()) + " " + column.nativeType()
                        + " NOT NULL DEFAULT " + (column.equals(ClockColumns.WRITER) ? "''" : "0"))
                .collect(Collectors.joining(",\n  "));
        return new DatabaseObject(
                "clock columns of " + root,
                "ALTER TABLE " + dialect.quote(root) + "\n  " + additions + ",\n  ALGORITHM = INPLACE, LOCK = NONE",
                handle -> columns.stream()
                        .allMatch(column -> exists(handle, COLUMN_EXISTS, root.schema(), root.name(), column.name())));
    }

    /** Virtual, so that no row has to be written for it; alone, since together with others the table would be copied. */
    private DatabaseObject rootPending(TableId root, String self) {
        return new DatabaseObject(
                "column " + ClockColumns.ROOT_PENDING + " of " + root,
                "ALTER TABLE " + dialect.quote(root) + " ADD COLUMN IF NOT EXISTS "
                        + dialect.quote(ClockColumns.ROOT_PENDING) + " TINYINT AS (IF("
                        + dialect.quote(ClockColumns.counter(self).name()) + " > "
                        + dialect.quote(ClockColumns.ROOT_PUBLISHED.name())
                        + ", 1, NULL)) VIRTUAL,\n  ALGORITHM = INPLACE, LOCK = NONE",
                handle -> exists(handle, COLUMN_EXISTS, root.schema(), root.name(), ClockColumns.ROOT_PENDING));
    }

    private DatabaseObject rootIndex(Aggregate aggregate) {
        TableId root = aggregate.root().id();
        String index = ObjectNames.ofTable(aggregate.name(), root.name(), PENDING);
        return new DatabaseObject(
                "index of what is not published yet " + index + " on " + root,
                "CREATE INDEX IF NOT EXISTS " + dialect.quote(index) + " ON " + dialect.quote(root) + " ("
                        + dialect.quote(ClockColumns.ROOT_PENDING) + ") ALGORITHM = INPLACE LOCK = NONE",
                handle -> exists(handle, INDEX_EXISTS, root.schema(), root.name(), index));
    }

    @Override
    public String rootPendingCondition(String self) {
        return dialect.quote(ClockColumns.ROOT_PENDING) + " = 1";
    }

    /** MariaDB has no partial index: a generated column is 1 for what is pending and NULL otherwise, and indexed. */
    @Override
    public String pendingCondition(String self) {
        return dialect.quote(PENDING) + " = 1";
    }

    private DatabaseObject table(String what, TableId table, String ddl) {
        return new DatabaseObject(
                what + " " + table, ddl, handle -> exists(handle, TABLE_EXISTS, table.schema(), table.name()));
    }

    private String clockTable(Aggregate aggregate, List<String> masters, String pending) {
        List<Column> columns = ClockColumns.ofTable(aggregate, masters);
        return "CREATE TABLE " + dialect.quote(aggregate.clockTable()) + " (\n  " + definitions(columns)
                + ",\n  PRIMARY KEY (" + keyNames(aggregate) + ")" + pending + ") ENGINE = InnoDB";
    }

    private String ledger(Aggregate aggregate) {
        return "CREATE TABLE " + dialect.quote(aggregate.ledger())
                + " (\n  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,\n  "
                + LedgerColumns.written(aggregate).stream()
                        .map(column -> dialect.quote(column.name()) + " "
                                // TEXT ends at 64 KiB here
                                + (column.nativeType().equals("TEXT") ? "LONGTEXT" : column.nativeType())
                                + (column.nullable() ? "" : " NOT NULL"))
                        .collect(Collectors.joining(",\n  "))
                + ",\n  sent BOOLEAN NOT NULL DEFAULT false,\n  KEY unsent (sent, id),\n  KEY aggregate_key ("
                + keyNames(aggregate) + ")) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4";
    }

    private String pendingColumn(String self) {
        return dialect.quote(PENDING) + " TINYINT AS (IF("
                + dialect.quote(ClockColumns.counter(self).name()) + " > "
                + dialect.quote(ClockColumns.PUBLISHED.name()) + ", 1, NULL)) STORED";
    }

    private String pendingKey() {
        return "KEY " + dialect.quote(PENDING) + " (" + dialect.quote(PENDING) + ")";
    }

    /** For the clock table of a follower that becomes a master. */
    private DatabaseObject pending(TableId clockTable, String self) {
        return new DatabaseObject(
                "column " + PENDING + " of " + clockTable,
                "ALTER TABLE " + dialect.quote(clockTable) + " ADD COLUMN " + pendingColumn(self) + ", ADD "
                        + pendingKey(),
                handle -> !exists(handle, TABLE_EXISTS, clockTable.schema(), clockTable.name())
                        || exists(handle, COLUMN_EXISTS, clockTable.schema(), clockTable.name(), PENDING),
                DatabaseObject.Creation.AS_UPGRADE);
    }

    private DatabaseObject counter(TableId clockTable, Column counter) {
        return new DatabaseObject(
                "counter " + counter.name() + " of " + clockTable,
                "ALTER TABLE " + dialect.quote(clockTable) + " ADD COLUMN " + dialect.quote(counter.name())
                        + " BIGINT NOT NULL DEFAULT 0",
                handle -> !exists(handle, TABLE_EXISTS, clockTable.schema(), clockTable.name())
                        || exists(handle, COLUMN_EXISTS, clockTable.schema(), clockTable.name(), counter.name()),
                DatabaseObject.Creation.AS_UPGRADE);
    }

    private String journal(TableId journal, List<Column> noted) {
        return "CREATE TABLE " + dialect.quote(journal)
                + " (\n  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,\n  "
                + definitions(noted)
                + ",\n  changed_at BIGINT NOT NULL,\n  session BIGINT NOT NULL,\n  KEY aggregate_key ("
                + names(noted) + ")) ENGINE = InnoDB";
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

    private static boolean exists(Handle handle, String query, Object... arguments) {
        return handle.select(query, arguments).mapTo(Boolean.class).one();
    }

    @Override
    public void exclusively(Handle handle, String name, Runnable work) {
        boolean locked = handle.select("SELECT COALESCE(GET_LOCK(?, " + INSTALL_WAIT_SECONDS + "), 0) = 1", name)
                .mapTo(Boolean.class)
                .one();
        if (!locked) {
            throw new DatabaseException(
                    ErrorKind.LOCK,
                    "another session has been holding the lock '" + name + "' for " + INSTALL_WAIT_SECONDS + " s",
                    new SQLTimeoutException("GET_LOCK"));
        }
        try {
            work.run();
        } finally {
            handle.select("SELECT RELEASE_LOCK(?)", name).mapTo(Integer.class).list();
        }
    }
}
