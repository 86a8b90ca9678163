package io.tandem.connect.check;

import static io.tandem.connect.check.CheckedThing.ID_RULE;
import static io.tandem.connect.check.CheckedThing.assertError;
import static io.tandem.connect.check.CheckedThing.column;
import static io.tandem.connect.check.CheckedThing.decimal;
import static io.tandem.connect.check.CheckedThing.nullable;
import static io.tandem.connect.check.CheckedThing.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.connect.aggregate.Column;
import io.tandem.connect.aggregate.ColumnType;
import io.tandem.connect.aggregate.ColumnType.Kind;
import io.tandem.connect.check.Finding.Severity;
import org.junit.jupiter.api.Test;

/** Every message of the check about rules and tables, each with the place, the column, the table, and what to do. */
class MappingCheckTest {

    private final CheckedThing thing = new CheckedThing();

    @Test
    void what_fits_has_no_findings() {
        thing.add(text("NAME", 20));
        thing.add(nullable(decimal("PRICE", 10, 2)));

        assertThat(thing.findings("""
                        {"name": "name", "type": {"type": "string", "maxLength": 20}},
                        {"name": "price", "type": ["null", {"type": "bytes", "logicalType": "decimal", "precision": 10,
                          "scale": 2}], "default": null}""", ID_RULE + """
                        , {"field": "name", "column": "NAME"}, {"field": "price", "column": "PRICE"}""")).isEmpty();
    }

    @Test
    void a_mapping_of_something_else() {
        assertError(
                thing.findings("thing", "other", "", ID_RULE),
                "it is the mapping of aggregate 'thing' on master 'other', but the connector is for 'thing' on 'm'; give "
                        + "it its own mapping");
        assertError(
                thing.findings("things", "m", "", ID_RULE),
                "it is the mapping of aggregate 'things' on master 'm', but the connector is for 'thing' on 'm'; give it "
                        + "its own mapping");
    }

    @Test
    void a_column_that_the_table_does_not_have() {
        assertThat(thing.findings(
                        "{\"name\": \"name\", \"type\": \"string\"}",
                        ID_RULE + ", {\"field\": \"name\", \"column\": \"NAME\"}"))
                .contains(new Finding(
                        Severity.ERROR,
                        "it names the column NAME, which the table app.THING does not have; the table has ID"));
    }

    @Test
    void columns_that_no_rule_maps() {
        thing.add(nullable(text("NOTE", 20)));
        thing.add(nullable(text("MEMO", 20)));

        assertThat(thing.findings("", ID_RULE))
                .containsExactly(new Finding(
                        Severity.DRIFT,
                        "no rule maps NOTE, MEMO of app.THING, so what is written there stays on this master; map them, "
                                + "or say that this is meant: mapping.unmapped.columns=NOTE,MEMO"));
        thing.allow("NOTE", "MEMO");
        assertThat(thing.findings("", ID_RULE)).isEmpty();
        thing.allow("*");
        assertThat(thing.findings("", ID_RULE)).isEmpty();
    }

    @Test
    void what_the_database_fills_itself_needs_no_rule() {
        thing.add(new Column("TOTAL", ColumnType.of(Kind.INT64), "bigint", "bigint", true, true));

        assertThat(thing.findings("", ID_RULE)).isEmpty();
    }

    @Test
    void a_column_that_wants_a_value_and_gets_none() {
        thing.add(text("NAME", 20));
        thing.allow("NAME");

        assertError(
                thing.findings("", ID_RULE),
                "no rule writes the column NAME of app.THING, which is NOT NULL and has no default, so no row of the other "
                        + "master could be inserted; map it, fill it with a constant, or give it a default");
    }

