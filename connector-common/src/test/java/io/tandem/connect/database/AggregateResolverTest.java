package io.tandem.connect.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tandem.connect.aggregate.Aggregate;
import io.tandem.connect.aggregate.AggregateDefinition;
import io.tandem.connect.aggregate.AggregateDefinition.ChildDefinition;
import io.tandem.connect.aggregate.Column;
import io.tandem.testbed.Vendor;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;

/** Tables that cannot take part are refused with the setting, the table and the remedy. */
class AggregateResolverTest {

    private static final String ORDERS = "CREATE TABLE orders (id BIGINT PRIMARY KEY, note VARCHAR(9), num BIGINT)";

    /** Tables, a definition, and what the refusal names. */
    private record Refused(
            String what, List<String> ddl, AggregateDefinition definition, String setting, List<String> named) {}

    private static Stream<Refused> refused() {
        return Stream.of(
                new Refused(
                        "unknown root table",
                        List.of(ORDERS),
                        root("order", List.of()),
                        "aggregate.root",
                        List.of(".order does not exist", "schema.table", "upper and lower case")),
                new Refused(
                        "root table of other case",
                        List.of(ORDERS),
                        root("Orders", List.of()),
                        "aggregate.root",
                        List.of(".Orders does not exist")),
                new Refused(
                        "root table in an unknown schema",
                        List.of(ORDERS),
                        root("nowhere.orders", List.of()),
                        "aggregate.root",
                        List.of("nowhere.orders does not exist")),
                new Refused(
                        "root without primary key",
                        List.of("CREATE TABLE orders (id BIGINT NOT NULL)"),
                        root("orders", List.of()),
                        "aggregate.key",
                        List.of(".orders has no primary key", "aggregate.key")),
                new Refused(
                        "nullable key",
                        List.of(ORDERS),
                        root("orders", List.of("num")),
                        "aggregate.key",
                        List.of("column num of table", ".orders", "NOT NULL")),
                new Refused(
                        "missing key column",
                        List.of(ORDERS),
                        root("orders", List.of("id", "nr")),
                        "aggregate.key",
                        List.of(".orders has no column nr", "id, note, num")),
                new Refused(
                        "unknown child table",
                        List.of(ORDERS),
                        child("item", List.of()),
                        "aggregate.children",
                        List.of(".item does not exist")),
                new Refused(
                        "child without primary key",
                        List.of(ORDERS, "CREATE TABLE item (order_id BIGINT REFERENCES orders (id))"),
                        child("item", List.of()),
                        "aggregate.children",
                        List.of("child table", ".item has no primary key")),
                new Refused(
                        "child without foreign key",
                        List.of(ORDERS, "CREATE TABLE item (id BIGINT PRIMARY KEY, order_id BIGINT)"),
                        child("item", List.of()),
                        "aggregate.children.items.foreign.key",
                        List.of(".item has no foreign key to the key of", ".orders", "in the order of the key")),
                new Refused(
                        "child with two foreign keys",
                        List.of(
                                ORDERS,
                                "CREATE TABLE item (id BIGINT PRIMARY KEY, a BIGINT REFERENCES orders (id), "
                                        + "b BIGINT REFERENCES orders (id))"),
                        child("item", List.of()),
                        "aggregate.children.items.foreign.key",
                        List.of(".item has more than one foreign key")),
                new Refused(
                        "foreign key of the wrong size",
                        List.of(ORDERS, "CREATE TABLE item (id BIGINT PRIMARY KEY, a BIGINT, b BIGINT)"),
                        child("item", List.of("a", "b")),
                        "aggregate.children.items.foreign.key",
                        List.of("names 2 columns", ".item", "has 1")),
                new Refused(
                        "foreign key of an unknown column",
                        List.of(ORDERS, "CREATE TABLE item (id BIGINT PRIMARY KEY, a BIGINT)"),
                        child("item", List.of("b")),
                        "aggregate.children.items.foreign.key",
                        List.of(".item has no column b", "id, a")),
                new Refused(
                        "foreign key of another type",
                        List.of(ORDERS, "CREATE TABLE item (id BIGINT PRIMARY KEY, a INT)"),
                        child("item", List.of("a")),
                        "aggregate.children.items.foreign.key",
                        List.of("column a of", ".item is int", "key column id of", ".orders is bigint", "same type")),
                new Refused(
                        "child named as a column",
                        List.of(ORDERS, "CREATE TABLE item (id BIGINT PRIMARY KEY REFERENCES orders (id))"),
                        new AggregateDefinition(
                                Orders.NAME,
                                "orders",
                                List.of(),
                                List.of(new ChildDefinition("note", "item", List.of())),
                                ""),
                        "aggregate.children",
                        List.of("'note' is used twice", "aggregate.children.<name>.table")),
                new Refused(
                        "two children of one name",
                        List.of(ORDERS, "CREATE TABLE item (id BIGINT PRIMARY KEY REFERENCES orders (id))"),
                        new AggregateDefinition(
                                Orders.NAME,
                                "orders",
                                List.of(),
                                List.of(
                                        new ChildDefinition("items", "item", List.of()),
                                        new ChildDefinition("items", "item", List.of())),
                                ""),
                        "aggregate.children",
                        List.of("'items' is used twice")),
                new Refused(
                        "one table for two children",
                        List.of(
                                ORDERS,
                                "CREATE TABLE item (id BIGINT PRIMARY KEY, a BIGINT REFERENCES orders (id), "
                                        + "b BIGINT REFERENCES orders (id))"),
                        new AggregateDefinition(
                                Orders.NAME,
                                "orders",
                                List.of(),
                                List.of(
                                        new ChildDefinition("some", "item", List.of("a")),
                                        new ChildDefinition("others", "item", List.of("b"))),
                                ""),
                        "aggregate.children",
                        List.of(".item is used twice")));
    }

