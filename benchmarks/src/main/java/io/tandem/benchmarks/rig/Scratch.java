package io.tandem.benchmarks.rig;

import io.tandem.testbed.DatabaseServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** A database that is there for one measurement. Thread-safe. */
public final class Scratch implements AutoCloseable {

    private final Vendor vendor;
    private final DatabaseServer server;
    private final String name;

    private Scratch(Vendor vendor, DatabaseServer server, String name) {
        this.vendor = vendor;
        this.server = server;
        this.name = name;
    }

    static Scratch create(Vendor vendor, DatabaseServer server, String name) {
        server.createDatabase(name);
        return new Scratch(vendor, server, name);
    }

    /** Its vendor. */
    public Vendor vendor() {
        return vendor;
    }

    /** Its name, which is the tables' schema on MariaDB. */
    public String name() {
        return name;
    }

    /** Its server. */
    public DatabaseServer server() {
        return server;
    }

    /** Its address. */
    public String url() {
        return server.jdbcUrl(name);
    }

    /** A new session of the administrator's. */
    public Connection connect() throws SQLException {
        return server.connect(name);
    }

    /** Runs statements that each commit by themselves. */
    public void execute(String... statements) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(vendor + ": " + e.getMessage(), e);
        }
    }

    /** The number that a query finds. */
    public long number(String sql) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(vendor + ": " + e.getMessage(), e);
        }
    }

    /** Lets the server know how many rows there are, as it would after a while. */
    public void analyze(Iterable<String> tables) {
        for (String table : tables) {
            execute((vendor == Vendor.POSTGRESQL ? "VACUUM ANALYZE " : "ANALYZE TABLE ") + table);
        }
        if (vendor == Vendor.POSTGRESQL) {
            execute("CHECKPOINT");
        }
    }

    @Override
    public void close() {
        try (Connection connection = server.connect(vendor.systemDatabase());
                Statement statement = connection.createStatement()) {
            statement.execute("DROP DATABASE " + name + (vendor == Vendor.POSTGRESQL ? " WITH (FORCE)" : ""));
        } catch (SQLException e) {
            throw new IllegalStateException("cannot drop " + name + ": " + e.getMessage(), e);
        }
    }
}