    @Test
    void a_child_table_that_is_not_one_or_is_not_mapped() {
        String parts = """
                {"name": "parts", "type": {"type": "array", "items": {"type": "record", "name": "Part", "key": ["no"],
                  "fields": [{"name": "no", "type": "long"}]}}}""";
        String rule = ID_RULE + """
                , {"field": "parts", "table": "part", "fields": [{"field": "no", "column": "PART_ID"}]}""";
        assertThat(thing.findings(parts, rule))
                .contains(new Finding(
                        Severity.ERROR, "it names the child table 'part', which is not among 'aggregate.children' []"));

        thing.addToChild(column("PART_ID", ColumnType.of(Kind.INT64), "bigint"));
        thing.addToChild(column("THING_ID", ColumnType.of(Kind.INT64), "bigint"));
        assertThat(thing.findings(parts, rule)).isEmpty();
        assertError(
                thing.findings("", ID_RULE),
                "no rule maps the child table 'part', so its rows would stay on this master; map it by \"table\" or "
                        + "\"extension\", or take it out of 'aggregate.children'");

        thing.addToChild(nullable(text("NOTE", 5)));
        assertThat(thing.findings(parts, rule))
                .containsExactly(new Finding(
                        Severity.DRIFT,
                        "no rule maps NOTE of app.PART, so what is written there stays on this master; map it, or say "
                                + "that this is meant: mapping.unmapped.columns=part.NOTE"));
    }

    @Test
    void a_key_that_is_not_the_table_s() {
        thing.add(column("NO", ColumnType.of(Kind.INT64), "bigint"));

        assertThat(thing.findings(
                        "{\"name\": \"no\", \"type\": \"long\"}",
                        "{\"field\": \"id\", \"column\": \"NO\"}, {\"field\": \"no\", \"column\": \"ID\"}"))
                .contains(new Finding(
                        Severity.ERROR,
                        "it maps the canonical key to the columns [NO], but the key of app.THING is [ID]; map it to that, "
                                + "or name its columns in 'aggregate.key'"));
    }

    @Test
    void a_rule_that_does_not_fit_the_schema() {
        assertThat(thing.findings("", ID_RULE + ", {\"field\": \"nothing\", \"column\": \"ID\"}"))
                .contains(new Finding(
                        Severity.ERROR, "mapping: fields[1].field: the canonical schema has no field nothing"));
    }

    @Test
    void what_is_wrong_with_one_rule_hides_nothing_that_is_wrong_with_another() {
        thing.add(text("STATE", 1));
        thing.add(column("DAY", ColumnType.of(Kind.DATE), "date"));

        assertThat(thing.findings("""
                        {"name": "state", "type": "string"}, {"name": "day", "type": "long"},
                        {"name": "name", "type": "string"}, {"name": "list", "type": {"type": "array", "items":
                          {"type": "record", "name": "Item", "fields": [{"name": "no", "type": "int"}]}}}""", """
                        {"field": "id", "column": "ID", "codes": {"1": 1}},
                        {"field": "state", "column": "STATE", "codes": {"OPEN": "open"}},
                        {"field": "day", "column": "DAY"},
                        {"field": "nothing", "table": "part", "fields": [{"field": "no", "column": "NO"}]},
                        {"field": "state", "repeated": [{"where": {"x": 1}, "fields": [{"field": "y", "column": "DAY"}]}]},
                        {"field": "gone", "column": "STATE"},
                        {"field": "name", "column": "NAME"}"""))
                .filteredOn(finding -> finding.severity() == Severity.ERROR)
                .extracting(Finding::message)
                .containsExactly(
                        "it names the column NAME, which the table app.THING does not have; the table has ID, STATE, DAY",
                        "it names the child table 'part', which is not among 'aggregate.children' []",
                        "mapping: fields[3].field: the canonical schema has no field nothing",
                        "mapping: fields[4].field: state is not a collection",
                        "mapping: fields[5].field: the canonical schema has no field gone",
                        "mapping: fields: the key field id must be mapped by a plain value rule: field, column and at most "
                                + "type",
                        "day (column DAY): there is no exact conversion from date to int64",
                        "fields[1]: state ↔ column STATE of app.THING: its type varchar(1) can't hold the code OPEN; "
                                + "correct the code table");
    }

    @Test
    void types_between_which_no_value_can_be_kept() {
        assertThat(thing.findings(column("DAY", ColumnType.of(Kind.DATE), "date"), "\"long\"", ""))
                .contains(new Finding(
                        Severity.ERROR, "field (column DAY): there is no exact conversion from date to int64"));
    }
}
