package io.tandem.connect.database;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.tandem.testbed.Sql;
import io.tandem.testbed.Vendor;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import org.jdbi.v3.core.HandleCallback;

/** Every error of a real server gets the meaning that decides what is done about it. */
class ErrorKindTest {

    private static final String SECRET = "s3cret4711";

    @DatabaseTest
    void constraints_and_data(TestDatabase database) throws Exception {
        createChecked(database);

        assertThat(kind(database, "INSERT INTO parent VALUES (1, 'a')")).isEqualTo(ErrorKind.DUPLICATE_KEY);
        assertThat(kind(database, "INSERT INTO parent VALUES (2, 'unique')")).isEqualTo(ErrorKind.DUPLICATE_KEY);
        assertThat(kind(database, "INSERT INTO child VALUES (2, 99, 'a')")).isEqualTo(ErrorKind.FOREIGN_KEY);
        assertThat(kind(database, "DELETE FROM parent WHERE id = 1")).isEqualTo(ErrorKind.FOREIGN_KEY);
        assertThat(kind(database, "INSERT INTO child VALUES (2, 1, NULL)")).isEqualTo(ErrorKind.DATA);
        assertThat(kind(database, "INSERT INTO child (id, parent_id) VALUES (2, 1)"))
                .isEqualTo(ErrorKind.DATA);
        assertThat(kind(database, "INSERT INTO child VALUES (2, 1, 'bad')")).isEqualTo(ErrorKind.DATA);
        assertThat(kind(database, "INSERT INTO child VALUES (2, 1, '" + "x".repeat(41) + "')"))
                .isEqualTo(ErrorKind.DATA);
        assertThat(kind(database, "INSERT INTO child VALUES (999999999999, 1, 'a')"))
                .isEqualTo(ErrorKind.DATA);
        assertThat(kind(database, "INSERT INTO child VALUES ('one', 1, 'a')")).isEqualTo(ErrorKind.DATA);
    }

    @DatabaseTest
    void what_a_trigger_of_the_application_refuses(TestDatabase database) throws Exception {
        createChecked(database);
        createRefusingTrigger(database);

        assertThat(kind(database, "INSERT INTO child VALUES (2, 1, 'a')")).isEqualTo(ErrorKind.DATA);
    }

    @DatabaseTest(Vendor.POSTGRESQL)
    void a_value_that_is_too_large_for_an_index(TestDatabase database) throws Exception {
        database.execute("CREATE TABLE doc (id TEXT PRIMARY KEY)");

        assertThat(kind(
                        database,
                        "INSERT INTO doc SELECT string_agg(md5(i::text), '') FROM generate_series(1, 1000) AS s(i)"))
                .isEqualTo(ErrorKind.DATA);
    }

    /** InnoDB says the same when the disk is full; a table in memory is full sooner. */
    @DatabaseTest(Vendor.MARIADB)
    void a_table_that_is_full(TestDatabase database) throws Exception {
        database.execute("SET max_heap_table_size = 16384", "CREATE TABLE small (text VARCHAR(1000)) ENGINE=MEMORY");

        assertThat(kind(database, "INSERT INTO small SELECT REPEAT('x', 1000) FROM seq_1_to_1000"))
                .isEqualTo(ErrorKind.UNAVAILABLE);
    }

    @DatabaseTest
    void statements_that_cannot_work(TestDatabase database) throws Exception {
        assertThat(kind(database, "SELEKT 1")).isEqualTo(ErrorKind.OTHER);
    }

    @DatabaseTest
    void tables_that_are_not_what_they_were(TestDatabase database) throws Exception {
        assertThat(kind(database, "SELECT * FROM nowhere")).isEqualTo(ErrorKind.OUTDATED);
        createChecked(database);
        assertThat(kind(database, "SELECT nothing FROM parent")).isEqualTo(ErrorKind.OUTDATED);
    }

    @DatabaseTest
    void a_lock_that_is_not_free_in_time(TestDatabase database) throws Exception {
        createChecked(database);
        Connection application = database.begin();
        Sql.run(application, "UPDATE parent SET name = 'x'");

        ErrorKind kind = kind(
                database,
                database.vendor().choose("SET LOCAL lock_timeout = '50ms'", "SET innodb_lock_wait_timeout = 0"),
                "UPDATE parent SET name = 'y'");

        assertThat(kind).isEqualTo(ErrorKind.LOCK);
        assertThat(kind(database, "SELECT id FROM parent FOR UPDATE NOWAIT")).isEqualTo(ErrorKind.LOCK);
    }

