package io.tandem.connect.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tandem.connect.aggregate.Aggregate;
import io.tandem.connect.aggregate.Aggregate.Child;
import io.tandem.connect.aggregate.Aggregate.RowReference;
import io.tandem.connect.aggregate.AggregateDefinition;
import io.tandem.connect.aggregate.AggregateDefinition.ChildDefinition;
import io.tandem.connect.aggregate.AggregateDefinition.SoftDeleteDefinition;
import io.tandem.connect.aggregate.Column;
import java.util.List;
import java.util.Optional;

/** Children of any level, and what they refer to, are found in the catalog, or refused with the setting to blame. */
class ChildResolverTest {

    private static final String ACCOUNT =
            "CREATE TABLE account (id BIGINT PRIMARY KEY, account_no BIGINT NOT NULL UNIQUE, x BIGINT UNIQUE)";
    private static final String LINE = "CREATE TABLE line (id BIGINT PRIMARY KEY, account_id BIGINT "
            + "REFERENCES account (id), line_no INT NOT NULL, loose INT, UNIQUE (account_id, line_no))";

    private static AggregateDefinition definition(ChildDefinition... children) {
        return new AggregateDefinition("account", "account", List.of("account_no"), List.of(children), "");
    }

    private static ChildDefinition lines(List<String> foreignKey, String... key) {
        return new ChildDefinition("lines", "line", "", foreignKey, List.of(key));
    }

    private static ChildDefinition below(String name, String table, String parent) {
        return new ChildDefinition(name, table, parent, List.of(), List.of());
    }

    private static List<String> names(List<Column> columns) {
        return columns.stream().map(Column::name).toList();
    }

    @DatabaseTest
    void what_children_refer_to_comes_from_the_constraints(TestDatabase database) throws Exception {
        Accounts.createTables(database);

        Aggregate aggregate = Orders.resolve(database, Accounts.definition());

        assertThat(aggregate.children()).extracting(Child::name).containsExactly("addresses", "lines", "discounts");
        Child lines = aggregate.children().get(1);
        assertThat(names(lines.references())).containsExactly("id");
        assertThat(names(lines.key())).containsExactly("line_no");
        assertThat(lines.owner()).isEmpty();
        Child discounts = aggregate.children().get(2);
        assertThat(discounts.parent()).isEqualTo(1);
        assertThat(names(discounts.foreignKey())).containsExactly("line_id");
        assertThat(names(discounts.key())).containsExactly("line_id", "code");
        assertThat(aggregate.childrenOf(Aggregate.ROOT)).containsExactly(0, 1);
        assertThat(aggregate.childrenOf(1)).containsExactly(2);
        assertThat(aggregate.rowReferences())
                .extracting(reference -> reference.journal().name())
                .containsExactly("tandem_account$account_journal", "tandem_account$line_journal");
    }

    @DatabaseTest
    void children_that_hold_the_key_need_no_journal_of_rows(TestDatabase database) throws Exception {
        database.execute(
                "CREATE TABLE account (account_no BIGINT PRIMARY KEY)",
                "CREATE TABLE line (no BIGINT NOT NULL REFERENCES account (account_no), line_no INT NOT NULL, "
                        + "PRIMARY KEY (no, line_no))",
                "CREATE TABLE discount (a INT NOT NULL, b BIGINT NOT NULL, code INT NOT NULL, "
                        + "PRIMARY KEY (a, b, code), FOREIGN KEY (b, a) REFERENCES line (no, line_no))");

        Aggregate aggregate =
                Orders.resolve(database, definition(lines(List.of()), below("discounts", "discount", "lines")));

        assertThat(aggregate.rowReferences()).isEmpty();
        assertThat(names(aggregate.children().get(1).owner())).containsExactly("b");
    }

    @DatabaseTest
    void two_references_to_one_table_have_a_journal_each(TestDatabase database) throws Exception {
        database.execute(
                "CREATE TABLE account (id BIGINT PRIMARY KEY, account_no BIGINT NOT NULL UNIQUE, "
                        + "code BIGINT NOT NULL UNIQUE)",
                "CREATE TABLE line (id BIGINT PRIMARY KEY, account_id BIGINT REFERENCES account (id))",
                "CREATE TABLE remark (id BIGINT PRIMARY KEY, account_code BIGINT REFERENCES account (code))");

        Aggregate aggregate = Orders.resolve(database, definition(lines(List.of()), below("remarks", "remark", "")));

        assertThat(aggregate.rowReferences())
                .extracting(RowReference::journal)
                .extracting(table -> table.name())
                .containsExactly("tandem_account$account_journal", "tandem_account$account$code_journal");
    }

