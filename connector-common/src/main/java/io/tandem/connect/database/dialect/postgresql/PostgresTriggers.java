package io.tandem.connect.database.dialect.postgresql;

import static io.tandem.connect.database.dialect.postgresql.PostgresClocks.exists;

import io.tandem.connect.aggregate.Aggregate;
import io.tandem.connect.aggregate.Aggregate.NotedTable;
import io.tandem.connect.aggregate.TableId;
import io.tandem.connect.database.dialect.DatabaseObject;
import io.tandem.connect.database.dialect.ObjectNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * An aggregate's triggers. Those that note writes are statement-level with transition tables: one insert into the journal
 * per statement of the application, not per row. Those that count in the root row itself are row-level.
 *
 * <p>The functions (see {@link PostgresTrigger}, {@link PostgresStamp}) are SECURITY DEFINER, since the application's roles
 * need no right to Tandem's tables, and fix their search_path, as such functions must. Nobody but their owner may execute
 * them: whoever could would make triggers of them on a table of his own, whose types and casts would run with the owner's
 * rights.
 */
final class PostgresTriggers {

    private static final String SEARCH_PATH = "pg_catalog, pg_temp";
    private static final String FUNCTION_CURRENT = "SELECT EXISTS (SELECT FROM pg_proc p JOIN pg_namespace n "
            + "ON n.oid = p.pronamespace WHERE n.nspname = ? AND p.proname = ? AND p.prosrc = ? AND p.prosecdef "
            + "AND p.proconfig = ARRAY['search_path=" + SEARCH_PATH + "'] AND NOT EXISTS (SELECT FROM "
            // the grantee 0 is PUBLIC, and no list means the default, which names it
            + "aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) AS granted WHERE granted.grantee = 0))";
    private static final String TRIGGER_CURRENT = "SELECT EXISTS (SELECT FROM pg_trigger t WHERE t.tgrelid = "
            + "to_regclass(?) AND t.tgname = ? AND t.tgfoid = to_regproc(?) AND t.tgenabled IN ('O', 'A'))";

    private final Aggregate aggregate;
    private final PostgresDialect dialect;

    PostgresTriggers(Aggregate aggregate, PostgresDialect dialect) {
        this.aggregate = aggregate;
        this.dialect = dialect;
    }

    /** Those that note writes: statement-level, with transition tables. */
    List<DatabaseObject> notes(NotedTable noted) {
        TableId table = noted.table().id();
        String schema = aggregate.journal().schema();
        String tableName = table.schema().equals(schema) ? table.name() : table.toString();
        TableId function = new TableId(schema, ObjectNames.ofTable(aggregate.name(), tableName, "note"));
        String body = new PostgresTrigger(aggregate, noted, dialect).body();
        List<DatabaseObject> objects = new ArrayList<>();
        objects.add(function(function, body));
        objects.add(trigger(table, function, "AFTER INSERT", "REFERENCING NEW TABLE AS new_rows "));
        objects.add(
                trigger(table, function, "AFTER UPDATE", "REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows "));
        objects.add(trigger(table, function, "AFTER DELETE", "REFERENCING OLD TABLE AS old_rows "));
        objects.add(trigger(table, function, "BEFORE TRUNCATE", ""));
        return objects;
    }

    private DatabaseObject function(TableId function, String body) {
        return new DatabaseObject(
                "trigger function " + function,
                "CREATE OR REPLACE FUNCTION " + dialect.quote(function) + "() RETURNS trigger LANGUAGE plpgsql\n"
                        + "SECURITY DEFINER SET search_path = " + SEARCH_PATH + " AS " + dollarQuoted(body)
                        + ";\nREVOKE ALL ON FUNCTION " + dialect.quote(function) + "() FROM PUBLIC",
                handle -> exists(handle, FUNCTION_CURRENT, function.schema(), function.name(), body));
    }

    /** Between tags that are not in the text: names of tables and columns may hold dollars. */
    private static String dollarQuoted(String text) {
        String tag = "$tandem$";
        for (int i = 1; text.contains(tag); i++) {
            tag = "$tandem" + i + "$";
        }
        return tag + text + tag;
    }

    private DatabaseObject trigger(TableId table, TableId function, String event, String transitionTables) {
        String name = ObjectNames.derived(
                "tandem_" + aggregate.name(),
                event.substring(event.indexOf(' ') + 1).toLowerCase(Locale.ROOT));
        return trigger(
                name,
                table,
                function,
                event + " ON " + dialect.quote(table) + " " + transitionTables + "FOR EACH STATEMENT");
    }

    private DatabaseObject trigger(String name, TableId table, TableId function, String event) {
        return new DatabaseObject(
                "trigger " + name + " on " + table,
                "DROP TRIGGER IF EXISTS " + dialect.quote(name) + " ON " + dialect.quote(table) + ";\nCREATE TRIGGER "
                        + dialect.quote(name) + " " + event + " EXECUTE FUNCTION " + dialect.quote(function) + "()",
                handle -> exists(handle, TRIGGER_CURRENT, dialect.quote(table), name, dialect.quote(function)));
    }

    /** Those that count the writes of a root table in its own rows. */
    List<DatabaseObject> stamps(PostgresStamp stamp) {
        TableId root = aggregate.root().id();
        String schema = aggregate.clockTable().schema();
        String tableName = root.schema().equals(schema) ? root.name() : root.toString();
        TableId stamping = new TableId(schema, ObjectNames.ofTable(aggregate.name(), tableName, "stamp"));
        TableId burying = new TableId(schema, ObjectNames.ofTable(aggregate.name(), tableName, "bury"));
        return List.of(
                function(stamping, stamp.stampingBody()),
                function(burying, stamp.buryingBody()),
                rowTrigger(root, stamping, "stamp", "BEFORE INSERT OR UPDATE", "ROW", ""),
                rowTrigger(root, burying, "rekey", "AFTER UPDATE", "ROW", stamp.keyChanged()),
                rowTrigger(root, burying, "bury", "AFTER DELETE", "ROW", ""),
                rowTrigger(root, burying, "truncate", "BEFORE TRUNCATE", "STATEMENT", ""));
    }

    private DatabaseObject rowTrigger(
            TableId table, TableId function, String suffix, String event, String level, String condition) {
        String name = ObjectNames.derived("tandem_" + aggregate.name(), suffix);
        return trigger(name, table, function, event + " ON " + dialect.quote(table) + " FOR EACH " + level + condition);
    }
}
