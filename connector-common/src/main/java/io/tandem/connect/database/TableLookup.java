package io.tandem.connect.database;

import io.tandem.connect.aggregate.Column;
import io.tandem.connect.aggregate.Table;
import io.tandem.connect.aggregate.TableId;
import io.tandem.connect.database.dialect.CatalogDialect;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Finds the tables that settings name. */
final class TableLookup {

    private final CatalogDialect catalog;
    private final Handle handle;
    private final String defaultSchema;

    TableLookup(CatalogDialect catalog, Handle handle) {
        this.catalog = catalog;
        this.handle = handle;
        this.defaultSchema = catalog.defaultSchema(handle);
    }

    /** The table that the value of a setting means. */
    Table find(String setting, String name) {
        int dot = name.indexOf('.');
        TableId id = dot < 0
                ? new TableId(defaultSchema, name)
                : new TableId(name.substring(0, dot), name.substring(dot + 1));
        if (id.schema().isEmpty()) {
            throw new InvalidAggregateException(
                    setting,
                    "no schema of the search path may be used by the user, so that table " + name
                            + " cannot be found; GRANT USAGE on its schema, and name it as 'schema.table' if it is not "
                            + "in the search path");
        }
        List<Column> columns = catalog.columns(handle, id);
        if (columns.isEmpty()) {
            throw new InvalidAggregateException(
                    setting,
                    "table " + id + " does not exist, or the user may not see it; expected 'table' or 'schema.table', "
                            + "spelled as in the catalog, upper and lower case included");
        }
        catalog.objectionTo(handle, id).ifPresent(objection -> {
            throw new InvalidAggregateException(setting, objection);
        });
        return new Table(id, columns, catalog.primaryKey(handle, id), catalog.foreignKeys(handle, id));
    }

    /** The columns that the value of a setting names. */
    static List<Column> columns(Table table, List<String> names, String setting) {
        List<Column> columns = new ArrayList<>();
        for (String name : names) {
            columns.add(table.column(name)
                    .orElseThrow(() -> new InvalidAggregateException(
                            setting,
                            "table " + table.id() + " has no column " + name + "; it has "
                                    + String.join(", ", Table.names(table.columns())))));
        }
        return columns;
    }
}
