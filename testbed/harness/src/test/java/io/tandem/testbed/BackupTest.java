package io.tandem.testbed;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** A backup that is taken while sessions write puts back one moment: what was committed then, and nothing later. */
class BackupTest {

    private static final String DATABASE = "shop";

    @Test
    void postgres() throws Exception {
        putsBackOneMoment(PostgresServer::start);
    }

    @Test
    void mariaDb() throws Exception {
        putsBackOneMoment(MariaDbServer::start);
    }

    private static void putsBackOneMoment(Supplier<DatabaseServer> start) throws Exception {
        try (DatabaseServer server = start.get()) {
            server.createDatabase(DATABASE);
            execute(server, "CREATE TABLE one (id BIGINT PRIMARY KEY)", "CREATE TABLE two (id BIGINT PRIMARY KEY)");
            AtomicLong committed = new AtomicLong();
            CountDownLatch stop = new CountDownLatch(1);
            Semaphore commits = new Semaphore(0);
            Thread writer = new Thread(() -> write(server, committed, commits, stop));
            writer.start();
            progress(commits);
            long before = committed.get();
            try (Backup backup = server.backUp(DATABASE)) {
                long after = committed.get() + 1;
                progress(commits);
                stop.countDown();
                writer.join();

                backup.restore();

                long shown = count(server, "one");
                assertThat(shown).isBetween(before, after);
                assertThat(count(server, "two")).as("both tables at one moment").isEqualTo(shown);
            }
        }
    }

    private static void progress(Semaphore commits) throws InterruptedException {
        commits.drainPermits();
        assertThat(commits.tryAcquire(100, 60, TimeUnit.SECONDS))
                .as("the writer goes on")
                .isTrue();
    }

    /** Each transaction adds a row to both tables. */
    private static void write(DatabaseServer server, AtomicLong committed, Semaphore commits, CountDownLatch stop) {
        try (Connection connection = server.connect(DATABASE);
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            while (stop.getCount() > 0) {
                long id = committed.get() + 1;
                statement.execute("INSERT INTO one VALUES (" + id + ")");
                statement.execute("INSERT INTO two VALUES (" + id + ")");
                connection.commit();
                committed.set(id);
                commits.release();
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void execute(DatabaseServer server, String... statements) {
        for (String sql : statements) {
            Sql.run(server, DATABASE, quoting -> sql);
        }
    }

    private static long count(DatabaseServer server, String table) throws SQLException {
        try (Connection connection = server.connect(DATABASE);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT COUNT(*) FROM " + table)) {
            result.next();
            return result.getLong(1);
        }
    }
}
