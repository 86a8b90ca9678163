package io.tandem.connect.aggregate;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A table as found in the catalog. Immutable.
 *
 * @param id where it is
 * @param columns all columns, in the table's order
 * @param primaryKey the names of the primary key's columns, empty if there is none
 * @param foreignKeys the foreign keys that this table declares
 */
public record Table(TableId id, List<Column> columns, List<String> primaryKey, List<ForeignKey> foreignKeys) {

    public Table {
        columns = List.copyOf(columns);
        primaryKey = List.copyOf(primaryKey);
        foreignKeys = List.copyOf(foreignKeys);
    }

    /** The column of that name, spelled exactly. */
    public Optional<Column> column(String name) {
        return columns.stream().filter(column -> column.name().equals(name)).findFirst();
    }

    /**
     * The columns of those names, in the order of the names.
     *
     * @throws IllegalArgumentException if the table has no such column
     */
    public List<Column> columns(List<String> names) {
        return names.stream()
                .map(name -> column(name)
                        .orElseThrow(() -> new IllegalArgumentException("table " + id + " has no column " + name)))
                .toList();
    }

    /** The same table as seen by those whom some of its columns do not concern. */
    public Table without(Set<String> names) {
        return new Table(
                id,
                columns.stream()
                        .filter(column -> !names.contains(column.name()))
                        .toList(),
                primaryKey,
                foreignKeys);
    }

    /** The names of columns, in their order. */
    public static List<String> names(List<Column> columns) {
        return columns.stream().map(Column::name).toList();
    }
}