    @DatabaseTest
    void what_cannot_take_part_is_refused(TestDatabase database) throws Exception {
        for (Refused refused : refused().toList()) {
            database.execute("DROP TABLE IF EXISTS item", "DROP TABLE IF EXISTS orders");
            database.execute(refused.ddl().toArray(String[]::new));

            assertThatThrownBy(() -> Orders.resolve(database, refused.definition()))
                    .as(refused.what())
                    .isInstanceOfSatisfying(
                            InvalidAggregateException.class,
                            e -> assertThat(e.setting()).as(refused.what()).isEqualTo(refused.setting()))
                    .message()
                    .as(refused.what())
                    .contains(refused.named());
        }
    }

    @DatabaseTest(Vendor.MARIADB)
    void a_table_that_is_changed_by_a_cascade_from_outside_is_refused(TestDatabase database) throws Exception {
        for (String action :
                List.of("ON DELETE CASCADE", "ON DELETE SET NULL", "ON UPDATE CASCADE", "ON UPDATE SET NULL")) {
            database.execute(
                    "DROP TABLE IF EXISTS item, orders, product",
                    ORDERS,
                    "CREATE TABLE product (id BIGINT PRIMARY KEY)",
                    "CREATE TABLE item (id BIGINT PRIMARY KEY, order_id BIGINT REFERENCES orders (id), "
                            + "product_id BIGINT, CONSTRAINT to_product FOREIGN KEY (product_id) "
                            + "REFERENCES product (id) " + action + ")");

            assertThatThrownBy(() -> Orders.resolve(database, child("item", List.of())))
                    .as(action)
                    .isInstanceOfSatisfying(
                            InvalidAggregateException.class,
                            e -> assertThat(e.setting()).isEqualTo("aggregate.children"))
                    .hasMessageContaining("item")
                    .hasMessageContaining("to_product")
                    .hasMessageContaining("product")
                    .hasMessageContaining("RESTRICT");
        }
    }

    @DatabaseTest
    void a_key_whose_equal_values_may_be_spelled_differently_is_refused(TestDatabase database) throws Exception {
        database.execute("CREATE TABLE orders (id "
                + database.vendor().choose("NUMERIC", "VARCHAR(9) CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci")
                + " PRIMARY KEY)");

        assertThatThrownBy(() -> Orders.resolve(database, root("orders", List.of())))
                .isInstanceOfSatisfying(
                        InvalidAggregateException.class,
                        e -> assertThat(e.setting()).isEqualTo("aggregate.key"))
                .hasMessageContaining("column id of table")
                .hasMessageContaining("spelled differently");
    }

