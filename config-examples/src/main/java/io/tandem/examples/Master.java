package io.tandem.examples;

import com.fasterxml.jackson.databind.JsonNode;
import io.tandem.connect.database.AlignedAggregate;
import io.tandem.connect.database.ConnectionSettings;
import io.tandem.connect.database.Database;
import io.tandem.connect.source.AlignmentSourceConfig;
import io.tandem.testbed.DatabaseServer;
import io.tandem.testbed.Grants;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One master of the example pair: a server with the application's tables, a user for the application and one for
 * Tandem, both with the grants that docs/security.md lists and no more.
 */
public final class Master {

    static final String DATABASE_PASSWORD = "s3cret-of-the-demo";
    static final String APPLICATION = "app";
    private static final String TANDEM = "tandem";

    private final String id;
    private final DatabaseServer server;

    private Master(String id, DatabaseServer server) {
        this.id = id;
        this.server = server;
    }

    /** The legacy master. */
    static Master legacy(DatabaseServer mariaDb) {
        return new Master("legacy", mariaDb);
    }

    /** The modern master. */
    static Master modern(DatabaseServer postgreSql) {
        return new Master("modern", postgreSql);
    }

    /** Creates database, tables and users. */
    void create() {
        server.createDatabase(id);
        server.createUser(APPLICATION, DATABASE_PASSWORD);
        server.createUser(TANDEM, DATABASE_PASSWORD);
        administrate(Examples.text("ddl/" + id + ".sql").split(";\\s*\\n", -1));
        for (String connector : Examples.CONNECTORS) {
            JsonNode config = Examples.connector(connector).get("config");
            if (config.get("master").asText().equals(id)) {
                Map<String, String> settings = new HashMap<>();
                config.properties()
                        .forEach(entry ->
                                settings.put(entry.getKey(), entry.getValue().asText()));
                grant(settings);
            }
        }
    }

    private void administrate(String... statements) {
        try (Connection connection = server.connect(id)) {
            for (String statement : statements) {
                if (!statement.isBlank()) {
                    execute(connection, statement);
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException("cannot administrate " + id + ": " + e.getMessage(), e);
        }
    }

    /**
     * Gives the application's user the tables of an aggregate, and Tandem's what docs/security.md lists for it.
     *
     * @param settings of a connector for the aggregate; one user serves source and sink
     */
    public void grant(Map<String, String> settings) {
        try (Connection connection = server.connect(id)) {
            for (String table : Grants.of(settings, APPLICATION, id).tables()) {
                execute(connection, "GRANT SELECT, INSERT, UPDATE, DELETE ON " + table + " TO " + APPLICATION);
            }
            Grants.prepare(server, id, settings, TANDEM, Grants.Role.SINK, () -> installAsAdministrator(settings));
        } catch (SQLException e) {
            throw new IllegalStateException("cannot grant on " + id + ": " + e.getMessage(), e);
        }
    }

    private void installAsAdministrator(Map<String, String> settings) {
        AlignmentSourceConfig config = new AlignmentSourceConfig(settings);
        ConnectionSettings administrator = new ConnectionSettings(url(), server.adminUser(), server.adminPassword());
        try (Database database = Database.connect(administrator, "dba")) {
            AlignedAggregate.open(database, config.aggregate(), config.masters(), config.master(), true);
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Creates a further table, which Tandem may see; does nothing if it is there. */
    public void createTable(String name, String columns) {
        administrate(
                "CREATE TABLE IF NOT EXISTS " + name + " (" + columns + ")",
                "GRANT SELECT ON " + name + " TO " + TANDEM);
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
