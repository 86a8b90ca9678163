package io.tandem.connect.database;

import static org.awaitility.Awaitility.await;

import io.tandem.connect.database.dialect.Dialect;
import io.tandem.connect.database.dialect.mariadb.MariaDbDialect;
import io.tandem.connect.database.dialect.postgresql.PostgresDialect;
import io.tandem.testbed.DatabaseServer;
import io.tandem.testbed.ScratchDatabase;
import io.tandem.testbed.Sql;
import io.tandem.testbed.TestbedException;
import io.tandem.testbed.Vendor;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** An empty database, removed when the test is over, with everything that was opened on it. */
public final class TestDatabase extends ScratchDatabase {

    private final Deque<Connection> connections = new ArrayDeque<>();
    private final Deque<Database> pools = new ArrayDeque<>();
    private final ExecutorService background = Executors.newCachedThreadPool();

    TestDatabase(Vendor vendor, DatabaseServer server) {
        super(vendor, server);
    }

    public Dialect dialect() {
        return vendor().choose(new PostgresDialect(), new MariaDbDialect());
    }

    /** Tandem's way to this database. */
    public ConnectionSettings settings() {
        return new ConnectionSettings(server().jdbcUrl(name()), server().adminUser(), server().adminPassword());
    }

    /** A pool of Tandem's. */
    public Database open() {
        Database pool = Database.open(settings(), "test", 4);
        pools.push(pool);
        return pool;
    }

    /** A session of the application. */
    @Override
    public Connection connect() {
        return register(super.connect());
    }

    /** A session of an application's user. */
    @Override
    public Connection connect(String user, String password) throws SQLException {
        return register(super.connect(user, password));
    }

    private Connection register(Connection connection) {
        connections.push(connection);
        return connection;
    }

    /** Runs statements that each commit by themselves. */
    public void execute(String... statements) throws SQLException {
        try (Connection connection = super.connect()) {
            Sql.run(connection, statements);
        }
    }

    /** Runs work in another thread. */
    public <T> Future<T> inBackground(Callable<T> work) {
        return background.submit(work);
    }

    /** Waits until a session waits for a lock that another one holds. */
    public void awaitWaitingSession() {
        await().pollInterval(Duration.ofMillis(10)).until(this::hasWaitingSession);
    }

    @Override
    public void close() {
        background.shutdownNow();
        try {
            for (Connection connection : connections) {
                connection.close();
            }
        } catch (SQLException e) {
            throw new TestbedException("a session of the application does not close", e);
        }
        pools.forEach(Database::close);
        super.close();
    }

    @Override
    public String toString() {
        return dialect().name();
    }
}
