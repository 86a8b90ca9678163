package io.tandem.connect.aggregate;

import java.util.List;
import java.util.Optional;

/**
 * An aggregate as configured; table and column names are not looked up yet. Immutable.
 *
 * @param name the name of the aggregate; Tandem's tables and triggers are named after it
 * @param rootTable {@code table} or {@code schema.table}
 * @param keyColumns the columns of the root that identify the aggregate; empty for its primary key
 * @param children the child collections of all levels
 * @param softDelete how a root row says that it counts as deleted
 * @param clockSchema the schema of the clock table and the journal; empty for that of the root table
 * @param clocking where the versions are, and who counts the writes
 */
public record AggregateDefinition(
        String name,
        String rootTable,
        List<String> keyColumns,
        List<ChildDefinition> children,
        Optional<SoftDeleteDefinition> softDelete,
        String clockSchema,
        Clocking clocking) {

    public AggregateDefinition {
        keyColumns = List.copyOf(keyColumns);
        children = List.copyOf(children);
    }

    /** An aggregate with a clock table and a journal. */
    public AggregateDefinition(
            String name,
            String rootTable,
            List<String> keyColumns,
            List<ChildDefinition> children,
            Optional<SoftDeleteDefinition> softDelete,
            String clockSchema) {
        this(name, rootTable, keyColumns, children, softDelete, clockSchema, Clocking.DEFAULT);
    }

    /** An aggregate with a clock table and a journal, whose rows are really deleted. */
    public AggregateDefinition(
            String name,
            String rootTable,
            List<String> keyColumns,
            List<ChildDefinition> children,
            String clockSchema) {
        this(name, rootTable, keyColumns, children, Optional.empty(), clockSchema);
    }

    /** The same aggregate under other clocks. */
    public AggregateDefinition with(Clocking other) {
        return new AggregateDefinition(name, rootTable, keyColumns, children, softDelete, clockSchema, other);
    }

    /**
     * A child collection as configured.
     *
     * @param name the name of the collection in the local record
     * @param table {@code table} or {@code schema.table}
     * @param parent the name of the collection whose rows it belongs to; empty for the root
     * @param foreignKey the columns that refer to the parent; empty to find the constraint
     * @param key the columns that tell a row from the others of the same parent row; empty for the primary key
     */
    public record ChildDefinition(String name, String table, String parent, List<String> foreignKey, List<String> key) {

        public ChildDefinition {
            foreignKey = List.copyOf(foreignKey);
            key = List.copyOf(key);
        }

        /** A child of the root that is identified by its primary key. */
        public ChildDefinition(String name, String table, List<String> foreignKey) {
            this(name, table, "", foreignKey, List.of());
        }
    }

    /**
     * How a root row says that it counts as deleted.
     *
     * @param column the column
     * @param deleted the value that says so, as text
     * @param restored the value of a row that lives again, as text
     */
    public record SoftDeleteDefinition(String column, String deleted, Optional<String> restored) {}
}
