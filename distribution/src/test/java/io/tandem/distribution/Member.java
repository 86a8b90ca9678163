package io.tandem.distribution;

import io.tandem.testbed.DatabaseServer;
import io.tandem.testbed.Grants;
import io.tandem.testbed.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/**
 * One of the databases that a {@link ParcelGroup} keeps aligned: a database of its own in one of the shared servers.
 *
 * @param id the master's or the follower's id
 * @param server one of the servers of the pair
 * @param database the name of the database, which no other test uses
 * @param tables what its tables are called
 */
record Member(String id, DatabaseServer server, String database, ParcelTables tables) {

    /** Creates the database with its tables, and lets the user of the connectors work there, with these settings. */
    static Member create(
            String id,
            DatabaseServer server,
            String database,
            ParcelTables tables,
            String user,
            Map<String, String> settings) {
        server.createDatabase(database);
        Member member = new Member(id, server, database, tables);
        member.run(tables.ddl(server).toArray(String[]::new));
        try {
            Grants.prepare(server, database, settings, user, Grants.Role.SINK, () -> {
                throw new IllegalArgumentException("parcels do not hold their versions");
            });
        } catch (SQLException e) {
            throw new IllegalStateException(id + ": " + e.getMessage(), e);
        }
        return member;
    }

    /** Runs statements of the application in one transaction. */
    void run(String... statements) {
        try (Connection connection = server.connect(database)) {
            connection.setAutoCommit(false);
            run(connection, statements);
        } catch (SQLException e) {
            throw new IllegalStateException(id + ": " + e.getMessage(), e);
        }
    }

    static void run(Connection connection, String... statements) throws SQLException {
        Sql.run(connection, statements);
        connection.commit();
    }

    /** The rows of a result, each as text with {@code |} between the columns. */
    List<String> query(String sql) {
        try (Connection connection = server.connect(database)) {
            return Sql.query(connection, sql);
        } catch (SQLException e) {
            throw new IllegalStateException(id + ": " + e.getMessage(), e);
        }
    }

    /** The label of a parcel, empty if it does not exist. */
    List<String> label(long number) {
        return query(tables.labelOf(number));
    }

    /** The versions of all parcels, tombstones included, with the counters of these masters. */
    List<String> versions(String aggregate, List<String> masters) {
        String counters =
                masters.stream().map(master -> "clock_" + master + ", ").reduce("", String::concat);
        return query("SELECT key_" + tables.key() + ", " + counters
                + "clock_timestamp, clock_writer, CASE WHEN clock_deleted THEN 'deleted' ELSE 'there' END FROM tandem_"
                + aggregate + "_clock ORDER BY 1");
    }

    /** How many versions of all parcels this master has made. */
    long ownVersions(String aggregate) {
        return Long.parseLong(query("SELECT COALESCE(SUM(clock_" + id + "), 0) FROM tandem_" + aggregate + "_clock")
                .get(0));
    }

    /** How many writes are noted or counted, but not published. */
    String pending(String aggregate) {
        return query("SELECT (SELECT COUNT(*) FROM tandem_" + aggregate + "_journal) + (SELECT COUNT(*) FROM tandem_"
                        + aggregate + "_clock WHERE clock_" + id + " > published)")
                .get(0);
    }
}
