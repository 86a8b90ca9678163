package io.tandem.connect.database;

import static org.awaitility.Awaitility.await;

import io.tandem.connect.database.dialect.Dialect;
import io.tandem.testbed.DatabaseServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** An empty database, removed when the test is over, with everything that was opened on it. */
public final class TestDatabase implements AutoCloseable {

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final Vendor vendor;
    private final DatabaseServer server;
    private final String name = "t" + Long.toString(System.nanoTime(), 36) + "_" + NUMBER.incrementAndGet();
    private final Deque<Connection> connections = new ArrayDeque<>();
    private final Deque<Database> pools = new ArrayDeque<>();
    private final ExecutorService background = Executors.newCachedThreadPool();

    private TestDatabase(Vendor vendor, DatabaseServer server) {
        this.vendor = vendor;
        this.server = server;
    }

    static TestDatabase create(Vendor vendor, DatabaseServer server) {
        TestDatabase database = new TestDatabase(vendor, server);
        server.createDatabase(database.name);
        return database;
    }

    public Vendor vendor() {
        return vendor;
    }

    public Dialect dialect() {
        return vendor.dialect();
    }

    public DatabaseServer server() {
        return server;
    }

    public String name() {
        return name;
    }

    /** The schema that tables are in when nothing else is said. */
    public String schema() {
        return vendor.choose("public", name);
    }

    /** Tandem's way to this database. */
    public ConnectionSettings settings() {
        return new ConnectionSettings(server.jdbcUrl(name), server.adminUser(), server.adminPassword());
    }

    /** A pool of Tandem's. */
    public Database open() {
        Database pool = Database.open(settings(), "test", 4);
        pools.push(pool);
        return pool;
    }

    /** A session of the application. */
    public Connection connect() throws SQLException {
        return register(server.connect(name));
    }

    /** A session of the application with an open transaction. */
    public Connection begin() throws SQLException {
        Connection connection = connect();
        connection.setAutoCommit(false);
        return connection;
    }

    /** A session of an application's user. */
    public Connection connect(String user, String password) throws SQLException {
        return register(DriverManager.getConnection(server.jdbcUrl(name), user, password));
    }

    private Connection register(Connection connection) {
        connections.push(connection);
        return connection;
    }

    /** Runs statements that each commit by themselves. */
    public void execute(String... statements) throws SQLException {
        try (Connection connection = server.connect(name)) {
            run(connection, statements);
        }
    }

    public static void run(Connection connection, String... statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** The rows of a result, each as text with {@code |} between the columns. */
    public List<String> query(String sql) throws SQLException {
        try (Connection connection = server.connect(name)) {
            return query(connection, sql);
        }
    }

    public static List<String> query(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
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
        }
    }

    public long number(String sql) throws SQLException {
        return Long.parseLong(query(sql).get(0));
    }

    /** Runs work in another thread. */
    public <T> Future<T> inBackground(Callable<T> work) {
        return background.submit(work);
    }

    /** Waits until a session waits for a lock that another one holds. */
    public void awaitWaitingSession() {
        await().pollInterval(Duration.ofMillis(10)).until(() -> number(vendor.waitingSessions()) > 0);
    }

    @Override
    public void close() throws SQLException {
        background.shutdownNow();
        for (Connection connection : connections) {
            connection.close();
        }
        pools.forEach(Database::close);
        try (Connection connection = server.connect(vendor.systemDatabase())) {
            run(connection, "DROP DATABASE " + name + vendor.choose(" WITH (FORCE)", ""));
        }
    }

    @Override
    public String toString() {
        return dialect().name();
    }
}
