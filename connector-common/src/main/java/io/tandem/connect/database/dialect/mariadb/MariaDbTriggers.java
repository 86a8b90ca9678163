package io.tandem.connect.database.dialect.mariadb;

import io.tandem.connect.aggregate.Aggregate;
import io.tandem.connect.aggregate.Aggregate.NotedTable;
import io.tandem.connect.aggregate.Column;
import io.tandem.connect.aggregate.TableId;
import io.tandem.connect.database.ClockColumns;
import io.tandem.connect.database.dialect.DatabaseObject;
import io.tandem.connect.database.dialect.ObjectNames;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The triggers of one table.
 *
 * <p>What the aggregate's own sink writes is not noted. What the sink of another aggregate writes into a table of both is
 * a write of this aggregate, too, but only where it changes something: two masters would otherwise send such a row to and
 * fro for ever.
 */
final class MariaDbTriggers {

    private static final String TRIGGER_BODY = "SELECT ACTION_STATEMENT FROM information_schema.TRIGGERS "
            + "WHERE TRIGGER_SCHEMA = ? AND TRIGGER_NAME = ?";

    // the true time of this row in UTC: SYSDATE is the wall clock now, and the difference of the two statement times is
    // the session's offset, which is exact also in the hour that daylight saving repeats. Under SET timestamp it may be
    // the offset of another season, so that the server has to convert
    static final String NOW_MICROS = "IF(ABS(TIMESTAMPDIFF(SECOND, NOW(6), SYSDATE(6))) < 1, "
            + "TIMESTAMPDIFF(MICROSECOND, '1970-01-01', SYSDATE(6)) "
            + "- TIMESTAMPDIFF(MICROSECOND, UTC_TIMESTAMP(6), NOW(6)), "
            + "CAST(UNIX_TIMESTAMP(SYSDATE(6)) * 1000000 AS SIGNED))";

    private final Aggregate aggregate;
    private final NotedTable noted;
    private final MariaDbDialect dialect;

    MariaDbTriggers(Aggregate aggregate, NotedTable noted, MariaDbDialect dialect) {
        this.aggregate = aggregate;
        this.noted = noted;
        this.dialect = dialect;
    }

    List<DatabaseObject> objects() {
        return List.of(
                trigger("INSERT", note("NEW")), trigger("UPDATE", noteOldAndNew()), trigger("DELETE", note("OLD")));
    }

    private DatabaseObject trigger(String event, String notes) {
        TableId table = noted.table().id();
        TableId trigger = new TableId(
                table.schema(), ObjectNames.ofTable(aggregate.name(), table.name(), event.toLowerCase(Locale.ROOT)));
        return trigger(aggregate, table, trigger, "AFTER " + event, notes, dialect);
    }

    /** A trigger whose statements run unless the aggregate's own sink writes. */
    static DatabaseObject trigger(
            Aggregate aggregate,
            TableId table,
            TableId trigger,
            String event,
            String statements,
            MariaDbDialect dialect) {
        String body = "BEGIN\n  IF NOT (" + MariaDbSession.APPLYING + " <=> " + MariaDbDialect.literal(aggregate.name())
                + ") THEN\n" + statements + "  END IF;\nEND";
        return new DatabaseObject(
                "trigger " + trigger,
                "CREATE OR REPLACE TRIGGER " + dialect.quote(trigger) + " " + event + " ON " + dialect.quote(table)
                        + " FOR EACH ROW\n" + body,
                handle -> handle.select(TRIGGER_BODY, trigger.schema(), trigger.name()).mapTo(String.class).stream()
                        .anyMatch(body::equals));
    }

    /**
     * Names no column but those that it notes: a trigger that named others would make the application's statements fail
     * as soon as one of them is dropped.
     */
    private String noteOldAndNew() {
        String moved = noted.noted().stream()
                .map(column -> "OLD." + dialect.quote(column.name()) + " <=> NEW." + dialect.quote(column.name()))
                .collect(Collectors.joining(" AND "));
        return note("NEW") + "    IF NOT (" + moved + ") THEN\n" + note("OLD") + "    END IF;\n";
    }

    private String note(String row) {
        TableId journal =
                noted.reference().map(reference -> reference.journal()).orElse(aggregate.journal());
        List<Column> columns = noted.reference()
                .map(reference -> ClockColumns.row(reference.columns()))
                .orElse(ClockColumns.key(aggregate));
        String names =
                columns.stream().map(column -> dialect.quote(column.name())).collect(Collectors.joining(", "));
        String values = noted.noted().stream()
                .map(column -> row + "." + dialect.quote(column.name()))
                .collect(Collectors.joining(", "));
        String insert = "INSERT INTO " + dialect.quote(journal) + " (" + names
                + ", changed_at, session)\n      VALUES (" + values + ", " + NOW_MICROS + ", CONNECTION_ID());\n";
        // a child row without a parent belongs to no aggregate
        String present = noted.noted().stream()
                .filter(Column::nullable)
                .map(column -> row + "." + dialect.quote(column.name()) + " IS NOT NULL")
                .collect(Collectors.joining(" AND "));
        return present.isEmpty() ? "    " + insert : "    IF " + present + " THEN\n      " + insert + "    END IF;\n";
    }
}
