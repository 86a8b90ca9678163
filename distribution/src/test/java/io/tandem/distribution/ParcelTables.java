package io.tandem.distribution;

import io.tandem.testbed.DatabaseServer;
import io.tandem.testbed.PostgresServer;
import java.util.List;
import java.util.Map;

/**
 * The tables of one member of a {@link ParcelGroup}: a parcel with its stops, under names of the member's own.
 *
 * @param root the root table
 * @param key its primary key
 * @param label a column of the root, text
 * @param weight another one, a number that may be null
 * @param child the table of the stops
 * @param parent the child's column that refers to the root
 * @param position what tells a stop from the others of a parcel
 * @param town a column of the child, text
 */
record ParcelTables(
        String root,
        String key,
        String label,
        String weight,
        String child,
        String parent,
        String position,
        String town) {

    static final ParcelTables PARCEL =
            new ParcelTables("parcel", "id", "label", "weight", "parcel_stop", "parcel_id", "position", "town");
    static final ParcelTables SHIPMENT =
            new ParcelTables("shipment", "number", "title", "grams", "halt", "shipment", "seq", "place");
    static final ParcelTables OLD =
            new ParcelTables("PARCELS", "P_NO", "P_TEXT", "P_WEIGHT", "PARCEL_STOPS", "P_NO", "S_NO", "S_TOWN");

    /** What all members mean by a parcel. */
    static final String CANONICAL = """
            {"type": "record", "name": "Parcel", "namespace": "test.parcels", "key": ["number"], "fields": [
              {"name": "number", "type": "long"},
              {"name": "label", "type": "string"},
              {"name": "weight", "type": ["null", "int"]},
              {"name": "stops", "type": {"type": "array", "items":
                {"type": "record", "name": "Stop", "key": ["position"], "fields": [
                  {"name": "position", "type": "int"},
                  {"name": "town", "type": "string"}]}}}]}
            """;

    String mapping(String aggregate, String master) {
        return """
                {"aggregate": "%s", "master": "%s", "fields": [
                  {"field": "number", "column": "%s"},
                  {"field": "label", "column": "%s"},
                  {"field": "weight", "column": "%s"},
                  {"field": "stops", "table": "stops", "fields": [
                    {"field": "position", "column": "%s"},
                    {"field": "town", "column": "%s"}]}]}
                """.formatted(aggregate, master, key, label, weight, position, town);
    }

    Map<String, String> settings() {
        return Map.of("aggregate.root", root, "aggregate.children", "stops", "aggregate.children.stops.table", child);
    }

    List<String> ddl(DatabaseServer server) {
        String engine = server instanceof PostgresServer ? "" : " ENGINE=InnoDB";
        return List.of(
                "CREATE TABLE " + root + " (" + key + " BIGINT NOT NULL PRIMARY KEY, " + label
                        + " VARCHAR(60) NOT NULL, " + weight + " INT)" + engine,
                "CREATE TABLE " + child + " (" + parent + " BIGINT NOT NULL, " + position + " INT NOT NULL, " + town
                        + " VARCHAR(60) NOT NULL, PRIMARY KEY (" + parent + ", " + position + "), FOREIGN KEY ("
                        + parent
                        + ") REFERENCES " + root + " (" + key + ") ON DELETE CASCADE)" + engine);
    }

    String insert(long number, String text) {
        return "INSERT INTO " + root + " (" + key + ", " + label + ", " + weight + ") VALUES (" + number + ", '" + text
                + "', 1)";
    }

    String rename(long number, String text) {
        return "UPDATE " + root + " SET " + label + " = '" + text + "' WHERE " + key + " = " + number;
    }

    String weigh(long number, String grams) {
        return "UPDATE " + root + " SET " + weight + " = " + grams + " WHERE " + key + " = " + number;
    }

    String delete(long number) {
        return "DELETE FROM " + root + " WHERE " + key + " = " + number;
    }

    /** Keeps a parcel, if it exists, from being deleted before the transaction ends. */
    String lock(long number) {
        return "SELECT 1 FROM " + root + " WHERE " + key + " = " + number + " FOR UPDATE";
    }

    /** Adds a stop to a parcel that exists. */
    String addStop(long number, int at, String text) {
        return "INSERT INTO " + child + " (" + parent + ", " + position + ", " + town + ") SELECT " + key + ", " + at
                + ", '" + text + "' FROM " + root + " WHERE " + key + " = " + number + " AND NOT EXISTS (SELECT 1 FROM "
                + child + " c WHERE c." + parent + " = " + number + " AND c." + position + " = " + at + ")";
    }

    String moveStop(long number, int at, String text) {
        return "UPDATE " + child + " SET " + town + " = '" + text + "' WHERE " + parent + " = " + number + " AND "
                + position + " = " + at;
    }

    String removeStop(long number, int at) {
        return "DELETE FROM " + child + " WHERE " + parent + " = " + number + " AND " + position + " = " + at;
    }

    /** A query with the label of a parcel; no row if it does not exist. */
    String labelOf(long number) {
        return "SELECT " + label + " FROM " + root + " WHERE " + key + " = " + number;
    }
}