    @DatabaseTest
    void a_key_that_need_not_be_unique_is_refused(TestDatabase database) throws Exception {
        database.execute("CREATE TABLE orders (id BIGINT PRIMARY KEY, a INT NOT NULL, b INT NOT NULL, UNIQUE (a, b))");

        assertThatThrownBy(() -> Orders.resolve(database, root("orders", List.of("a"))))
                .isInstanceOf(InvalidAggregateException.class)
                .hasMessageContaining("no unique index on exactly [a]");
        assertThat(Orders.resolve(database, root("orders", List.of("b", "a"))).key())
                .extracting(Column::name)
                .containsExactly("b", "a");
    }

    @DatabaseTest(Vendor.MARIADB)
    void a_table_without_transactions_is_refused(TestDatabase database) throws Exception {
        database.execute("CREATE TABLE orders (id BIGINT PRIMARY KEY) ENGINE = MyISAM");

        assertThatThrownBy(() -> Orders.resolve(database, root("orders", List.of())))
                .isInstanceOf(InvalidAggregateException.class)
                .hasMessageContaining("InnoDB");
    }

    @DatabaseTest
    void a_foreign_key_to_the_outside_without_an_action_is_fine(TestDatabase database) throws Exception {
        database.execute(
                ORDERS,
                "CREATE TABLE product (id BIGINT PRIMARY KEY)",
                "CREATE TABLE item (id BIGINT PRIMARY KEY, order_id BIGINT REFERENCES orders (id), "
                        + "product_id BIGINT REFERENCES product (id) ON DELETE RESTRICT ON UPDATE NO ACTION)");

        Aggregate aggregate = Orders.resolve(database, child("item", List.of()));

        assertThat(aggregate.children()).hasSize(1);
    }

    @DatabaseTest
    void columns_of_a_foreign_key_are_found_in_the_order_of_the_key(TestDatabase database) throws Exception {
        database.execute(
                "CREATE TABLE orders (b INT NOT NULL, a INT NOT NULL, PRIMARY KEY (a, b), UNIQUE (b, a))",
                "CREATE TABLE item (id BIGINT PRIMARY KEY, x INT, y INT, "
                        + "FOREIGN KEY (x, y) REFERENCES orders (b, a))");

        Aggregate aggregate = Orders.resolve(database, child("item", List.of()));

        assertThat(aggregate.key()).extracting(Column::name).containsExactly("a", "b");
        assertThat(aggregate.children().get(0).foreignKey())
                .extracting(Column::name)
                .containsExactly("y", "x");
    }

    @DatabaseTest
    void a_named_key_may_be_another_than_the_primary_key(TestDatabase database) throws Exception {
        database.execute("CREATE TABLE orders (id BIGINT PRIMARY KEY, code "
                + database.vendor().exactText(9) + " NOT NULL UNIQUE)");

        Aggregate aggregate = Orders.resolve(database, root("orders", List.of("code")));

        assertThat(aggregate.key()).extracting(Column::name).containsExactly("code");
    }

    @DatabaseTest
    void generated_columns_are_known(TestDatabase database) throws SQLException {
        database.execute(
                "CREATE TABLE orders (id BIGINT PRIMARY KEY, twice BIGINT GENERATED ALWAYS AS (id * 2) STORED)");

        Aggregate aggregate = Orders.resolve(database, root("orders", List.of()));

        assertThat(aggregate.root().columns()).extracting(Column::generated).containsExactly(false, true);
    }

    private static AggregateDefinition root(String table, List<String> key) {
        return new AggregateDefinition(Orders.NAME, table, key, List.of(), "");
    }

    private static AggregateDefinition child(String table, List<String> foreignKey) {
        return new AggregateDefinition(
                Orders.NAME, "orders", List.of(), List.of(new ChildDefinition("items", table, foreignKey)), "");
    }
}
