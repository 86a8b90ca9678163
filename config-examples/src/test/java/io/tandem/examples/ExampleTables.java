package io.tandem.examples;

import io.tandem.connect.aggregate.Aggregate;
import io.tandem.connect.aggregate.Aggregate.Child;
import io.tandem.connect.aggregate.AggregateDefinition;
import io.tandem.connect.aggregate.AggregateDefinition.ChildDefinition;
import io.tandem.connect.aggregate.Column;
import io.tandem.connect.aggregate.ColumnType;
import io.tandem.connect.aggregate.ColumnType.Kind;
import io.tandem.connect.aggregate.Table;
import io.tandem.connect.aggregate.TableId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The example tables as the DDL files tell them, without a database: no full SQL, just what these files use. Looks them
 * up as the connectors do in the catalog.
 */
record ExampleTables(String master, Map<String, Table> tables) {

    private static final Pattern CREATE = Pattern.compile("CREATE TABLE (\\w+) \\((.*?)\\n\\)", Pattern.DOTALL);
    private static final Pattern COLUMN = Pattern.compile("^  (\\w+) +(\\w+)(?:\\((\\d+)(?:, ?(\\d+))?\\))?(.*)$");
    private static final Pattern KEY = Pattern.compile("PRIMARY KEY \\(([^)]*)\\)");

    static ExampleTables of(String master) {
        Map<String, Table> tables = new HashMap<>();
        Matcher create = CREATE.matcher(Examples.text("ddl/" + master + ".sql"));
        while (create.find()) {
            tables.put(create.group(1), table(new TableId(master, create.group(1)), create.group(2)));
        }
        return new ExampleTables(master, Map.copyOf(tables));
    }

    private static Table table(TableId id, String body) {
        Matcher declared = KEY.matcher(body);
        List<String> key =
                new ArrayList<>(declared.find() ? List.of(declared.group(1).split(", ", -1)) : List.of());
        List<Column> columns = new ArrayList<>();
        body.lines().map(COLUMN::matcher).filter(Matcher::matches).forEach(line -> {
            if (!line.group(1).matches("PRIMARY|FOREIGN")) {
                if (line.group(5).contains("PRIMARY KEY")) {
                    key.add(line.group(1));
                }
                columns.add(column(line, key));
            }
        });
        return new Table(id, columns, key, List.of());
    }

    private static Column column(Matcher line, List<String> key) {
        int precision = line.group(3) == null ? 0 : Integer.parseInt(line.group(3));
        int scale = line.group(4) == null ? 0 : Integer.parseInt(line.group(4));
        Kind kind = kind(line.group(2).toLowerCase(Locale.ROOT));
        boolean nullable = !line.group(5).contains("NOT NULL") && !key.contains(line.group(1));
        String type = line.group(2);
        ColumnType columnType = kind.isTime() ? ColumnType.of(kind) : new ColumnType(kind, precision, scale);
        return new Column(line.group(1), columnType, type, type, nullable, false);
    }

    private static Kind kind(String type) {
        return switch (type) {
            case "smallint" -> Kind.INT16;
            case "integer" -> Kind.INT32;
            case "bigint" -> Kind.INT64;
            case "decimal", "numeric" -> Kind.DECIMAL;
            case "char", "varchar", "text" -> Kind.STRING;
            case "boolean" -> Kind.BOOLEAN;
            case "date" -> Kind.DATE;
            case "datetime" -> Kind.TIMESTAMP;
            case "timestamptz" -> Kind.INSTANT;
            default -> throw new IllegalArgumentException("what is a column of type " + type + "?");
        };
    }

    /** The aggregate with these tables. */
    Aggregate aggregate(AggregateDefinition definition) {
        Table root = table(definition.rootTable());
        List<Column> key = root.columns(root.primaryKey());
        List<Child> children =
                definition.children().stream().map(child -> child(child, key)).toList();
        TableId unused = new TableId(master, "unused");
        return new Aggregate(definition, root, key, children, unused, unused);
    }

    /** A child's primary key starts with the column that refers to the root, in all of the examples. */
    private Child child(ChildDefinition definition, List<Column> aggregateKey) {
        Table table = table(definition.table());
        List<Column> key = table.columns(table.primaryKey());
        return Child.ofRoot(definition.name(), table, key.subList(0, 1), aggregateKey, key);
    }

    private Table table(String name) {
        Table table = tables.get(name);
        if (table == null) {
            throw new IllegalArgumentException(master + " has no table " + name);
        }
        return table;
    }
}
