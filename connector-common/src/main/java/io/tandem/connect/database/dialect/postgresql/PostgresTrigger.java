package io.tandem.connect.database.dialect.postgresql;

import io.tandem.connect.aggregate.Aggregate;
import io.tandem.connect.aggregate.Aggregate.NotedTable;
import io.tandem.connect.aggregate.Column;
import io.tandem.connect.aggregate.Table;
import io.tandem.connect.aggregate.TableId;
import io.tandem.connect.database.ClockColumns;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The body of the function that the triggers of one table call.
 *
 * <p>What the aggregate's own sink writes is not noted. What the sink of another aggregate writes into a table of both is
 * a write of this aggregate, too, but only where it changes something: two masters would otherwise send such a row to and
 * fro for ever.
 */
final class PostgresTrigger {

    // a double takes microseconds exactly until 2106, and costs less than the numeric that extract gives
    static final String NOW_MICROS = "CAST(date_part('epoch', clock_timestamp()) * 1000000 AS bigint)";

    private final Aggregate aggregate;
    private final NotedTable noted;
    private final PostgresDialect dialect;

    PostgresTrigger(Aggregate aggregate, NotedTable noted, PostgresDialect dialect) {
        this.aggregate = aggregate;
        this.noted = noted;
        this.dialect = dialect;
    }

    /**
     * A truncated table has no rows to look at afterwards, so its keys are noted before. Columns may have the name of a
     * variable, so that this is named by its block, and a bare name is always a column. What an application does most, an
     * update while nothing is applied, comes to its statement with the fewest questions: each is evaluated for each
     * statement of the application's.
     */
    String body() {
        String select = noted.table().equals(aggregate.root()) ? "SELECT" : "SELECT DISTINCT";
        String applying = "current_setting(" + PostgresDialect.literal(PostgresSession.APPLYING) + ", true)";
        return "\n#variable_conflict use_column\n<<tandem>>\nDECLARE\n  noted_at bigint := " + NOW_MICROS
                + ";\nBEGIN\n  IF " + applying + " <> '' THEN\n    IF " + applying + " = "
                + PostgresDialect.literal(aggregate.name()) + " THEN\n      RETURN NULL;\n    END IF;\n"
                + "    IF TG_OP = 'UPDATE' THEN\n"
                + note(keys("SELECT", "old_rows", withoutEqual("old_rows", "new_rows")) + " UNION "
                        + keys("SELECT", "new_rows", withoutEqual("new_rows", "old_rows")))
                + "      RETURN NULL;\n    END IF;\n  END IF;\n"
                + "  IF TG_OP = 'UPDATE' THEN\n" + noteUpdated()
                + "  ELSIF TG_OP = 'INSERT' THEN\n" + note(keys(select, "new_rows", ""))
                + "  ELSIF TG_OP = 'DELETE' THEN\n" + note(keys(select, "old_rows", ""))
                + "  ELSE\n" + note(keys(select, dialect.quote(noted.table().id()), ""))
                + "  END IF;\n  RETURN NULL;\nEND\n";
    }

    /**
     * The rows of a root have all different keys, and few updates change one. If there is no pair of an old and a new row
     * with different keys, there is one row with the key that it had; a pair is found at once where there are more rows.
     * To look up the old keys among the new ones costs a statement that writes many rows a tenth less than to put both
     * together.
     */
    private String noteUpdated() {
        if (!noted.table().equals(aggregate.root())) {
            return note(keys("SELECT", "old_rows", "") + " UNION " + keys("SELECT", "new_rows", ""));
        }
        List<Column> key = noted.noted();
        return note(keys("SELECT", "new_rows", ""))
                + "    PERFORM FROM old_rows AS o, new_rows AS n WHERE "
                + joined(key, name -> "o." + name + " IS DISTINCT FROM n." + name, " OR ") + " LIMIT 1;\n"
                + "    IF FOUND THEN\n"
                + note(keys(
                        "SELECT",
                        "old_rows",
                        " AND NOT EXISTS (SELECT FROM new_rows AS other WHERE "
                                + joined(key, name -> "other." + name + " = old_rows." + name, " AND ") + ")"))
                + "    END IF;\n";
    }

    private String note(String keys) {
        TableId journal =
                noted.reference().map(reference -> reference.journal()).orElse(aggregate.journal());
        List<Column> columns = noted.reference()
                .map(reference -> ClockColumns.row(reference.columns()))
                .orElse(ClockColumns.key(aggregate));
        return "    INSERT INTO " + dialect.quote(journal) + " (" + joined(columns, name -> name, ", ")
                + ", changed_at, session)\n    SELECT k.*, tandem.noted_at, pg_backend_pid()\n    FROM (" + keys
                + ") AS k;\n";
    }

    private String keys(String select, String rows, String condition) {
        // a child row without a parent belongs to no aggregate
        return select + " " + joined(noted.noted(), name -> name, ", ") + " FROM " + rows + " WHERE "
                + joined(noted.noted(), name -> name + " IS NOT NULL", " AND ") + condition;
    }

    /** Rows are compared as texts, which all types have; the key only makes the comparison cheap. */
    private String withoutEqual(String rows, String others) {
        Table table = noted.table();
        List<Column> key = table.primaryKey().isEmpty() ? aggregate.key() : table.columns(table.primaryKey());
        return " AND NOT EXISTS (SELECT FROM " + others + " AS other WHERE "
                + joined(key, name -> "other." + name + " = " + rows + "." + name, " AND ")
                + " AND CAST(other AS text) = CAST(" + rows + " AS text))";
    }

    private String joined(List<Column> columns, Function<String, String> text, String separator) {
        return columns.stream()
                .map(column -> text.apply(dialect.quote(column.name())))
                .collect(Collectors.joining(separator));
    }
}