    @DatabaseTest
    void configured_columns_without_a_constraint_refer_to_the_key_and_otherwise_to_the_primary_key(
            TestDatabase database) throws Exception {
        database.execute(
                "CREATE TABLE account (id INT PRIMARY KEY, account_no BIGINT NOT NULL UNIQUE)",
                "CREATE TABLE line (id BIGINT PRIMARY KEY, account_no BIGINT, account_id INT)");

        Aggregate byKey = Orders.resolve(database, definition(lines(List.of("account_no"))));
        Aggregate byPrimaryKey = Orders.resolve(database, definition(lines(List.of("account_id"))));

        assertThat(names(byKey.children().get(0).references())).containsExactly("account_no");
        assertThat(names(byPrimaryKey.children().get(0).references())).containsExactly("id");
    }

    @DatabaseTest
    void configured_columns_with_a_constraint_refer_to_what_it_says(TestDatabase database) throws Exception {
        database.execute(ACCOUNT, LINE);

        Aggregate aggregate = Orders.resolve(database, definition(lines(List.of("account_id"))));

        assertThat(names(aggregate.children().get(0).references())).containsExactly("id");
    }

    @DatabaseTest
    void what_cannot_be_is_refused_with_the_setting(TestDatabase database) throws Exception {
        database.execute(
                ACCOUNT,
                LINE,
                "CREATE TABLE remark (id BIGINT PRIMARY KEY, x BIGINT REFERENCES account (x), line_id BIGINT)");

        refused(database, definition(below("remarks", "remark", "rows")), "aggregate.children.remarks.parent")
                .hasMessageContaining("there is no child 'rows'")
                .hasMessageContaining("[remarks]");
        refused(database, definition(below("a", "line", "b"), below("b", "remark", "a")), "aggregate.children.a.parent")
                .hasMessageContaining("must lead to the root");
        refused(
                        database,
                        definition(lines(List.of()), below("remarks", "remark", "lines")),
                        "aggregate.children.remarks.foreign.key")
                .hasMessageContaining("no foreign key to the key of")
                .hasMessageContaining("line");
        refused(database, definition(below("remarks", "remark", "")), "aggregate.children.remarks.foreign.key")
                .hasMessageContaining("column x of")
                .hasMessageContaining("NOT NULL");
        refused(database, definition(lines(List.of(), "loose")), "aggregate.children.lines.key")
                .hasMessageContaining("column loose of")
                .hasMessageContaining("may be NULL");
        refused(
                        database,
                        definition(
                                lines(List.of()),
                                new ChildDefinition("remarks", "remark", "lines", List.of("line_id"), List.of("nr"))),
                        "aggregate.children.remarks.key")
                .hasMessageContaining("has no column nr");
        database.execute("CREATE TABLE page (id BIGINT PRIMARY KEY, account_id BIGINT REFERENCES account (id), "
                + "page_no INT NOT NULL)");
        refused(
                        database,
                        definition(new ChildDefinition("pages", "page", "", List.of(), List.of("page_no"))),
                        "aggregate.children.pages.key")
                .hasMessageContaining("no unique index on [account_id, page_no]");
    }

    @DatabaseTest
    void a_mark_of_deleted_rows_has_to_be_a_value_of_its_column(TestDatabase database) throws Exception {
        database.execute("CREATE TABLE account (account_no BIGINT PRIMARY KEY, state INT)");

        refused(database, marked("state", "gone"), "aggregate.deleted.value")
                .hasMessageContaining("'gone' is no value of column state");
        refused(database, marked("status", "1"), "aggregate.deleted.column").hasMessageContaining("no column status");
        assertThat(Orders.resolve(database, marked("state", "1")).softDelete())
                .hasValueSatisfying(
                        softDelete -> assertThat(softDelete.isDeleted(1)).isTrue());
    }

    private static AggregateDefinition marked(String column, String value) {
        return new AggregateDefinition(
                "account",
                "account",
                List.of(),
                List.of(),
                Optional.of(new SoftDeleteDefinition(column, value, Optional.empty())),
                "");
    }

    private static org.assertj.core.api.AbstractThrowableAssert<?, ?> refused(
            TestDatabase database, AggregateDefinition definition, String setting) {
        return assertThatThrownBy(() -> Orders.resolve(database, definition))
                .isInstanceOfSatisfying(
                        InvalidAggregateException.class,
                        e -> assertThat(e.setting()).isEqualTo(setting));
    }
}
