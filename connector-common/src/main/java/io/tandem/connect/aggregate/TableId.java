package io.tandem.connect.aggregate;

/**
 * A table's place in its database, spelled as in the catalog.
 *
 * @param schema the schema (MariaDB: the database)
 * @param name the table
 */
public record TableId(String schema, String name) {

    /** For people: {@code schema.table}. */
    @Override
    public String toString() {
        return schema + "." + name;
    }
}
