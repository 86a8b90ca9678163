package io.tandem.connect.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.connect.aggregate.AggregateDefinition;
import io.tandem.connect.aggregate.AggregateDefinition.ChildDefinition;
import io.tandem.testbed.Sql;
import io.tandem.testbed.Vendor;
import java.sql.Connection;
import java.util.List;

/** Every write of the application leaves a note with the key of every aggregate that it changes. */
class TriggerNotesTest {

    @DatabaseTest
    void an_inserted_root_row_is_noted(TestDatabase database) throws Exception {
        Orders.install(database);

        database.execute("INSERT INTO orders VALUES (1, 'a')");

        assertThat(Orders.noted(database)).containsExactly("1");
    }

    @DatabaseTest
    void every_row_of_a_statement_is_noted(TestDatabase database) throws Exception {
        Orders.install(database);

        database.execute("INSERT INTO orders VALUES (1, 'a'), (2, 'b'), (3, 'c')");

        assertThat(Orders.noted(database)).containsExactly("1", "2", "3");
    }

    @DatabaseTest
    void an_updated_root_row_is_noted_and_no_other(TestDatabase database) throws Exception {
        withTwoOrders(database);

        database.execute("UPDATE orders SET note = 'z' WHERE id = 2");

        assertThat(Orders.noted(database)).containsExactly("2");
    }

    @DatabaseTest
    void a_deleted_root_row_is_noted(TestDatabase database) throws Exception {
        withTwoOrders(database);
        database.execute("INSERT INTO orders VALUES (3, 'no children')");
        Orders.forgetNotes(database);

        database.execute("DELETE FROM orders WHERE id = 3");

        assertThat(Orders.noted(database)).containsExactly("3");
    }

    @DatabaseTest
    void a_root_key_that_changes_notes_both_keys(TestDatabase database) throws Exception {
        withTwoOrders(database);
        database.execute("INSERT INTO orders VALUES (3, 'no children')");
        Orders.forgetNotes(database);

        database.execute("UPDATE orders SET id = 30 WHERE id = 3");

        assertThat(Orders.noted(database)).containsExactly("3", "30");
    }

    @DatabaseTest
    void an_inserted_child_row_notes_its_root(TestDatabase database) throws Exception {
        withTwoOrders(database);

        database.execute("INSERT INTO item VALUES (2, 9, 'x')");

        assertThat(Orders.noted(database)).containsExactly("2");
    }

    @DatabaseTest
    void an_updated_child_row_notes_its_root(TestDatabase database) throws Exception {
        withTwoOrders(database);

        database.execute("UPDATE item SET text = 'x' WHERE order_id = 1 AND pos = 1");

        assertThat(Orders.noted(database)).containsExactly("1");
    }

    @DatabaseTest
    void a_deleted_child_row_notes_its_root(TestDatabase database) throws Exception {
        withTwoOrders(database);

        database.execute("DELETE FROM item WHERE order_id = 1");

        assertThat(Orders.noted(database)).containsExactly("1");
    }

    @DatabaseTest
    void children_of_several_roots_in_one_statement_note_each_root(TestDatabase database) throws Exception {
        withTwoOrders(database);

        database.execute("UPDATE item SET text = 'all'");

        assertThat(Orders.noted(database)).containsExactly("1", "2");
    }

    @DatabaseTest
    void a_child_row_that_moves_notes_both_roots(TestDatabase database) throws Exception {
        withTwoOrders(database);

        database.execute("UPDATE remark SET order_id = 2 WHERE order_id = 1");

        assertThat(Orders.noted(database)).containsExactly("1", "2");
    }

    @DatabaseTest
    void a_child_row_that_is_loosened_notes_the_root_it_leaves(TestDatabase database) throws Exception {
        withTwoOrders(database);

        database.execute("UPDATE remark SET order_id = NULL WHERE order_id = 1");

        assertThat(Orders.noted(database)).containsExactly("1");
    }

    @DatabaseTest
    void a_loose_child_row_that_is_attached_notes_the_root_it_joins(TestDatabase database) throws Exception {
        withTwoOrders(database);
        database.execute("INSERT INTO remark VALUES (99, NULL, 'loose')");

        database.execute("UPDATE remark SET order_id = 2 WHERE id = 99");

        assertThat(Orders.noted(database)).containsExactly("2");
    }

    @DatabaseTest
    void a_loose_child_row_belongs_to_no_aggregate_and_can_be_written(TestDatabase database) throws Exception {
        withTwoOrders(database);

        database.execute(
                "INSERT INTO remark VALUES (99, NULL, 'loose')",
                "UPDATE remark SET text = 'x' WHERE id = 99",
                "DELETE FROM remark WHERE id = 99");

        assertThat(Orders.noted(database)).isEmpty();
    }

