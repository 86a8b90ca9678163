package io.tandem.connect.database.dialect.postgresql;

import io.tandem.connect.aggregate.Aggregate;
import io.tandem.connect.aggregate.Aggregate.KeyedTable;
import io.tandem.connect.aggregate.Column;
import io.tandem.connect.aggregate.TableId;
import io.tandem.connect.database.ClockColumns;
import io.tandem.connect.database.dialect.ClockDialect;
import io.tandem.connect.database.dialect.DatabaseObject;
import io.tandem.connect.database.dialect.ObjectNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/**
 * Clock table, journal and statement-level triggers with transition tables: one insert into the journal per statement of
 * the application, not per row.
 *
 * <p>The trigger function is SECURITY DEFINER, since the application's roles need no right to the journal, and fixes
 * its search_path, as such functions must.
 */
final class PostgresClocks implements ClockDialect {

    private static final String TABLE_EXISTS = "SELECT EXISTS (SELECT FROM pg_class c JOIN pg_namespace n "
            + "ON n.oid = c.relnamespace WHERE n.nspname = ? AND c.relname = ?)";
    private static final String COLUMN_EXISTS = "SELECT EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = "
            + "to_regclass(?) AND a.attname = ? AND NOT a.attisdropped)";
    private static final String FUNCTION_CURRENT = "SELECT EXISTS (SELECT FROM pg_proc p JOIN pg_namespace n "
            + "ON n.oid = p.pronamespace WHERE n.nspname = ? AND p.proname = ? AND p.prosrc = ?)";
    private static final String TRIGGER_CURRENT = "SELECT EXISTS (SELECT FROM pg_trigger t WHERE t.tgrelid = "
            + "to_regclass(?) AND t.tgname = ? AND t.tgfoid = to_regproc(?) AND t.tgenabled IN ('O', 'A'))";

    private final PostgresDialect dialect;

    PostgresClocks(PostgresDialect dialect) {
        this.dialect = dialect;
    }

    @Override
    public List<DatabaseObject> objects(Aggregate aggregate, List<String> masters, String self) {
        List<DatabaseObject> objects = new ArrayList<>();
        objects.add(table("clock table", aggregate.clockTable(), clockTable(aggregate, masters)));
        masters.forEach(master -> objects.add(counter(aggregate.clockTable(), ClockColumns.counter(master))));
        objects.add(index(
                "index of what is not published yet",
                aggregate.clockTable(),
                "pending",
                keyNames(aggregate) + ") WHERE " + pendingCondition(self)));
        objects.add(table("change journal", aggregate.journal(), journal(aggregate)));
        objects.add(index("index of the journal's keys", aggregate.journal(), "key", keyNames(aggregate) + ")"));
        for (KeyedTable table : aggregate.tables()) {
            objects.addAll(triggers(aggregate, table));
        }
        return objects;
    }

    @Override
    public String pendingCondition(String self) {
        return "(" + dialect.quote(ClockColumns.counter(self).name()) + " > "
                + dialect.quote(ClockColumns.PUBLISHED.name()) + ")";
    }

    private DatabaseObject table(String what, TableId table, String ddl) {
        return new DatabaseObject(
                what + " " + table, ddl, handle -> exists(handle, TABLE_EXISTS, table.schema(), table.name()));
    }

    private String clockTable(Aggregate aggregate, List<String> masters) {
        List<Column> columns = Stream.of(
                        ClockColumns.key(aggregate).stream(),
                        masters.stream().map(ClockColumns::counter),
                        Stream.of(
                                ClockColumns.TIMESTAMP,
                                ClockColumns.WRITER,
                                ClockColumns.DELETED,
                                ClockColumns.PUBLISHED))
                .flatMap(column -> column)
                .toList();
        return "CREATE TABLE " + dialect.quote(aggregate.clockTable()) + " (\n  " + definitions(columns)
                + ",\n  PRIMARY KEY (" + keyNames(aggregate) + "))";
    }

    private DatabaseObject counter(TableId clockTable, Column counter) {
        return new DatabaseObject(
                "counter " + counter.name() + " of " + clockTable,
                "ALTER TABLE " + dialect.quote(clockTable) + " ADD COLUMN " + dialect.quote(counter.name())
                        + " BIGINT NOT NULL DEFAULT 0",
                handle -> !exists(handle, TABLE_EXISTS, clockTable.schema(), clockTable.name())
                        || exists(handle, COLUMN_EXISTS, dialect.quote(clockTable), counter.name()));
    }

