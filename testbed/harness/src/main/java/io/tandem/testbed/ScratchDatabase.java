package io.tandem.testbed;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A database of a test's own, which is empty at first and removed by {@link #close}, with all that is in it. Thread-safe.
 *
 * <p>What the server refuses is a {@link TestbedException}, unless a method says otherwise.
 */
public class ScratchDatabase implements AutoCloseable {

    private final Vendor vendor;
    private final DatabaseServer server;
    // a server may have databases of several test classes at once
    private final String name =
            "t" + Long.toString(ThreadLocalRandom.current().nextLong(Long.MAX_VALUE), Character.MAX_RADIX);

    /** Creates the database on a server of that vendor. */
    public ScratchDatabase(Vendor vendor, DatabaseServer server) {
        this.vendor = vendor;
        this.server = server;
        server.createDatabase(name);
    }

    /** Returns the vendor of the server. */
    public final Vendor vendor() {
        return vendor;
    }

    /** Returns the server that holds the database. */
    public final DatabaseServer server() {
        return server;
    }

    /** Returns the database's name, of lower-case letters and digits. */
    public final String name() {
        return name;
    }

    /** Returns the schema that tables are in when nothing else is said. */
    public final String schema() {
        return vendor.choose("public", name);
    }

    /** Returns a session of the administrator's in auto-commit, for the caller to close. */
    public Connection connect() {
        try {
            return server.connect(name);
        } catch (SQLException e) {
            throw refused(e);
        }
    }

    /**
     * Returns a session of another user's in auto-commit, for the caller to close.
     *
     * @throws SQLException if the server refuses the user
     */
    public Connection connect(String user, String password) throws SQLException {
        return DriverManager.getConnection(server.jdbcUrl(name), user, password);
    }

    /** Returns a session as {@link #connect()} does, with an open transaction. */
    public final Connection begin() {
        Connection connection = connect();
        try {
            connection.setAutoCommit(false);
        } catch (SQLException e) {
            throw refused(e);
        }
        return connection;
    }

    /** Returns the rows of a result as {@link Sql#query} does. */
    public final List<String> query(String sql) {
        try (Connection connection = server.connect(name)) {
            return Sql.query(connection, sql);
        } catch (SQLException e) {
            throw refused(e);
        }
    }

    /** Returns the whole number that is a query's only value. */
    public final long number(String sql) {
        return Long.parseLong(query(sql).get(0));
    }

    /** Tells whether a session of this database waits for a lock that another one holds. */
    public final boolean hasWaitingSession() {
        return number(vendor.waitingSessions()) > 0;
    }

    /** The exception for what the server refused. */
    protected final TestbedException refused(SQLException e) {
        return Sql.refused(server, e);
    }

    /** Removes the database; sessions that are open are cut. */
    @Override
    public void close() {
        Sql.run(server, vendor.systemDatabase(), quoting -> vendor.dropping(name));
    }
}