    @DatabaseTest
    void a_statement_that_changes_no_row_notes_nothing(TestDatabase database) throws Exception {
        withTwoOrders(database);

        database.execute("UPDATE orders SET note = 'x' WHERE id = 77", "DELETE FROM item WHERE order_id = 77");

        assertThat(Orders.noted(database)).isEmpty();
    }

    @DatabaseTest
    void a_rolled_back_write_leaves_no_note(TestDatabase database) throws Exception {
        withTwoOrders(database);
        Connection application = database.begin();
        Sql.run(application, "UPDATE orders SET note = 'x'");

        application.rollback();

        assertThat(Orders.noted(database)).isEmpty();
    }

    @DatabaseTest
    void an_upsert_is_noted_on_either_way(TestDatabase database) throws Exception {
        withTwoOrders(database);
        String upsert = "INSERT INTO orders VALUES (1, 'x'), (3, 'y') "
                + database.vendor()
                        .choose(
                                "ON CONFLICT (id) DO UPDATE SET note = EXCLUDED.note",
                                "ON DUPLICATE KEY UPDATE note = VALUES(note)");

        database.execute(upsert);

        assertThat(Orders.noted(database)).containsExactly("1", "3");
    }

    @DatabaseTest
    void a_cascade_from_the_root_notes_the_root(TestDatabase database) throws Exception {
        database.execute(
                "CREATE TABLE orders (id BIGINT PRIMARY KEY)",
                "CREATE TABLE item (id BIGINT PRIMARY KEY, order_id BIGINT NOT NULL "
                        + "REFERENCES orders (id) ON DELETE CASCADE ON UPDATE CASCADE)");
        Orders.install(database, withItems());
        database.execute("INSERT INTO orders VALUES (1), (2)", "INSERT INTO item VALUES (10, 1), (20, 2)");
        Orders.forgetNotes(database);

        database.execute("DELETE FROM orders WHERE id = 1", "UPDATE orders SET id = 22 WHERE id = 2");

        assertThat(Orders.noted(database)).containsExactly("1", "2", "22");
    }

    @DatabaseTest(Vendor.POSTGRESQL)
    void a_cascade_from_outside_the_aggregate_is_noted(TestDatabase database) throws Exception {
        database.execute(
                "CREATE TABLE product (id BIGINT PRIMARY KEY)",
                "CREATE TABLE orders (id BIGINT PRIMARY KEY)",
                "CREATE TABLE item (id BIGINT PRIMARY KEY, order_id BIGINT NOT NULL REFERENCES orders (id), "
                        + "product_id BIGINT REFERENCES product (id) ON DELETE CASCADE)");
        Orders.install(database, withItems());
        database.execute(
                "INSERT INTO product VALUES (5)",
                "INSERT INTO orders VALUES (1), (2)",
                "INSERT INTO item VALUES (10, 1, 5), (20, 2, NULL)");
        Orders.forgetNotes(database);

        database.execute("DELETE FROM product");

        assertThat(Orders.noted(database)).containsExactly("1");
    }

    @DatabaseTest(Vendor.POSTGRESQL)
    void a_truncated_table_notes_every_key_that_it_held(TestDatabase database) throws Exception {
        withTwoOrders(database);

        database.execute("TRUNCATE item");

        assertThat(Orders.noted(database)).containsExactly("1", "2");
    }

    @DatabaseTest(Vendor.POSTGRESQL)
    void a_cascading_truncate_notes_every_root(TestDatabase database) throws Exception {
        withTwoOrders(database);
        database.execute("INSERT INTO orders VALUES (3, 'no children')");
        Orders.forgetNotes(database);

        database.execute("TRUNCATE orders CASCADE");

        assertThat(Orders.noted(database)).containsExactly("1", "2", "3");
    }

    /** The fold finds truncated roots later, as aggregates that are gone without a note; truncated children it cannot. */
    @DatabaseTest(Vendor.MARIADB)
    void mariadb_fires_no_trigger_for_truncate(TestDatabase database) throws Exception {
        withTwoOrders(database);

        database.execute("TRUNCATE item");

        assertThat(Orders.noted(database)).isEmpty();
    }

    @DatabaseTest(Vendor.POSTGRESQL)
    void copy_is_noted(TestDatabase database) throws Exception {
        Orders.install(database);
        Connection application = database.connect();

        application
                .unwrap(org.postgresql.PGConnection.class)
                .getCopyAPI()
                .copyIn("COPY orders FROM STDIN", new java.io.StringReader("1\ta\n2\tb\n"));

        assertThat(Orders.noted(database)).containsExactly("1", "2");
    }

