package io.tandem.connect.source;

import static org.awaitility.Awaitility.await;

import io.tandem.connect.database.AlignedAggregate;
import io.tandem.connect.database.ConnectionSettings;
import io.tandem.connect.database.Database;
import io.tandem.testbed.DatabaseServer;
import io.tandem.testbed.Grants;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** The application's database: customers with addresses, which have a primary key of their own. */
final class TestDatabase implements AutoCloseable {

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final Vendor vendor;
    private final DatabaseServer server;
    private final String name;

    private TestDatabase(Vendor vendor, DatabaseServer server, String name) {
        this.vendor = vendor;
        this.server = server;
        this.name = name;
    }

    static TestDatabase create(Vendor vendor, DatabaseServer server) {
        String name = "crm_" + Long.toString(System.nanoTime(), 36) + "_" + NUMBER.incrementAndGet();
        server.createDatabase(name);
        TestDatabase database = new TestDatabase(vendor, server, name);
        if (vendor == Vendor.POSTGRESQL) {
            database.execute("REVOKE ALL ON SCHEMA public FROM PUBLIC");
        }
        return database;
    }

    Vendor vendor() {
        return vendor;
    }

    /** Creates the tables. */
    TestDatabase withTables() {
        execute(
                "CREATE TABLE region (id BIGINT PRIMARY KEY)",
                "CREATE TABLE customer (id BIGINT PRIMARY KEY, name VARCHAR(20) NOT NULL, note VARCHAR(100), "
                        + "counter BIGINT DEFAULT 7 NOT NULL, region_id BIGINT REFERENCES region (id))",
                "CREATE TABLE address (id BIGINT PRIMARY KEY, customer_id BIGINT NOT NULL REFERENCES customer (id), "
                        + "city VARCHAR(20) NOT NULL, counter BIGINT DEFAULT 7 NOT NULL)");
        if (vendor == Vendor.POSTGRESQL) {
            execute("CREATE INDEX address_customer ON address (customer_id)");
        }
        return this;
    }

    Connection connect() {
        try {
            return server.connect(name);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A connection with an open transaction. */
    Connection begin() {
        try {
            Connection connection = connect();
            connection.setAutoCommit(false);
            return connection;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Runs the statements of the application in one transaction. */
    void execute(String... statements) {
        try (Connection connection = begin()) {
            for (String statement : statements) {
                run(connection, statement);
            }
            connection.commit();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    static void run(Connection connection, String sql) {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    static void commit(Connection connection) {
        try {
            connection.commit();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The rows of a result, each as text with {@code |} between the columns. */
    List<String> query(String sql) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            List<String> rows = new ArrayList<>();
            while (result.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    row.add(result.getString(i));
                }
                rows.add(String.join("|", row));
            }
            return rows;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    long number(String sql) {
        return Long.parseLong(query(sql).get(0));
    }

    /** Waits until a session waits for a lock that another one holds. */
    void awaitWaitingSession() {
        await().pollInterval(Duration.ofMillis(10)).until(() -> number(vendor.waitingSessions()) > 0);
    }

    /** The settings that every connector on this database needs. */
    Map<String, String> settings(String master) {
        return new HashMap<>(Map.of(
                "connection.url", server.jdbcUrl(name),
                "connection.user", Vendor.TANDEM,
                "connection.password", Vendor.PASSWORD,
                "master", master,
                "masters", "legacy,modern",
                "aggregate", "customer",
                "aggregate.root", "customer",
                "aggregate.children", "address",
                "clock.install", "create"));
    }

    /** Gives the user of the connectors the rights that docs/security.md lists; a server that is down gave them before. */
    void prepare(Map<String, String> settings) {
        if (server.isAlive()) {
            try {
                Grants.prepare(
                        server,
                        name,
                        settings,
                        Vendor.TANDEM,
                        Grants.Role.SOURCE,
                        () -> installAsAdministrator(settings));
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** Runs statements of an application's user who has all rights on these tables, and none on Tandem's. */
    void executeAsApplication(List<String> tables, String... statements) {
        if (vendor == Vendor.POSTGRESQL) {
            execute("GRANT USAGE ON SCHEMA public TO " + Vendor.APPLICATION);
        }
        for (String table : tables) {
            execute("GRANT SELECT, INSERT, UPDATE, DELETE ON " + table + " TO " + Vendor.APPLICATION);
        }
        try (Connection connection =
                DriverManager.getConnection(server.jdbcUrl(name), Vendor.APPLICATION, Vendor.PASSWORD)) {
            for (String statement : statements) {
                run(connection, statement);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    DatabaseServer server() {
        return server;
    }

    /** An identifier as the vendor quotes it. */
    String quoted(String name) {
        return vendor == Vendor.POSTGRESQL
                ? '"' + name.replace("\"", "\"\"") + '"'
                : '`' + name.replace("`", "``") + '`';
    }

    /** The schema that the tables are in. */
    String schema() {
        return vendor == Vendor.POSTGRESQL ? "public" : name;
    }

    void installAsAdministrator(Map<String, String> settings) {
        AlignmentSourceConfig config = new AlignmentSourceConfig(settings);
        ConnectionSettings administrator =
                new ConnectionSettings(server.jdbcUrl(name), server.adminUser(), server.adminPassword());
        try (Database database = Database.connect(administrator, "dba")) {
            AlignedAggregate.open(database, config.aggregate(), config.masters(), config.master(), true);
        }
    }

    @Override
    public void close() {
        try (Connection connection = server.connect(vendor.systemDatabase())) {
            vendor.drop(connection, name);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
