package io.tandem.examples;

import io.tandem.testbed.DatabaseServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * One master of the example pair: a server with the application's tables, a user for the application and one for
 * Tandem, both with the grants that the README lists and no more.
 */
public final class Master {

    static final String DATABASE_PASSWORD = "s3cret-of-the-demo";
    static final String APPLICATION = "app";
    private static final String TANDEM = "tandem";

    private final String id;
    private final DatabaseServer server;
    private final List<String> grants;

    private Master(String id, DatabaseServer server, List<String> grants) {
        this.id = id;
        this.server = server;
        this.grants = grants;
    }

    /** The legacy master. */
    static Master legacy(DatabaseServer mariaDb) {
        return new Master(
                "legacy",
                mariaDb,
                List.of(
                        "GRANT SELECT, INSERT, UPDATE, DELETE ON legacy.* TO app",
                        // tables and triggers are created by the connectors, since the examples say
                        // clock.install=create
                        "GRANT SELECT, INSERT, UPDATE, DELETE, CREATE, INDEX, ALTER, TRIGGER ON legacy.* TO tandem"));
    }

    /** The modern master. */
    static Master modern(DatabaseServer postgreSql) {
        return new Master(
                "modern",
                postgreSql,
                List.of(
                        "GRANT USAGE ON SCHEMA public TO app",
                        "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO app",
                        "GRANT USAGE, CREATE ON SCHEMA public TO tandem",
                        "GRANT SELECT, INSERT, UPDATE, DELETE, TRIGGER ON ALL TABLES IN SCHEMA public TO tandem"));
    }

    /** Creates database, tables and users. */
    void create() {
        server.createDatabase(id);
        server.createUser(APPLICATION, DATABASE_PASSWORD);
        server.createUser(TANDEM, DATABASE_PASSWORD);
        try (Connection connection = server.connect(id)) {
            for (String statement : Examples.text("ddl/" + id + ".sql").split(";\\s*\\n", -1)) {
                if (!statement.isBlank()) {
                    execute(connection, statement);
                }
            }
            for (String grant : grants) {
                execute(connection, grant);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("cannot create the example tables of " + id, e);
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Creates a further table, which Tandem may see; does nothing if it is there. */
    public void createTable(String name, String columns) {
        try (Connection connection = server.connect(id)) {
            execute(connection, "CREATE TABLE IF NOT EXISTS " + name + " (" + columns + ")");
            execute(connection, "GRANT SELECT ON " + name + " TO " + TANDEM);
        } catch (SQLException e) {
            throw new IllegalStateException("cannot create " + name, e);
        }
    }

    /** The master's id, which is also the name of its database. */
    public String id() {
        return id;
    }

    /** The server, to be stopped, killed and started again. */
    public DatabaseServer server() {
        return server;
    }

    /** The JDBC URL of the master's database. */
    public String url() {
        return server.jdbcUrl(id);
    }

    /** What the worker's file provider reads: URL, user and password for the connectors. */
    String secrets() {
        return "url=" + url() + "\nuser=" + TANDEM + "\npassword=" + DATABASE_PASSWORD + "\n";
    }

    /** A new connection of the application's user, in auto-commit. */
    public Connection application() throws SQLException {
        return DriverManager.getConnection(url(), APPLICATION, DATABASE_PASSWORD);
    }

    /** Runs statements of the application in one transaction. */
    public void run(String... statements) {
        commit(List.of(List.of(statements)));
    }

    /**
     * Runs transactions of the application, one after the other.
     *
     * @param transactions the statements of each
     * @return a watch that was started when the last one was about to be committed
     */
    Stopwatch commit(List<List<String>> transactions) {
        Stopwatch committed = Stopwatch.start();
        try (Connection connection = application()) {
            connection.setAutoCommit(false);
            for (List<String> transaction : transactions) {
                for (String statement : transaction) {
                    execute(connection, statement);
                }
                committed = Stopwatch.start();
                connection.commit();
            }
            return committed;
        } catch (SQLException e) {
            throw new IllegalStateException(id + ": " + e.getMessage(), e);
        }
    }

    /** The first column of a query's only row as text; "null" for NULL, "" if there is no row. */
    public String query(String sql) {
        try (Glance glance = glance(sql)) {
            return glance.look();
        } catch (SQLException e) {
            throw new IllegalStateException(id + ": " + e.getMessage(), e);
        }
    }

    /** A query to be looked at again and again, as {@link #query}. */
    Glance glance(String sql) {
        try {
            return Glance.on(server.connect(id), sql);
        } catch (SQLException e) {
            throw new IllegalStateException(id + ": " + e.getMessage(), e);
        }
    }

    /** The user name and password of the application, for people who want to look. */
    public String login() {
        return APPLICATION + " / " + DATABASE_PASSWORD;
    }
}
