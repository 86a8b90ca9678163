package io.tandem.connect.database.dialect.mariadb;

import io.tandem.connect.aggregate.Aggregate;
import io.tandem.connect.aggregate.Column;
import io.tandem.connect.aggregate.TableId;
import io.tandem.connect.database.ClockColumns;
import io.tandem.connect.database.dialect.DatabaseObject;
import io.tandem.connect.database.dialect.ObjectNames;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The triggers by which a root table that has the versions in its own rows counts its writes: the local write rule as
 * part of the application's own statement, with no further row to lock.
 *
 * <p>What the application says about the clock columns does not count. A row that goes leaves its version in the clock
 * table; one that is inserted always starts anew, so that the application's insert looks at no other table, and what
 * reads its version counts it on from the tombstone.
 */
final class MariaDbStamp {

    private final Aggregate aggregate;
    private final List<String> masters;
    private final String self;
    private final MariaDbDialect dialect;

    MariaDbStamp(Aggregate aggregate, List<String> masters, String self, MariaDbDialect dialect) {
        this.aggregate = aggregate;
        this.masters = masters;
        this.self = self;
        this.dialect = dialect;
    }

    List<DatabaseObject> objects() {
        return List.of(
                trigger("stamp_insert", "BEFORE INSERT", start()),
                trigger(
                        "stamp_update",
                        "BEFORE UPDATE",
                        "    IF " + sameKey() + " THEN\n" + next() + "    ELSE\n" + start() + "    END IF;\n"),
                trigger("rekey", "AFTER UPDATE", "    IF NOT (" + sameKey() + ") THEN\n" + bury() + "    END IF;\n"),
                trigger("bury", "AFTER DELETE", bury()));
    }

    private DatabaseObject trigger(String suffix, String event, String statements) {
        TableId root = aggregate.root().id();
        return MariaDbTriggers.trigger(
                aggregate,
                root,
                new TableId(root.schema(), ObjectNames.ofTable(aggregate.name(), root.name(), suffix)),
                event,
                statements,
                dialect);
    }

    private String start() {
        return assign(ClockColumns.TIMESTAMP, MariaDbTriggers.NOW_MICROS)
                + assignCounters(master -> master.equals(self) ? "1" : "0")
                + assign(ClockColumns.ROOT_PUBLISHED, "0")
                + assign(ClockColumns.WRITER, MariaDbDialect.literal(self));
    }

    private String next() {
        return assign(ClockColumns.TIMESTAMP, later("OLD." + name(ClockColumns.TIMESTAMP)))
                + assignCounters(
                        master -> "OLD." + name(ClockColumns.counter(master)) + (master.equals(self) ? " + 1" : ""))
                + assign(ClockColumns.ROOT_PUBLISHED, "OLD." + name(ClockColumns.ROOT_PUBLISHED))
                + assign(ClockColumns.WRITER, MariaDbDialect.literal(self));
    }

    private static String later(String timestamp) {
        return "GREATEST(" + MariaDbTriggers.NOW_MICROS + ", " + timestamp + " + 1)";
    }

    private String bury() {
        String names = ClockColumns.ofTable(aggregate, masters).stream()
                .map(this::name)
                .collect(Collectors.joining(", "));
        String values = Stream.of(
                        aggregate.key().stream().map(column -> "OLD." + name(column)),
                        masters.stream()
                                .map(master -> "OLD." + name(ClockColumns.counter(master))
                                        + (master.equals(self) ? " + 1" : "")),
                        Stream.of(
                                later("OLD." + name(ClockColumns.TIMESTAMP)),
                                MariaDbDialect.literal(self),
                                "TRUE",
                                "OLD." + name(ClockColumns.ROOT_PUBLISHED)))
                .flatMap(all -> all)
                .collect(Collectors.joining(", "));
        String own = name(ClockColumns.counter(self));
        String timestamp = name(ClockColumns.TIMESTAMP);
        return "    INSERT INTO " + dialect.quote(aggregate.clockTable()) + " (" + names + ")\n      VALUES (" + values
                + ")\n      ON DUPLICATE KEY UPDATE " + own + " = " + own + " + 1, " + timestamp + " = GREATEST(VALUES("
                + timestamp + "), " + timestamp + " + 1), " + name(ClockColumns.WRITER) + " = VALUES("
                + name(ClockColumns.WRITER) + "), " + name(ClockColumns.DELETED) + " = TRUE;\n";
    }

    private String sameKey() {
        return aggregate.key().stream()
                .map(column -> "OLD." + name(column) + " <=> NEW." + name(column))
                .collect(Collectors.joining(" AND "));
    }

    private String assignCounters(Function<String, String> value) {
        return masters.stream()
                .map(master -> assign(ClockColumns.counter(master), value.apply(master)))
                .collect(Collectors.joining());
    }

    private String assign(Column column, String value) {
        return "    SET NEW." + name(column) + " = " + value + ";\n";
    }

    private String name(Column column) {
        return dialect.quote(column.name());
    }
}
