package io.tandem.connect.aggregate;

import java.util.List;

/**
 * A foreign key constraint of a table.
 *
 * @param name the constraint's name
 * @param columns the referring columns
 * @param referenced the table referred to
 * @param referencedColumns the columns referred to, in the order of {@code columns}
 * @param changesRows whether an ON DELETE or ON UPDATE action changes rows of the referring table
 */
public record ForeignKey(
        String name, List<String> columns, TableId referenced, List<String> referencedColumns, boolean changesRows) {

    public ForeignKey {
        columns = List.copyOf(columns);
        referencedColumns = List.copyOf(referencedColumns);
    }
}