    private String journal(Aggregate aggregate) {
        // vacuum by the number of dead notes, not by a share of a table that is empty most of the time
        return "CREATE TABLE " + dialect.quote(aggregate.journal())
                + " (\n  id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,\n  "
                + definitions(ClockColumns.key(aggregate))
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

    private List<DatabaseObject> triggers(Aggregate aggregate, KeyedTable keyed) {
        TableId table = keyed.table().id();
        String schema = aggregate.journal().schema();
        String tableName = table.schema().equals(schema) ? table.name() : table.toString();
        TableId function = new TableId(schema, ObjectNames.ofTable(aggregate.name(), tableName, "note"));
        String body = functionBody(aggregate, keyed);
        List<DatabaseObject> objects = new ArrayList<>();
        objects.add(new DatabaseObject(
                "trigger function " + function,
                "CREATE OR REPLACE FUNCTION " + dialect.quote(function) + "() RETURNS trigger LANGUAGE plpgsql\n"
                        + "SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $tandem$" + body + "$tandem$",
                handle -> exists(handle, FUNCTION_CURRENT, function.schema(), function.name(), body)));
        objects.add(trigger(aggregate, table, function, "AFTER INSERT", "REFERENCING NEW TABLE AS new_rows "));
        objects.add(trigger(
                aggregate,
                table,
                function,
                "AFTER UPDATE",
                "REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows "));
        objects.add(trigger(aggregate, table, function, "AFTER DELETE", "REFERENCING OLD TABLE AS old_rows "));
        objects.add(trigger(aggregate, table, function, "BEFORE TRUNCATE", ""));
        return objects;
    }

    private DatabaseObject trigger(
            Aggregate aggregate, TableId table, TableId function, String event, String transitionTables) {
        String name = ObjectNames.derived(
                "tandem_" + aggregate.name(),
                event.substring(event.indexOf(' ') + 1).toLowerCase(Locale.ROOT));
        return new DatabaseObject(
                "trigger " + name + " on " + table,
                "DROP TRIGGER IF EXISTS " + dialect.quote(name) + " ON " + dialect.quote(table) + ";\nCREATE TRIGGER "
                        + dialect.quote(name) + " " + event + " ON " + dialect.quote(table) + " "
                        + transitionTables + "FOR EACH STATEMENT EXECUTE FUNCTION " + dialect.quote(function) + "()",
                handle -> exists(handle, TRIGGER_CURRENT, dialect.quote(table), name, dialect.quote(function)));
    }

    /** A truncated table has no rows to look at afterwards, so its keys are noted before. */
    private String functionBody(Aggregate aggregate, KeyedTable keyed) {
        String table = dialect.quote(keyed.table().id());
        String select = keyed.table().equals(aggregate.root()) ? "SELECT" : "SELECT DISTINCT";
        return "\nBEGIN\n  IF current_setting(" + PostgresDialect.literal(PostgresSession.APPLYING) + ", true) = "
                + PostgresDialect.literal(aggregate.name()) + " THEN\n    RETURN NULL;\n  END IF;\n"
                + "  IF TG_OP = 'INSERT' THEN\n" + note(aggregate, keys(keyed, select, "new_rows"))
                + "  ELSIF TG_OP = 'UPDATE' THEN\n"
                + note(aggregate, keys(keyed, "SELECT", "old_rows") + " UNION " + keys(keyed, "SELECT", "new_rows"))
                + "  ELSIF TG_OP = 'DELETE' THEN\n" + note(aggregate, keys(keyed, select, "old_rows"))
                + "  ELSE\n" + note(aggregate, keys(keyed, select, table))
                + "  END IF;\n  RETURN NULL;\nEND\n";
    }

    private String note(Aggregate aggregate, String keys) {
        return "    INSERT INTO " + dialect.quote(aggregate.journal()) + " (" + keyNames(aggregate)
                + ", changed_at, session)\n    SELECT k.*, "
                + "CAST(extract(epoch FROM clock_timestamp()) * 1000000 AS bigint), pg_backend_pid()\n"
                + "    FROM (" + keys + ") AS k;\n";
    }

    private String keys(KeyedTable keyed, String select, String rows) {
        String columns =
                keyed.key().stream().map(column -> dialect.quote(column.name())).collect(Collectors.joining(", "));
        // a child row without a parent belongs to no aggregate
        String present = keyed.key().stream()
                .map(column -> dialect.quote(column.name()) + " IS NOT NULL")
                .collect(Collectors.joining(" AND "));
        return select + " " + columns + " FROM " + rows + " WHERE " + present;
    }

    private String keyNames(Aggregate aggregate) {
        return ClockColumns.key(aggregate).stream()
                .map(column -> dialect.quote(column.name()))
                .collect(Collectors.joining(", "));
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
        handle.execute("SET lock_timeout = '60s'");
        handle.select("SELECT CAST(pg_advisory_lock(hashtext(?)) AS text)", name)
                .mapTo(String.class)
                .list();
        try {
            work.run();
        } finally {
            handle.select("SELECT pg_advisory_unlock(hashtext(?))", name)
                    .mapTo(Boolean.class)
                    .list();
            handle.execute("RESET lock_timeout");
        }
    }
}