    @DatabaseTest
    void a_deadlock(TestDatabase database) throws Exception {
        createChecked(database);
        database.execute("INSERT INTO parent VALUES (2, 'b')");
        CountDownLatch bothHoldOne = new CountDownLatch(2);
        Database pool = database.open();

        List<Future<Optional<ErrorKind>>> sessions = new ArrayList<>();
        for (int id = 1; id <= 2; id++) {
            int first = id;
            sessions.add(database.inBackground(() -> outcome(pool, handle -> {
                handle.execute("UPDATE parent SET name = NULL WHERE id = " + first);
                bothHoldOne.countDown();
                awaitLatch(bothHoldOne);
                return handle.execute("UPDATE parent SET name = NULL WHERE id = " + (3 - first));
            })));
        }

        List<Optional<ErrorKind>> outcomes =
                List.of(sessions.get(0).get(30, SECONDS), sessions.get(1).get(30, SECONDS));
        assertThat(outcomes).containsExactlyInAnyOrder(Optional.of(ErrorKind.LOCK), Optional.empty());
    }

    @DatabaseTest
    void a_statement_that_takes_too_long(TestDatabase database) throws Exception {
        ErrorKind kind = kind(
                database,
                database.vendor().choose("SET LOCAL statement_timeout = 50", "SET max_statement_time = 0.05"),
                database.vendor()
                        .choose("SELECT pg_sleep(60)", "SELECT COUNT(*) FROM seq_1_to_1000000 a, seq_1_to_1000000 b"));

        assertThat(kind).isEqualTo(ErrorKind.LOCK);
    }

    @DatabaseTest
    void a_connection_that_is_killed(TestDatabase database) throws Exception {
        DatabaseException error = failure(database.open(), handle -> {
            String id = handle.select(database.vendor().choose("SELECT pg_backend_pid()", "SELECT CONNECTION_ID()"))
                    .mapTo(String.class)
                    .one();
            database.execute(database.vendor().choose("SELECT pg_terminate_backend(" + id + ")", "KILL " + id));
            return handle.select("SELECT 1").mapTo(Integer.class).one();
        });

        assertThat(error.kind()).as(error.getMessage()).isEqualTo(ErrorKind.UNAVAILABLE);
    }

    @DatabaseTest
    void a_server_that_goes_down_and_comes_back(TestDatabase database) throws Exception {
        Database pool = database.open();
        pool.withHandle(handle -> handle.select("SELECT 1").mapTo(Integer.class).one());
        database.server().kill();
        try {
            assertThat(failure(pool, handle -> handle.execute("SELECT 1")).kind())
                    .isEqualTo(ErrorKind.UNAVAILABLE);
            assertThat(catchThrowableOfType(
                                    DatabaseException.class, () -> Database.connect(database.settings(), "test"))
                            .kind())
                    .isEqualTo(ErrorKind.UNAVAILABLE);
        } finally {
            database.server().restart();
        }

        await().pollInterval(Duration.ofMillis(100))
                .untilAsserted(() -> assertThatCode(() -> pool.withHandle(handle -> handle.execute("SELECT 1")))
                        .doesNotThrowAnyException());
    }

    @DatabaseTest
    void wrong_credentials_and_an_unknown_database(TestDatabase database) {
        ConnectionSettings good = database.settings();

        assertThat(refused(new ConnectionSettings(good.url(), good.user(), "wrong")))
                .isEqualTo(ErrorKind.ACCESS);
        assertThat(refused(new ConnectionSettings(good.url(), "nobody", "wrong")))
                .isEqualTo(ErrorKind.ACCESS);
        assertThat(refused(new ConnectionSettings(good.url() + "_not", good.user(), good.password())))
                .isEqualTo(ErrorKind.ACCESS);
    }

    @DatabaseTest
    void wrong_credentials_are_told_from_a_server_that_is_down_also_by_a_pool(TestDatabase database) {
        ConnectionSettings good = database.settings();

        try (Database pool = Database.open(new ConnectionSettings(good.url(), good.user(), "wrong"), "test", 1)) {
            assertThat(failure(pool, handle -> handle.execute("SELECT 1")).kind())
                    .isEqualTo(ErrorKind.ACCESS);
        }
    }

