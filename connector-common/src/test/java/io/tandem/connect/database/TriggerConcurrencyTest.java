package io.tandem.connect.database;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.connect.database.dialect.SessionDialect;
import io.tandem.testbed.Sql;
import java.sql.Connection;
import java.util.List;
import java.util.concurrent.Future;

/** The triggers must never make a session of the application wait for another one, or deadlock with it. */
class TriggerConcurrencyTest {

    @DatabaseTest
    void sessions_that_write_different_children_of_one_aggregate_do_not_wait(TestDatabase database) throws Exception {
        withOrders(database);
        Connection first = impatient(database);
        Connection second = impatient(database);

        Sql.run(first, "UPDATE item SET text = '1' WHERE order_id = 1 AND pos = 1");
        Sql.run(second, "UPDATE item SET text = '2' WHERE order_id = 1 AND pos = 2");
        Sql.run(first, "INSERT INTO item VALUES (1, 3, '3')");
        Sql.run(second, "INSERT INTO item VALUES (1, 4, '4')");
        second.commit();
        first.commit();

        assertThat(database.number("SELECT COUNT(*) FROM " + Orders.JOURNAL)).isEqualTo(4);
    }

    @DatabaseTest
    void a_multi_row_update_that_waits_does_not_hold_up_another_write(TestDatabase database) throws Exception {
        withOrders(database);
        Connection first = database.begin();
        Connection second = impatient(database);
        Sql.run(second, "UPDATE orders SET note = 's2' WHERE id = 2");
        Future<?> waiting = database.inBackground(() -> {
            Sql.run(first, "UPDATE orders SET note = 's1' WHERE id IN (1, 2, 3)");
            first.commit();
            return null;
        });
        database.awaitWaitingSession();

        Sql.run(second, "UPDATE orders SET note = 's2' WHERE id = 4", "INSERT INTO orders VALUES (9, 's2')");

        assertThat(waiting).isNotDone();
        second.commit();
        waiting.get(10, SECONDS);
        assertThat(Orders.noted(database)).containsExactly("1", "2", "3", "4", "9");
    }

    @DatabaseTest
    void an_insert_from_a_select_that_waits_does_not_hold_up_another_write(TestDatabase database) throws Exception {
        withOrders(database);
        database.execute("CREATE TABLE staged (id BIGINT PRIMARY KEY)", "INSERT INTO staged VALUES (11), (12), (13)");
        Connection first = database.begin();
        Connection second = impatient(database);
        Sql.run(second, "INSERT INTO orders VALUES (12, 's2')");
        Future<?> waiting = database.inBackground(() -> {
            Sql.run(first, "INSERT INTO orders SELECT id, 's1' FROM staged ORDER BY id");
            return null;
        });
        database.awaitWaitingSession();

        Sql.run(second, "UPDATE orders SET note = 's2' WHERE id = 4", "INSERT INTO orders VALUES (9, 's2')");

        assertThat(waiting).isNotDone();
        second.rollback();
        waiting.get(10, SECONDS);
        first.commit();
        assertThat(Orders.noted(database)).containsExactly("11", "12", "13");
    }

    @DatabaseTest
    void a_transaction_that_folds_does_not_hold_up_a_write_of_the_same_aggregate(TestDatabase database)
            throws Exception {
        AlignedAggregate aligned = withOrders(database);
        database.execute("UPDATE orders SET note = 'x' WHERE id < 4");
        Connection application = impatient(database);
        SessionDialect session = database.dialect().session();

        database.open().inTransaction(handle -> {
            session.beginApplying(handle, Orders.NAME, java.time.Duration.ofSeconds(1));
            Connection connection = handle.getConnection();
            List<Long> ids = aligned.journal().notes(connection, Orders.keys(1, 2, 3)).stream()
                    .map(Note::id)
                    .toList();
            aligned.journal().delete(connection, ids);
            Sql.run(application, "UPDATE orders SET note = 'y'", "INSERT INTO orders VALUES (9, 'n')");
            application.commit();
            return null;
        });

        assertThat(Orders.noted(database)).containsExactly("1", "2", "3", "4", "9");
    }

    @DatabaseTest
    void a_note_that_is_being_written_does_not_hold_up_the_reader_of_the_journal(TestDatabase database)
            throws Exception {
        AlignedAggregate aligned = withOrders(database);
        database.execute("UPDATE orders SET note = 'x' WHERE id = 1");
        Connection application = database.begin();
        Sql.run(application, "UPDATE orders SET note = 'y' WHERE id = 1");

        List<Note> notes = database.open().inTransaction(handle -> {
            List<Note> read = aligned.journal().notes(handle.getConnection(), Orders.keys(1));
            aligned.journal()
                    .delete(handle.getConnection(), read.stream().map(Note::id).toList());
            return read;
        });

        application.commit();
        assertThat(notes).hasSize(1);
        assertThat(database.number("SELECT COUNT(*) FROM " + Orders.JOURNAL)).isEqualTo(1);
    }

    private static AlignedAggregate withOrders(TestDatabase database) throws Exception {
        AlignedAggregate aligned = Orders.install(database);
        database.execute(
                "INSERT INTO orders VALUES (1, 'a'), (2, 'b'), (3, 'c'), (4, 'd')",
                "INSERT INTO item VALUES (1, 1, 'a'), (1, 2, 'b')");
        Orders.forgetNotes(database);
        return aligned;
    }

    /** A session of the application that fails rather than waits. */
    private static Connection impatient(TestDatabase database) throws Exception {
        Connection connection = database.begin();
        Sql.run(
                connection,
                database.vendor().choose("SET lock_timeout = '100ms'", "SET SESSION innodb_lock_wait_timeout = 1"));
        connection.commit();
        return connection;
    }
}
