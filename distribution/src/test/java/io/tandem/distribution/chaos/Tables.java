package io.tandem.distribution.chaos;

import io.tandem.distribution.TestAggregate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The tables of one aggregate on one master: a root with parts, under names and with types of the master's own. Which write
 * a row is of, and which one it overwrote, is mapped; a note on the root is not.
 */
record Tables(Kind kind, Side side) {

    private static final String CANONICAL = """
            {"type": "record", "name": "%s", "namespace": "test.chaos", "key": ["number"], "fields": [
              {"name": "number", "type": "long"},
              {"name": "marker", "type": "string"},
              {"name": "previous", "type": ["null", "string"]},
              {"name": "state", "type": "string"},
              {"name": "amount", "type": {"type": "bytes", "logicalType": "decimal", "precision": 10, "scale": 2}},
              {"name": "parts", "type": {"type": "array", "items":
                {"type": "record", "name": "%sPart", "key": ["position"], "fields": [
                  {"name": "position", "type": "int"},
                  {"name": "marker", "type": "string"},
                  {"name": "previous", "type": ["null", "string"]},
                  {"name": "quantity", "type": ["null", "int"]}]}}}]}
            """;

    /** What both masters mean by the aggregate. */
    static String canonical(Kind kind) {
        return CANONICAL.formatted(kind.aggregate(), kind.aggregate());
    }

    /** What the connectors of this master need. */
    TestAggregate.Side forConnectors(int tasks) {
        Map<String, String> settings = new HashMap<>();
        settings.put("aggregate.root", kind.root(side));
        settings.put("aggregate.children", "parts");
        settings.put("aggregate.children.parts.table", kind.part(side));
        settings.put("mapping.unmapped.columns", "local_note");
        settings.put("clock.placement", kind.placement());
        settings.put("tasks.max", Integer.toString(tasks));
        // else the group waits 45 s for a sink's tasks that died with their worker, and a run meets few faults
        settings.put("consumer.override.session.timeout.ms", "6000");
        settings.put("consumer.override.heartbeat.interval.ms", "1500");
        return new TestAggregate.Side(mapping(), settings, "SELECT 1", ddl());
    }

    private String mapping() {
        String codes = side == Side.LEGACY ? ", \"codes\": {\"O\": \"OPEN\", \"C\": \"CLOSED\"}" : "";
        return """
                {"aggregate": "%s", "master": "%s", "fields": [
                  {"field": "number", "column": "%s"},
                  {"field": "marker", "column": "%s"},
                  {"field": "previous", "column": "%s"},
                  {"field": "state", "column": "%s"%s},
                  {"field": "amount", "column": "%s"},
                  {"field": "parts", "table": "parts", "fields": [
                    {"field": "position", "column": "%s"},
                    {"field": "marker", "column": "%s"},
                    {"field": "previous", "column": "%s"},
                    {"field": "quantity", "column": "%s"}]}]}
                """.formatted(
                        kind.aggregate(),
                        side.id(),
                        side.key(),
                        side.marker(),
                        side.previous(),
                        side.state(),
                        codes,
                        side.amount(),
                        side.position(),
                        side.marker(),
                        side.previous(),
                        side.quantity());
    }

    private List<String> ddl() {
        String texts = side.marker() + " VARCHAR(24) NOT NULL, " + side.previous() + " VARCHAR(24), ";
        String root = kind.root(side);
        String part = kind.part(side);
        String made =
                "CREATE TABLE " + root + " (" + side.key() + " BIGINT NOT NULL PRIMARY KEY, " + texts + side.state()
                        + (side == Side.LEGACY ? " CHAR(1)" : " VARCHAR(6)") + " NOT NULL, " + side.amount()
                        + " DECIMAL(10,2) NOT NULL, local_note VARCHAR(10))" + side.engine();
        String parts = "CREATE TABLE " + part + " (" + side.owner() + " BIGINT NOT NULL, " + side.position()
                + " INT NOT NULL, " + texts + side.quantity() + " INT, PRIMARY KEY (" + side.owner() + ", "
                + side.position() + "), FOREIGN KEY (" + side.owner() + ") REFERENCES " + root + " (" + side.key()
                + ") ON DELETE CASCADE)" + side.engine();
        String guard = "CREATE TABLE " + kind.guard(side) + " (" + side.key() + " BIGINT NOT NULL PRIMARY KEY)"
                + side.engine();
        String granted = "GRANT SELECT, INSERT, UPDATE, DELETE ON " + kind.guard(side) + " TO app";
        String guards = "INSERT INTO " + kind.guard(side) + " " + Keys.guarded();
        return List.of(made, parts, guard, guards, granted);
    }

    /** Changes the row of a register and notes what it overwrites, in one statement: new marker, state or number, key. */
    String overwrite(Register register) {
        return "UPDATE " + table(register) + " SET " + side.previous() + " = " + side.marker() + ", " + side.marker()
                + " = ?, " + value(register) + " = ?" + where(register);
    }

    /** Changes the row of a register whose marker was read before: new marker, what it overwrites, state or number. */
    String update(Register register) {
        return "UPDATE " + table(register) + " SET " + side.marker() + " = ?, " + side.previous() + " = ?, "
                + value(register) + " = ?" + where(register);
    }

    /** The marker that the row of a register shows. */
    String marker(Register register) {
        return "SELECT " + side.marker() + " FROM " + table(register) + where(register);
    }

    /** What the row of a register has overwritten. */
    String previous(Register register) {
        return "SELECT " + side.previous() + " FROM " + table(register) + where(register);
    }

    /** Numbers and markers of a root's parts, in order. */
    String parts(Register root) {
        return "SELECT " + side.position() + ", " + side.marker() + " FROM " + kind.part(side) + " WHERE "
                + side.owner() + " = " + root.key() + " ORDER BY " + side.position();
    }

    String delete(Register register) {
        return "DELETE FROM " + table(register) + where(register);
    }

    /** Inserts a row, or nothing if somebody else was faster: marker, state or number. */
    String insert(Register register) {
        String columns = register.isRoot()
                ? side.key() + ", " + side.marker() + ", " + side.state() + ", " + side.amount()
                : side.owner() + ", " + side.position() + ", " + side.marker() + ", " + side.quantity();
        String values = register.isRoot()
                ? register.key() + ", ?, ?, 0"
                : register.key() + ", " + register.position() + ", ?, ?";
        String insert = " INTO " + table(register) + " (" + columns + ") VALUES (" + values + ")";
        return side == Side.LEGACY ? "INSERT IGNORE" + insert : "INSERT" + insert + " ON CONFLICT DO NOTHING";
    }

    /** Keeps other sessions of this application away from an aggregate, or only those that want it alone. */
    String guard(Register root, boolean alone) {
        String shared = side == Side.LEGACY ? " LOCK IN SHARE MODE" : " FOR SHARE";
        return "SELECT 1 FROM " + kind.guard(side) + " WHERE " + side.key() + " = " + root.key()
                + (alone ? " FOR UPDATE" : shared);
    }

    private String table(Register register) {
        return register.isRoot() ? kind.root(side) : kind.part(side);
    }

    private String value(Register register) {
        return register.isRoot() ? side.state() : side.quantity();
    }

    private String where(Register register) {
        return register.isRoot()
                ? " WHERE " + side.key() + " = " + register.key()
                : " WHERE " + side.owner() + " = " + register.key() + " AND " + side.position() + " = "
                        + register.position();
    }
}
