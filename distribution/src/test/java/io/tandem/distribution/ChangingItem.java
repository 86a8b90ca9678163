package io.tandem.distribution;

import io.tandem.distribution.TestAggregate.Side;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The aggregate whose tables and schema change: an item with lines. Both masters have id, name and note, and number and
 * text of lines; the modern one also has a grade, and a zip of lines.
 *
 * @param name the aggregate's name, also that of its tables
 * @param fields the further canonical fields: {@code grade}, {@code code}, {@code zip} (of lines)
 */
record ChangingItem(String name, List<String> fields) {

    private static final Map<String, String> TYPES = Map.of(
            "note", "{\"name\": \"note\", \"type\": [\"null\", \"string\"], \"default\": null}",
            "grade", "{\"name\": \"grade\", \"type\": \"int\", \"default\": 0}",
            "code", "{\"name\": \"code\", \"type\": \"int\"}",
            "zip", "{\"name\": \"zip\", \"type\": [\"null\", \"string\"], \"default\": null}");

    static ChangingItem of(String name, String... fields) {
        return new ChangingItem(name, List.of(fields));
    }

    String canonical() {
        return """
                {"type": "record", "name": "Item", "namespace": "test.%s", "key": ["id"], "fields": [
                  {"name": "id", "type": "int"},
                  {"name": "name", "type": "string"}%s,
                  {"name": "lines", "type": {"type": "array", "items":
                    {"type": "record", "name": "Line", "key": ["no"], "fields": [
                      {"name": "no", "type": "int"},
                      {"name": "text", "type": "string"}%s]}}}]}
                """.formatted(name, types(false), types(true));
    }

    private String types(boolean ofLines) {
        return fields.stream()
                .filter(field -> field.equals("zip") == ofLines)
                .map(field -> ", " + TYPES.get(field))
                .collect(Collectors.joining());
    }

    /** @param absent the canonical fields that the master does not have; lines have a prefix */
    Side legacy(String... absent) {
        String table = "SC_" + name.toUpperCase(Locale.ROOT);
        return side(
                "legacy",
                table,
                true,
                List.of(absent),
                List.of(
                        "CREATE TABLE " + table + " (ID INT NOT NULL PRIMARY KEY, NAME VARCHAR(10) NOT NULL, "
                                + "NOTE VARCHAR(20)) ENGINE=InnoDB",
                        "CREATE TABLE " + table
                                + "_LINE (ITEM_ID INT NOT NULL, NO INT NOT NULL, TEXT VARCHAR(10) NOT NULL, "
                                + "PRIMARY KEY (ITEM_ID, NO), FOREIGN KEY (ITEM_ID) REFERENCES " + table
                                + " (ID)) ENGINE=InnoDB"));
    }

    /** @param absent the canonical fields that the master does not have; lines have a prefix */
    Side modern(String... absent) {
        String table = "sc_" + name;
        return side(
                "modern",
                table,
                false,
                List.of(absent),
                List.of(
                        "CREATE TABLE " + table
                                + " (id integer PRIMARY KEY, name varchar(10) NOT NULL, note varchar(20), "
                                + "grade integer DEFAULT 7 NOT NULL)",
                        "CREATE TABLE " + table + "_line (item_id integer NOT NULL REFERENCES " + table + " (id), "
                                + "no integer NOT NULL, text varchar(10) NOT NULL, zip varchar(10), PRIMARY KEY (item_id, no))"));
    }

    private Side side(String master, String table, boolean upper, List<String> absent, List<String> ddl) {
        String lines = table + (upper ? "_LINE" : "_line");
        List<String> rootRules = new ArrayList<>(List.of(rule("id", upper), rule("name", upper)));
        List<String> lineRules = new ArrayList<>(List.of(rule("no", upper), rule("text", upper)));
        for (String field : fields) {
            boolean ofLines = field.equals("zip");
            if (!absent.contains(ofLines ? "lines." + field : field)) {
                (ofLines ? lineRules : rootRules).add(rule(field, upper));
            }
        }
        String mapping = """
                {"aggregate": "%s", "master": "%s", %s"fields": [%s,
                  {"field": "lines", "table": "%s", "fields": [%s]}]}
                """.formatted(
                        name,
                        master,
                        absent.isEmpty() ? "" : "\"absent\": [\"" + String.join("\", \"", absent) + "\"], ",
                        String.join(", ", rootRules),
                        lines,
                        String.join(", ", lineRules));
        Map<String, String> settings = new HashMap<>();
        settings.put("aggregate.root", table);
        settings.put("aggregate.children", lines);
        settings.put("mapping.unmapped.columns", "*");
        return new Side(mapping, settings, "SELECT 1", ddl);
    }

    private static String rule(String field, boolean upper) {
        return "{\"field\": \"%s\", \"column\": \"%s\"}"
                .formatted(field, upper ? field.toUpperCase(Locale.ROOT) : field);
    }
}
