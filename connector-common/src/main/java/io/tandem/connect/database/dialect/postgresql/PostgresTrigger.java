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

    static final String NOW_MICROS = "CAST(extract(epoch FROM clock_timestamp()) * 1000000 AS bigint)";

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
     * variable, so that these are named by their block, and a bare name is always a column.
     */
    String body() {
        String select = noted.table().equals(aggregate.root()) ? "SELECT" : "SELECT DISTINCT";
        String applying = "current_setting(" + PostgresDialect.literal(PostgresSession.APPLYING) + ", true)";
        return "\n#variable_conflict use_column\n<<tandem>>\nDECLARE\n  noted_at bigint := " + NOW_MICROS
                + ";\n  noted_by bigint := pg_backend_pid();\nBEGIN\n  IF " + applying + " = "
                + PostgresDialect.literal(aggregate.name())
                + " THEN\n    RETURN NULL;\n  END IF;\n"
                + "  IF TG_OP = 'INSERT' THEN\n" + note(keys(select, "new_rows", ""))
                + "  ELSIF TG_OP = 'UPDATE' AND " + applying + " <> '' THEN\n"
                + note(keys("SELECT", "old_rows", withoutEqual("old_rows", "new_rows")) + " UNION "
                        + keys("SELECT", "new_rows", withoutEqual("new_rows", "old_rows")))
                + "  ELSIF TG_OP = 'UPDATE' THEN\n"
                + note(updated())
                + "  ELSIF TG_OP = 'DELETE' THEN\n" + note(keys(select, "old_rows", ""))
                + "  ELSE\n" + note(keys(select, dialect.quote(noted.table().id()), ""))
                + "  END IF;\n  RETURN NULL;\nEND\n";
    }

    /**
     * The rows of a root have all different keys, and few updates change one: to look up the old keys among the new ones
     * costs a statement that writes many rows a tenth less than to put both together.
     */
    private String updated() {
        if (!noted.table().equals(aggregate.root())) {
            return keys("SELECT", "old_rows", "") + " UNION " + keys("SELECT", "new_rows", "");
        }
        return keys("SELECT", "new_rows", "") + " UNION ALL "
                + keys(
                        "SELECT",
                        "old_rows",
                        " AND NOT EXISTS (SELECT FROM new_rows AS other WHERE "
                                + joined(noted.noted(), name -> "other." + name + " = old_rows." + name, " AND ")
                                + ")");
    }

    private String note(String keys) {
        TableId journal =
                noted.reference().map(reference -> reference.journal()).orElse(aggregate.journal());
        List<Column> columns = noted.reference()
                .map(reference -> ClockColumns.row(reference.columns()))
                .orElse(ClockColumns.key(aggregate));
        return "    INSERT INTO " + dialect.quote(journal) + " (" + joined(columns, name -> name, ", ")
                + ", changed_at, session)\n    SELECT k.*, tandem.noted_at, tandem.noted_by\n    FROM (" + keys
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
