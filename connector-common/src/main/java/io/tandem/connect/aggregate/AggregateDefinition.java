package io.tandem.connect.aggregate;

import java.util.List;

/**
 * An aggregate as configured; table and column names are not looked up yet. Immutable.
 *
 * @param name the name of the aggregate; Tandem's tables and triggers are named after it
 * @param rootTable {@code table} or {@code schema.table}
 * @param keyColumns the columns of the root that identify the aggregate; empty for its primary key
 * @param children the child collections
 * @param clockSchema the schema of the clock table and the journal; empty for that of the root table
 */
public record AggregateDefinition(
        String name, String rootTable, List<String> keyColumns, List<ChildDefinition> children, String clockSchema) {

    public AggregateDefinition {
        keyColumns = List.copyOf(keyColumns);
        children = List.copyOf(children);
    }

    /**
     * A child collection as configured.
     *
     * @param name the name of the collection in the local record
     * @param table {@code table} or {@code schema.table}
     * @param foreignKey the columns that refer to the aggregate's key, in its order; empty to find the constraint
     */
    public record ChildDefinition(String name, String table, List<String> foreignKey) {

        public ChildDefinition {
            foreignKey = List.copyOf(foreignKey);
        }
    }
}
