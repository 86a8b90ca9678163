package io.tandem.connect.aggregate;

import java.util.List;
import java.util.stream.Stream;

/**
 * An aggregate whose tables were found in the database. Immutable.
 *
 * @param definition what was configured
 * @param root the root table
 * @param key the columns of the root that identify the aggregate
 * @param children the child collections
 * @param clockTable where the versions are
 * @param journal where the triggers note writes
 */
public record Aggregate(
        AggregateDefinition definition,
        Table root,
        List<Column> key,
        List<Child> children,
        TableId clockTable,
        TableId journal) {

    public Aggregate {
        key = List.copyOf(key);
        children = List.copyOf(children);
    }

    /**
     * A child table.
     *
     * @param name the collection's name
     * @param table the table
     * @param foreignKey the columns that hold the aggregate's key, in its order
     * @param primaryKey the primary key
     */
    public record Child(String name, Table table, List<Column> foreignKey, List<Column> primaryKey) {

        public Child {
            foreignKey = List.copyOf(foreignKey);
            primaryKey = List.copyOf(primaryKey);
        }
    }

    /** The aggregate's name. */
    public String name() {
        return definition.name();
    }

    /** Root and child tables, each with its columns that hold the aggregate's key. */
    public List<KeyedTable> tables() {
        return Stream.concat(
                        Stream.of(new KeyedTable(root, key)),
                        children.stream().map(child -> new KeyedTable(child.table(), child.foreignKey())))
                .toList();
    }

    /**
     * A table of the aggregate.
     *
     * @param table the table
     * @param key its columns that hold the aggregate's key, in the key's order
     */
    public record KeyedTable(Table table, List<Column> key) {}
}
