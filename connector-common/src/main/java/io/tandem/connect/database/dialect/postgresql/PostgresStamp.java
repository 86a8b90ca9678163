package io.tandem.connect.database.dialect.postgresql;

import io.tandem.connect.aggregate.Aggregate;
import io.tandem.connect.aggregate.Column;
import io.tandem.connect.aggregate.TableId;
import io.tandem.connect.database.ClockColumns;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The bodies of the functions by which a root table that has the versions in its own rows counts its writes: the local
 * write rule as part of the application's own statement, with no further row to lock.
 *
 * <p>What the application says about the clock columns does not count. A row that goes leaves its version in the clock
 * table; one that is inserted always starts anew, so that the application's insert looks at no other table, and what
 * reads its version counts it on from the tombstone.
 */
final class PostgresStamp {

    private static final String NOW = PostgresTrigger.NOW_MICROS;

    private final Aggregate aggregate;
    private final List<String> masters;
    private final String self;
    private final PostgresDialect dialect;
    private final String applying;

    PostgresStamp(Aggregate aggregate, List<String> masters, String self, PostgresDialect dialect) {
        this.aggregate = aggregate;
        this.masters = masters;
        this.self = self;
        this.dialect = dialect;
        this.applying = "current_setting(" + PostgresDialect.literal(PostgresSession.APPLYING) + ", true)";
    }

    /** For BEFORE INSERT OR UPDATE of a row. */
    String stampingBody() {
        // what the sink of another aggregate writes into this table counts where it changes something
        return "\nBEGIN\n  IF " + applying + " = " + PostgresDialect.literal(aggregate.name())
                + " THEN\n    RETURN NEW;\n  END IF;\n"
                + "  IF TG_OP = 'UPDATE' AND " + applying
                + " <> '' AND CAST(OLD AS text) = CAST(NEW AS text) THEN\n    RETURN NEW;\n  END IF;\n"
                + "  IF TG_OP = 'UPDATE' AND " + joined(aggregate.key(), this::sameKey, " AND ") + " THEN\n"
                + assign(ClockColumns.TIMESTAMP, "greatest(" + NOW + ", OLD." + name(ClockColumns.TIMESTAMP) + " + 1)")
                + assignCounters(
                        master -> "OLD." + name(ClockColumns.counter(master)) + (master.equals(self) ? " + 1" : ""))
                + assign(ClockColumns.ROOT_PUBLISHED, "OLD." + name(ClockColumns.ROOT_PUBLISHED))
                + "  ELSE\n"
                + assign(ClockColumns.TIMESTAMP, NOW)
                + assignCounters(master -> master.equals(self) ? "1" : "0")
                + assign(ClockColumns.ROOT_PUBLISHED, "0")
                + "  END IF;\n"
                + assign(ClockColumns.WRITER, PostgresDialect.literal(self))
                + "  RETURN NEW;\nEND\n";
    }

    /** For AFTER DELETE, AFTER UPDATE of the key and BEFORE TRUNCATE. */
    String buryingBody() {
        return "\nBEGIN\n  IF " + applying + " = " + PostgresDialect.literal(aggregate.name())
                + " THEN\n    RETURN NULL;\n  END IF;\n"
                + "  IF TG_OP = 'TRUNCATE' THEN\n"
                + bury("SELECT " + buried("r") + " FROM "
                        + dialect.quote(aggregate.root().id()) + " AS r")
                + "  ELSE\n" + bury("VALUES (" + buried("OLD") + ")")
                + "  END IF;\n  RETURN NULL;\nEND\n";
    }

    /** A row that was never stamped has no past, so its delete is its first write, as it is everywhere else. */
    private String bury(String rows) {
        TableId table = aggregate.clockTable();
        return "    INSERT INTO " + dialect.quote(table) + " AS t ("
                + joined(ClockColumns.ofTable(aggregate, masters), name -> name, ", ")
                + ")\n    "
                + rows + "\n    ON CONFLICT (" + joined(ClockColumns.key(aggregate), name -> name, ", ")
                + ") DO UPDATE SET " + name(ClockColumns.counter(self)) + " = t." + name(ClockColumns.counter(self))
                + " + 1, " + name(ClockColumns.TIMESTAMP) + " = greatest(excluded." + name(ClockColumns.TIMESTAMP)
                + ", t." + name(ClockColumns.TIMESTAMP) + " + 1), " + name(ClockColumns.WRITER) + " = excluded."
                + name(ClockColumns.WRITER) + ", " + name(ClockColumns.DELETED) + " = true;\n";
    }

    private String buried(String row) {
        return Stream.of(
                        aggregate.key().stream().map(column -> row + "." + name(column)),
                        masters.stream()
                                .map(master -> row + "." + name(ClockColumns.counter(master))
                                        + (master.equals(self) ? " + 1" : "")),
                        Stream.of(
                                "greatest(" + NOW + ", " + row + "." + name(ClockColumns.TIMESTAMP) + " + 1)",
                                PostgresDialect.literal(self),
                                "true",
                                row + "." + name(ClockColumns.ROOT_PUBLISHED)))
                .flatMap(values -> values)
                .collect(Collectors.joining(", "));
    }

    /** The condition of the trigger that buries the old key. */
    String keyChanged() {
        return " WHEN (NOT (" + joined(aggregate.key(), this::sameKey, " AND ") + "))";
    }

    private String sameKey(String column) {
        return "OLD." + column + " IS NOT DISTINCT FROM NEW." + column;
    }

    private String assignCounters(Function<String, String> value) {
        return masters.stream()
                .map(master -> assign(ClockColumns.counter(master), value.apply(master)))
                .collect(Collectors.joining());
    }

    private String assign(Column column, String value) {
        return "    NEW." + name(column) + " := " + value + ";\n";
    }

    private String name(Column column) {
        return dialect.quote(column.name());
    }

    private String joined(List<Column> columns, Function<String, String> text, String separator) {
        return columns.stream().map(column -> text.apply(name(column))).collect(Collectors.joining(separator));
    }
}