    @DatabaseTest(Vendor.MARIADB)
    void replace_is_noted(TestDatabase database) throws Exception {
        Orders.install(database);
        database.execute("INSERT INTO orders VALUES (1, 'a')");
        Orders.forgetNotes(database);

        database.execute("REPLACE INTO orders VALUES (1, 'x'), (2, 'y')");

        assertThat(Orders.noted(database)).containsExactly("1", "2");
    }

    @DatabaseTest
    void a_composite_key_is_noted_as_a_whole(TestDatabase database) throws Exception {
        database.execute(
                "CREATE TABLE orders (branch " + database.vendor().exactText(10)
                        + " NOT NULL, id BIGINT NOT NULL, PRIMARY KEY (branch, id))",
                "CREATE TABLE item (id BIGINT PRIMARY KEY, o_id BIGINT, o_branch "
                        + database.vendor().exactText(10) + ", "
                        + "FOREIGN KEY (o_branch, o_id) REFERENCES orders (branch, id))");
        Orders.install(database, withItems());

        database.execute(
                "INSERT INTO orders VALUES ('a', 1), ('b', 1)",
                "INSERT INTO item VALUES (10, 1, 'a'), (11, NULL, 'b'), (12, 1, NULL)",
                "DELETE FROM " + Orders.JOURNAL,
                "UPDATE item SET o_branch = 'b' WHERE o_branch IS NOT NULL");

        assertThat(database.query("SELECT DISTINCT key_branch, key_id FROM " + Orders.JOURNAL + " ORDER BY 1"))
                .containsExactly("a|1", "b|1");
    }

    @DatabaseTest
    void a_part_of_a_composite_key_that_changes_notes_both_keys(TestDatabase database) throws Exception {
        database.execute("CREATE TABLE orders (branch " + database.vendor().exactText(10)
                + " NOT NULL, id BIGINT NOT NULL, PRIMARY KEY (branch, id))");
        Orders.install(database, new AggregateDefinition(Orders.NAME, "orders", List.of(), List.of(), ""));
        database.execute("INSERT INTO orders VALUES ('a', 1), ('a', 2), ('b', 7)", "DELETE FROM " + Orders.JOURNAL);
        String notes = "SELECT key_branch, key_id FROM " + Orders.JOURNAL + " ORDER BY 1, 2";

        database.execute("UPDATE orders SET id = 70 WHERE branch = 'b'");
        assertThat(database.query(notes)).containsExactly("b|7", "b|70");

        database.execute("UPDATE orders SET branch = 'c' WHERE branch = 'a'");
        assertThat(database.query(notes)).containsExactly("a|1", "a|2", "b|7", "b|70", "c|1", "c|2");
    }

    @DatabaseTest
    void a_key_column_may_be_called_as_what_a_trigger_uses(TestDatabase database) throws Exception {
        for (String column : List.of("noted_at", "tandem", "tg_op", "k", "o", "n", "found")) {
            database.execute("CREATE TABLE orders (" + column + " BIGINT PRIMARY KEY, name VARCHAR(10))");
            Orders.install(database, new AggregateDefinition(Orders.NAME, "orders", List.of(), List.of(), ""));

            database.execute(
                    "INSERT INTO orders VALUES (4000000007, 'a')", "UPDATE orders SET " + column + " = 4000000008");

            assertThat(database.query("SELECT key_" + column + " FROM " + Orders.JOURNAL + " ORDER BY 1"))
                    .as(column)
                    .containsExactly("4000000007", "4000000007", "4000000008");
            assertThat(database.query("SELECT COUNT(*) FROM " + Orders.JOURNAL
                            + " WHERE changed_at < 1600000000000000 OR session >= 4000000000"))
                    .as(column)
                    .containsExactly("0");
            database.execute(
                    "DROP TABLE orders",
                    "DROP TABLE " + Orders.JOURNAL,
                    "DROP TABLE " + Orders.JOURNAL.replace("journal", "clock"),
                    "DROP TABLE " + Orders.JOURNAL.replace("journal", "ledger"));
        }
    }

    private static AggregateDefinition withItems() {
        return new AggregateDefinition(
                Orders.NAME, "orders", List.of(), List.of(new ChildDefinition("items", "item", List.of())), "");
    }

    private static void withTwoOrders(TestDatabase database) throws Exception {
        Orders.install(database);
        database.execute(
                "INSERT INTO orders VALUES (1, 'a'), (2, 'b')",
                "INSERT INTO item VALUES (1, 1, 'a'), (1, 2, 'b'), (2, 1, 'c')",
                "INSERT INTO remark VALUES (10, 1, 'r')");
        Orders.forgetNotes(database);
    }
}
