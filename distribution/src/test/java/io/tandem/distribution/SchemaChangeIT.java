package io.tandem.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tandem.examples.ExamplePair;
import io.tandem.examples.Master;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tables and canonical schemas change under running connectors, with a registry that wants BACKWARD compatibility. */
@ExtendWith(PairExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SchemaChangeIT {

    private final ExamplePair pair;
    private final RegistryRule rule;

    SchemaChangeIT(ExamplePair pair) {
        this.pair = pair;
        this.rule = RegistryRule.backward(pair.registry());
    }

    @AfterAll
    void takeRuleBack() {
        rule.close();
    }

    private TestAggregate start(ChangingItem item) {
        return TestAggregate.start(pair, item.name(), item.canonical(), item.legacy(), item.modern());
    }

    private static void awaitRow(Master master, String query, String expected) {
        await(master.id() + " shows " + expected)
                .atMost(Await.LIMIT)
                .untilAsserted(() -> assertThat(master.query(query)).as(query).isEqualTo(expected));
    }

    /** Columns of the row with the id, with blanks between them. */
    private void awaitLegacy(ChangingItem item, int id, String columns, String expected) {
        awaitRow(
                pair.legacy(),
                "SELECT CONCAT_WS(' ', %s) FROM SC_%s WHERE ID = %d".formatted(columns, upper(item), id),
                expected);
    }

    private void awaitModern(ChangingItem item, int id, String columns, String expected) {
        awaitRow(
                pair.modern(),
                "SELECT concat_ws(' ', %s) FROM sc_%s WHERE id = %d".formatted(columns, item.name(), id),
                expected);
    }

    private static String upper(ChangingItem item) {
        return item.name().toUpperCase(Locale.ROOT);
    }

    @Test
    void a_field_that_is_added_with_a_default_travels_when_both_have_it_and_is_left_alone_until_then() {
        ChangingItem old = ChangingItem.of("field");
        ChangingItem now = ChangingItem.of("field", "grade");
        try (TestAggregate items = start(old)) {
            pair.legacy().run("INSERT INTO SC_FIELD (ID, NAME) VALUES (1, 'l1')");
            awaitModern(old, 1, "name, grade", "l1 7");

            items.reconfigure("modern", now.canonical(), now.modern());

            pair.modern().run("UPDATE sc_field SET name = 'm1', grade = 9 WHERE id = 1");
            awaitLegacy(old, 1, "NAME", "m1");
            pair.legacy()
                    .run(
                            "UPDATE SC_FIELD SET NAME = 'l2' WHERE ID = 1",
                            "INSERT INTO SC_FIELD (ID, NAME) VALUES (2, 'new')");
            awaitModern(old, 1, "name, grade", "l2 9");
            awaitModern(old, 2, "name, grade", "new 7");

            items.alter("legacy", "ALTER TABLE SC_FIELD ADD COLUMN GRADE INT NOT NULL DEFAULT 0");
            items.reconfigure("legacy", now.canonical(), now.legacy());
            // nothing else brings the values that are there to the new column
            pair.modern().run("UPDATE sc_field SET grade = grade");

            awaitLegacy(old, 1, "NAME, GRADE", "l2 9");
            awaitLegacy(old, 2, "NAME, GRADE", "new 7");
            pair.legacy().run("UPDATE SC_FIELD SET GRADE = 3 WHERE ID = 2");
            awaitModern(old, 2, "name, grade", "new 3");
        }
    }

    @Test
    void a_field_that_is_added_without_a_default_is_refused_by_the_registry_until_it_has_one() {
        ChangingItem old = ChangingItem.of("bare");
        ChangingItem wrong = ChangingItem.of("bare", "code");
        ChangingItem right = ChangingItem.of("bare", "grade");
        try (TestAggregate items = start(old)) {
            pair.modern().run("INSERT INTO sc_bare (id, name) VALUES (1, 'm1')");
            awaitLegacy(old, 1, "NAME", "m1");

            items.alter("modern", "ALTER TABLE sc_bare ADD COLUMN code integer DEFAULT 1 NOT NULL");
            items.reconfigure("modern", wrong.canonical(), wrong.modern());
            pair.modern().run("UPDATE sc_bare SET name = 'm2', grade = 8 WHERE id = 1");

            assertThat(items.awaitFailure("modern", "source"))
                    .contains("tandem.bare.modern")
                    .containsIgnoringCase("incompatib");
            items.reconfigure("modern", right.canonical(), right.modern());
            awaitLegacy(old, 1, "NAME", "m2");
        }
    }

    @Test
    void a_field_that_one_master_does_not_have_is_left_alone_on_the_other() {
        ChangingItem item = ChangingItem.of("poor", "grade", "zip");
        TestAggregate items = TestAggregate.start(
                pair, item.name(), item.canonical(), item.legacy("grade", "lines.zip"), item.modern());
        try (items) {
            pair.modern()
                    .run(
                            "INSERT INTO sc_poor (id, name, grade) VALUES (1, 'm1', 9)",
                            "INSERT INTO sc_poor_line (item_id, no, text, zip) VALUES (1, 1, 'a', '00100'), (1, 2, 'b', '2')");
            awaitLegacy(item, 1, "NAME, (SELECT COUNT(*) FROM SC_POOR_LINE)", "m1 2");

            pair.legacy()
                    .run(
                            "UPDATE SC_POOR SET NAME = 'l1' WHERE ID = 1",
                            "UPDATE SC_POOR_LINE SET TEXT = 'c' WHERE NO = 1",
                            "DELETE FROM SC_POOR_LINE WHERE NO = 2",
                            "INSERT INTO SC_POOR_LINE (ITEM_ID, NO, TEXT) VALUES (1, 3, 'd')");

            awaitModern(
                    item,
                    1,
                    "name, grade, (SELECT string_agg(no || text || coalesce(zip, '-'), ' ' ORDER BY no) FROM sc_poor_line)",
                    "l1 9 1c00100 3d-");
            pair.modern().run("UPDATE sc_poor SET grade = 10, name = 'm2'");
            awaitLegacy(item, 1, "NAME", "m2");
        }
    }

    @Test
    void columns_that_are_added_are_not_seen_and_one_that_wants_a_value_refuses_new_rows() {
        ChangingItem item = ChangingItem.of("added");
        try (TestAggregate items = start(item)) {
            pair.legacy().run("INSERT INTO SC_ADDED (ID, NAME) VALUES (1, 'l1')");
            awaitModern(item, 1, "name", "l1");

            items.alter("legacy", "ALTER TABLE SC_ADDED ADD COLUMN VIP INT NOT NULL DEFAULT 3");
            items.alter("modern", "ALTER TABLE sc_added ADD COLUMN vip integer DEFAULT 4 NOT NULL");
            pair.legacy().run("UPDATE SC_ADDED SET NAME = 'l2', VIP = 5");
            awaitModern(item, 1, "name, vip", "l2 4");
            pair.modern().run("UPDATE sc_added SET name = 'm2', vip = 6");
            awaitLegacy(item, 1, "NAME, VIP", "m2 5");

            items.alter("modern", "ALTER TABLE sc_added ALTER COLUMN vip DROP DEFAULT");
            pair.legacy().run("UPDATE SC_ADDED SET NAME = 'l3'");
            awaitModern(item, 1, "name, vip", "l3 6");
            pair.legacy().run("INSERT INTO SC_ADDED (ID, NAME) VALUES (2, 'l4')");
            assertThat(items.awaitFailure("modern", "sink"))
                    .contains("cannot apply 2 (record ", "its data does not fit the table")
                    .contains("\"vip\"")
                    .contains("still in its topic");

            items.alter("modern", "ALTER TABLE sc_added ALTER COLUMN vip SET DEFAULT 4");
            items.restart("modern", "sink");
            awaitModern(item, 2, "name, vip", "l4 4");
        }
    }

    @Test
    void columns_that_are_widened_take_longer_values_at_once_in_both_roles() {
        ChangingItem item = ChangingItem.of("wide", "grade");
        String longer = "x".repeat(40);
        try (TestAggregate items =
                TestAggregate.start(pair, item.name(), item.canonical(), item.legacy("grade"), item.modern())) {
            pair.legacy().run("INSERT INTO SC_WIDE (ID, NAME) VALUES (1, 'l1')");
            awaitModern(item, 1, "name", "l1");
            pair.modern().run("INSERT INTO sc_wide (id, name) VALUES (2, 'm1')");
            awaitLegacy(item, 2, "NAME", "m1");

            items.alter("legacy", "ALTER TABLE SC_WIDE MODIFY NAME VARCHAR(40) NOT NULL");
            items.alter("modern", "ALTER TABLE sc_wide ALTER COLUMN name TYPE varchar(40)");

            pair.legacy().run("UPDATE SC_WIDE SET NAME = '" + longer + "' WHERE ID = 1");
            pair.modern().run("UPDATE sc_wide SET name = '" + longer + "' WHERE id = 2");
            awaitModern(item, 1, "name", longer);
            awaitLegacy(item, 2, "NAME", longer);
        }
    }

    @Test
    void a_column_that_is_narrowed_refuses_what_is_too_long_until_it_is_wide_again() {
        ChangingItem item = ChangingItem.of("narrow");
        try (TestAggregate items = start(item)) {
            pair.legacy().run("INSERT INTO SC_NARROW (ID, NAME) VALUES (1, 'l1')");
            awaitModern(item, 1, "name", "l1");

            items.alter("modern", "ALTER TABLE sc_narrow ALTER COLUMN name TYPE varchar(3)");
            pair.legacy().run("UPDATE SC_NARROW SET NAME = 'longer'");
            assertThat(items.awaitFailure("modern", "sink"))
                    .contains("cannot apply 1 (record ", "its data does not fit the table")
                    .contains("character varying(3)")
                    .doesNotContain("longer");

            items.alter("modern", "ALTER TABLE sc_narrow ALTER COLUMN name TYPE varchar(10)");
            items.restart("modern", "sink");
            awaitModern(item, 1, "name", "longer");
        }
    }

    @Test
    void a_column_that_is_dropped_goes_unnoticed_if_unmapped_and_ends_its_tasks_by_its_name_if_mapped() {
        ChangingItem item = ChangingItem.of("dropped", "note");
        try (TestAggregate items = start(item)) {
            pair.legacy().run("INSERT INTO SC_DROPPED (ID, NAME, NOTE) VALUES (1, 'l1', 'n1')");
            awaitModern(item, 1, "name, note", "l1 n1");

            items.alter("modern", "ALTER TABLE sc_dropped DROP COLUMN grade");
            pair.legacy().run("UPDATE SC_DROPPED SET NAME = 'l2'");
            awaitModern(item, 1, "name, note", "l2 n1");
            pair.modern().run("UPDATE sc_dropped SET name = 'm2'");
            awaitLegacy(item, 1, "NAME, NOTE", "m2 n1");

            items.alter("modern", "ALTER TABLE sc_dropped DROP COLUMN note");
            pair.modern().run("INSERT INTO sc_dropped (id, name) VALUES (2, 'm3')");
            pair.legacy().run("INSERT INTO SC_DROPPED (ID, NAME, NOTE) VALUES (3, 'l3', 'n3')");
            assertThat(items.awaitFailure("modern", "source"))
                    .contains("key id=2: note (column note): the local record has no such column");
            assertThat(items.awaitFailure("modern", "sink"))
                    .contains("has a field note, but the table public.sc_dropped has no such column")
                    .contains("take the column out of the mapping");

            items.reconfigure("modern", item.canonical(), item.modern("note"));
            awaitLegacy(item, 2, "NAME", "m3");
            awaitModern(item, 3, "name", "l3");
            pair.modern().run("UPDATE sc_dropped SET name = 'm4' WHERE id = 3");
            awaitLegacy(item, 3, "NAME, NOTE", "m4 n3");
        }
    }
}
