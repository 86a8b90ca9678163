package io.tandem.connect.source;

import io.tandem.testbed.Vendor;
import io.tandem.testbed.fixtures.TestDatabase;

/** Counts, by triggers of its own, how many rows of a table each transaction writes or deletes. */
final class TouchedRows {

    private final TestDatabase database;

    private TouchedRows(TestDatabase database) {
        this.database = database;
    }

    /**
     * Counts from now on.
     *
     * @param column one that tells the table's rows apart; BIGINT
     */
    static TouchedRows of(TestDatabase database, String table, String column) {
        if (database.vendor() == Vendor.POSTGRESQL) {
            String row = "CREATE TRIGGER touched_%s AFTER %s ON %s FOR EACH ROW EXECUTE FUNCTION touch()";
            database.execute(
                    "CREATE TABLE touched (id BIGINT, transaction BIGINT DEFAULT txid_current())",
                    "CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$ BEGIN "
                            + "INSERT INTO touched (id) VALUES (CASE TG_OP WHEN 'DELETE' THEN OLD." + column
                            + " ELSE NEW." + column + " END); RETURN NULL; END $$",
                    row.formatted("insert", "INSERT", table),
                    row.formatted("update", "UPDATE", table),
                    row.formatted("delete", "DELETE", table));
        } else {
            String row = "CREATE TRIGGER touched_%s AFTER %s ON " + table
                    + " FOR EACH ROW INSERT INTO touched (id) VALUES (%s." + column + ")";
            // the server stamps the rows of such a table with the number of the transaction
            database.execute(
                    "CREATE TABLE touched (id BIGINT, transaction BIGINT UNSIGNED GENERATED ALWAYS AS ROW START, "
                            + "ended BIGINT UNSIGNED GENERATED ALWAYS AS ROW END, "
                            + "PERIOD FOR SYSTEM_TIME (transaction, ended)) WITH SYSTEM VERSIONING",
                    row.formatted("insert", "INSERT", "NEW"),
                    row.formatted("update", "UPDATE", "NEW"),
                    row.formatted("delete", "DELETE", "OLD"));
        }
        return new TouchedRows(database);
    }

    /** How many rows were written or deleted, again if so. */
    long rows() {
        return database.number("SELECT COUNT(*) FROM touched");
    }

    /** The largest number of rows that one transaction wrote or deleted. */
    long mostInOneTransaction() {
        return database.number(
                "SELECT MAX(n) FROM (SELECT COUNT(DISTINCT id) AS n FROM touched GROUP BY transaction) t");
    }
}