    @DatabaseTest
    void a_message_about_data_shows_no_value_of_a_row(TestDatabase database) throws Exception {
        createChecked(database);
        database.execute("INSERT INTO parent VALUES (5, '" + SECRET + "')");
        for (String sql : List.of(
                "INSERT INTO parent VALUES (6, '" + SECRET + "')",
                "INSERT INTO child VALUES (2, 4711, 'a')",
                "DELETE FROM parent WHERE id = 1",
                "INSERT INTO child VALUES (4711, 1, NULL)",
                "INSERT INTO child VALUES ('" + SECRET + "', 1, 'a')",
                "INSERT INTO child VALUES (4711, 1, 'bad')",
                "INSERT INTO child VALUES (4711, 1, '" + SECRET.repeat(9) + "')")) {

            DatabaseException error = failure(database.open(), handle -> handle.execute(sql));

            assertThat(error).as(sql).hasMessageNotContaining("4711").hasMessageContaining("SQLState");
            assertThat(error).as(sql).hasCauseInstanceOf(Exception.class);
        }
        createRefusingTrigger(database);
        assertThat(failure(database.open(), handle -> handle.execute("INSERT INTO child VALUES (3, 1, 'a')")))
                .hasMessageNotContaining(SECRET);
    }

    /** The pool logs such an exception by itself if it thinks that the connection is broken. */
    @DatabaseTest(Vendor.POSTGRESQL)
    void what_the_driver_throws_shows_no_value_of_a_row_in_its_details_or_its_statement(TestDatabase database)
            throws Exception {
        createChecked(database);
        database.execute("INSERT INTO parent VALUES (5, '" + SECRET + "')");

        // with its causes
        Iterable<Throwable> errors = database.open().withHandle(handle -> {
            try (PreparedStatement insert =
                    handle.getConnection().prepareStatement("INSERT INTO parent VALUES (6, ?)")) {
                insert.setString(1, SECRET);
                insert.addBatch();
                return catchThrowableOfType(BatchUpdateException.class, insert::executeBatch);
            }
        });

        assertThat(errors)
                .isNotEmpty()
                .allSatisfy(error -> assertThat(error)
                        .hasMessageContaining("parent_name_key")
                        .hasMessageNotContaining(SECRET));
    }

    @DatabaseTest
    void a_message_about_data_names_what_refused_it_where_the_server_can_without_data(TestDatabase database)
            throws Exception {
        createChecked(database);

        assertThat(failure(database.open(), handle -> handle.execute("INSERT INTO child VALUES (4711, 1, NULL)")))
                .hasMessageMatching("(?i).*column ['\"]text['\"].*null.*SQLState.*");
        assertThat(failure(database.open(), handle -> handle.execute("INSERT INTO child VALUES (4711, 1, 'bad')")))
                .hasMessageContaining("child")
                .hasMessageMatching("(?i).*constraint.*SQLState.*");
        assertThat(failure(
                        database.open(),
                        handle -> handle.execute("INSERT INTO child VALUES (4711, 1, '" + SECRET.repeat(9) + "')")))
                .hasMessageContaining("too long for")
                .hasMessageContaining(database.vendor().choose("varying(40)", "column 'text'"));
    }

    private static void createChecked(TestDatabase database) throws SQLException {
        database.execute(
                "CREATE TABLE parent (id INT PRIMARY KEY, name VARCHAR(40) UNIQUE)",
                "CREATE TABLE child (id INT PRIMARY KEY, parent_id INT NOT NULL REFERENCES parent (id), "
                        + "text VARCHAR(40) NOT NULL CHECK (text <> 'bad'))",
                "INSERT INTO parent VALUES (1, 'unique')",
                "INSERT INTO child VALUES (1, 1, 'a')");
    }

    private static void createRefusingTrigger(TestDatabase database) throws SQLException {
        if (database.vendor() == Vendor.POSTGRESQL) {
            database.execute(
                    "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS " + "$$ BEGIN RAISE EXCEPTION 'not "
                            + SECRET + "'; END $$",
                    "CREATE TRIGGER refuse BEFORE INSERT ON child FOR EACH ROW EXECUTE FUNCTION refuse()");
        } else {
            database.execute("CREATE TRIGGER refuse BEFORE INSERT ON child FOR EACH ROW "
                    + "SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'not " + SECRET + "'");
        }
    }

    private static ErrorKind kind(TestDatabase database, String... statements) {
        return failure(database.open(), handle -> {
                    for (String sql : statements) {
                        handle.execute(sql);
                    }
                    return null;
                })
                .kind();
    }

    private static DatabaseException failure(Database pool, HandleCallback<?, SQLException> work) {
        return catchThrowableOfType(DatabaseException.class, () -> pool.inTransaction(work));
    }

    private static Optional<ErrorKind> outcome(Database pool, HandleCallback<?, SQLException> work) {
        try {
            pool.inTransaction(work);
            return Optional.empty();
        } catch (DatabaseException e) {
            return Optional.of(e.kind());
        }
    }

    private static ErrorKind refused(ConnectionSettings settings) {
        return catchThrowableOfType(DatabaseException.class, () -> Database.connect(settings, "test"))
                .kind();
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
