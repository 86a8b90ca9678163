package io.tandem.connect.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tandem.connect.aggregate.AggregateDefinition;
import io.tandem.connect.database.dialect.SessionDialect;
import io.tandem.testbed.Sql;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** What a session sees of the triggers: nothing, except that an applying one writes without notes. */
class TriggerSessionTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    @DatabaseTest
    void a_user_without_any_right_on_our_tables_can_write(TestDatabase database) throws Exception {
        Orders.install(database);
        String user = "app_" + database.name();
        database.server().createUser(user, "secret");
        for (String table : new String[] {"orders", "item", "remark"}) {
            database.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON " + table + " TO "
                    + database.vendor().choose(user, "'" + user + "'@'%'"));
        }
        Connection application = database.connect(user, "secret");

        Sql.run(
                application,
                "INSERT INTO orders VALUES (1, 'a'), (2, 'b')",
                "INSERT INTO item VALUES (1, 1, 'a')",
                "UPDATE item SET order_id = 2",
                "DELETE FROM item",
                "DELETE FROM orders WHERE id = 1");

        assertThat(Orders.noted(database)).containsExactly("1", "2");
    }

    @DatabaseTest
    void an_applying_session_writes_its_aggregate_without_notes(TestDatabase database) throws Exception {
        Orders.install(database);
        SessionDialect session = database.dialect().session();

        try (Handle handle = Jdbi.open(database.connect())) {
            handle.useTransaction(transaction -> {
                session.beginApplying(transaction, Orders.NAME, SECOND);
                session.beginWriting(transaction);
                transaction.execute("INSERT INTO orders VALUES (1, 'a')");
                transaction.execute("INSERT INTO item VALUES (1, 1, 'a')");
                transaction.execute("UPDATE orders SET note = 'b'");
                transaction.execute("DELETE FROM item");
            });
        }

        assertThat(Orders.noted(database)).isEmpty();
    }

    @DatabaseTest
    void an_applying_session_of_another_aggregate_is_noted(TestDatabase database) throws Exception {
        Orders.install(database);
        SessionDialect session = database.dialect().session();

        try (Handle handle = Jdbi.open(database.connect())) {
            handle.useTransaction(transaction -> {
                session.beginApplying(transaction, "customer", SECOND);
                transaction.execute("INSERT INTO orders VALUES (1, 'a')");
            });
        }

        assertThat(Orders.noted(database)).containsExactly("1");
    }

    @DatabaseTest
    void the_flag_does_not_outlive_a_committed_transaction(TestDatabase database) throws Exception {
        Orders.install(database);
        SessionDialect session = database.dialect().session();

        try (Handle handle = Jdbi.open(database.connect())) {
            handle.useTransaction(transaction -> session.beginApplying(transaction, Orders.NAME, SECOND));
            session.end(handle);
            handle.execute("INSERT INTO orders VALUES (1, 'a')");
        }

        assertThat(Orders.noted(database)).containsExactly("1");
    }

    @DatabaseTest
    void the_flag_does_not_outlive_a_transaction_that_failed(TestDatabase database) throws Exception {
        Orders.install(database);
        SessionDialect session = database.dialect().session();
        Database pool = database.open();

        assertThatThrownBy(() -> pool.inTransaction(
                        handle -> {
                            session.beginApplying(handle, Orders.NAME, SECOND);
                            handle.execute("INSERT INTO orders VALUES (1, 'a')");
                            handle.execute("INSERT INTO orders VALUES (1, 'again')");
                            return null;
                        },
                        session::end))
                .isInstanceOf(DatabaseException.class);
        pool.withHandle(handle -> handle.execute("INSERT INTO orders VALUES (2, 'a')"));

        assertThat(Orders.noted(database)).containsExactly("2");
    }

    @DatabaseTest
    void the_lock_limits_of_an_applying_transaction_do_not_outlive_it(TestDatabase database) throws Exception {
        SessionDialect session = database.dialect().session();
        String limits = database.vendor()
                .choose(
                        "SELECT current_setting('lock_timeout')",
                        "SELECT CONCAT(@@innodb_lock_wait_timeout, ' ', @@lock_wait_timeout)");
        Connection connection = database.connect();
        String before = Sql.query(connection, limits).get(0);

        try (Handle handle = Jdbi.open(connection)) {
            handle.useTransaction(transaction -> {
                session.beginApplying(transaction, Orders.NAME, SECOND);
                session.beginWriting(transaction);
            });
            session.end(handle);

            assertThat(handle.select(limits).mapTo(String.class).one()).isEqualTo(before);
        }
    }

    @DatabaseTest
    void a_note_names_the_session_that_wrote(TestDatabase database) throws Exception {
        Orders.install(database);
        Connection application = database.connect();
        String sessionId = Sql.query(
                        application, "SELECT " + database.dialect().session().sessionIdSql())
                .get(0);

        Sql.run(application, "INSERT INTO orders VALUES (1, 'a')");

        assertThat(database.query("SELECT session FROM " + Orders.JOURNAL)).containsExactly(sessionId);
    }

    @DatabaseTest
    void the_generated_key_that_the_application_asks_for_is_its_own(TestDatabase database) throws Exception {
        database.execute(database.vendor()
                .choose(
                        "CREATE TABLE orders (id BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY, note VARCHAR(9))",
                        "CREATE TABLE orders (id BIGINT AUTO_INCREMENT PRIMARY KEY, note VARCHAR(9))"));
        Orders.install(database, new AggregateDefinition(Orders.NAME, "orders", List.of(), List.of(), ""));
        Connection application = database.connect();
        Sql.run(application, "INSERT INTO orders (note) VALUES ('a'), ('b'), ('c')");
        Sql.run(application, "UPDATE orders SET note = 'x'", "INSERT INTO orders (note) VALUES ('d')");

        List<String> generated = Sql.query(
                application,
                "SELECT "
                        + database.vendor()
                                .choose("currval(pg_get_serial_sequence('orders', 'id'))", "LAST_INSERT_ID()"));

        assertThat(generated).containsExactly("4");
    }
}
