package io.tandem.connect.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.connect.aggregate.Aggregate;
import io.tandem.connect.aggregate.AggregateDefinition;
import io.tandem.connect.aggregate.Column;
import io.tandem.connect.aggregate.ColumnType;
import io.tandem.connect.aggregate.ColumnType.Kind;
import io.tandem.connect.aggregate.Table;
import io.tandem.connect.aggregate.TableId;
import io.tandem.connect.check.Finding.Severity;
import io.tandem.connect.transform.CanonicalSchema;
import io.tandem.connect.transform.Mapping;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Every message of the check, each with the place, the column, the table, and what to do. */
class MappingCheckTest {

    private static final Column ID = column("ID", ColumnType.of(Kind.INT64), "bigint");
    private static final String ID_RULE = "{\"field\": \"id\", \"column\": \"ID\"}";

    private final List<Column> columns = new ArrayList<>(List.of(ID));
    private final List<Column> childColumns = new ArrayList<>();
    private final List<String> allowed = new ArrayList<>();

    private static Column column(String name, ColumnType type, String nativeType) {
        return new Column(name, type, nativeType, nativeType, false, false);
    }

    private static Column nullable(Column column) {
        return new Column(
                column.name(), column.type(), column.nativeType(), column.castType(), true, column.generated());
    }

    private static Column text(String name, int length) {
        return column(name, new ColumnType(Kind.STRING, length, 0), "varchar(" + length + ")");
    }

    private static Column decimal(String name, int precision, int scale) {
        return column(name, new ColumnType(Kind.DECIMAL, precision, scale), "numeric");
    }

    /** The aggregate {@code thing} of the columns at hand; its child {@code part} if that has any. */
    private Aggregate aggregate() {
        TableId root = new TableId("app", "THING");
        Table table = new Table(root, columns, List.of("ID"), List.of());
        List<Aggregate.Child> children = new ArrayList<>();
        if (!childColumns.isEmpty()) {
            Table part = new Table(new TableId("app", "PART"), childColumns, List.of("PART_ID"), List.of());
            children.add(child(part));
        }
        return new Aggregate(
                new AggregateDefinition("thing", "THING", List.of(), List.of(), ""),
                table,
                List.of(ID),
                children,
                new TableId("app", "tandem_thing_clock"),
                new TableId("app", "tandem_thing_journal"));
    }

    private static Aggregate.Child child(Table part) {
        return Aggregate.Child.ofRoot(
                "part", part, part.columns(List.of("THING_ID")), List.of(ID), part.columns(List.of("PART_ID")));
    }

    private List<Finding> findings(String avroFields, String rules) {
        return findings("thing", "m", avroFields, rules);
    }

    private List<Finding> findings(String aggregate, String master, String avroFields, String rules) {
        CanonicalSchema canonical = CanonicalSchema.parse("""
                {"type": "record", "name": "Thing", "key": ["id"], "fields": [{"name": "id", "type": "long"}%s]}""".formatted(avroFields.isEmpty() ? "" : ", " + avroFields));
        Mapping mapping = Mapping.parse("""
                {"aggregate": "%s", "master": "%s", "fields": [%s]}""".formatted(aggregate, master, rules));
        return new MappingCheck(aggregate(), "m", Set.copyOf(allowed)).findings(mapping, canonical);
    }

    /** The findings of a column that is mapped to one more field. */
    private List<Finding> findings(Column column, String avroType, String options) {
        columns.add(column);
        return findings(
                "{\"name\": \"field\", \"type\": " + avroType + "}",
                ID_RULE + ", {\"field\": \"field\", \"column\": \"" + column.name() + "\"" + options + "}");
    }

    private static void assertRisk(List<Finding> findings, String message) {
        assertThat(findings).containsExactly(new Finding(Severity.RISK, message));
    }

    private static void assertError(List<Finding> findings, String message) {
        assertThat(findings).containsExactly(new Finding(Severity.ERROR, message));
    }

    @Test
    void what_fits_has_no_findings() {
        columns.add(text("NAME", 20));
        columns.add(nullable(decimal("PRICE", 10, 2)));

        assertThat(findings("""
                        {"name": "name", "type": {"type": "string", "maxLength": 20}},
                        {"name": "price", "type": ["null", {"type": "bytes", "logicalType": "decimal", "precision": 10,
                          "scale": 2}], "default": null}""", ID_RULE + """
                        , {"field": "name", "column": "NAME"}, {"field": "price", "column": "PRICE"}""")).isEmpty();
    }

    @Test
    void a_mapping_of_something_else() {
        assertError(
                findings("thing", "other", "", ID_RULE),
                "it is the mapping of aggregate 'thing' on master 'other', but the connector is for 'thing' on 'm'; give "
                        + "it its own mapping");
        assertError(
                findings("things", "m", "", ID_RULE),
                "it is the mapping of aggregate 'things' on master 'm', but the connector is for 'thing' on 'm'; give it "
                        + "its own mapping");
    }

    @Test
    void a_column_that_the_table_does_not_have() {
        assertThat(findings(
                        "{\"name\": \"name\", \"type\": \"string\"}",
                        ID_RULE + ", {\"field\": \"name\", \"column\": \"NAME\"}"))
                .contains(new Finding(
                        Severity.ERROR,
                        "it names the column NAME, which the table app.THING does not have; the table has ID"));
    }

    @Test
    void columns_that_no_rule_maps() {
        columns.add(nullable(text("NOTE", 20)));
        columns.add(nullable(text("MEMO", 20)));

        assertThat(findings("", ID_RULE))
                .containsExactly(new Finding(
                        Severity.DRIFT,
                        "no rule maps NOTE, MEMO of app.THING, so what is written there stays on this master; map them, "
                                + "or say that this is meant: mapping.unmapped.columns=NOTE,MEMO"));
        allowed.addAll(List.of("NOTE", "MEMO"));
        assertThat(findings("", ID_RULE)).isEmpty();
        allowed.clear();
        allowed.add("*");
        assertThat(findings("", ID_RULE)).isEmpty();
    }

    @Test
    void what_the_database_fills_itself_needs_no_rule() {
        columns.add(new Column("TOTAL", ColumnType.of(Kind.INT64), "bigint", "bigint", true, true));

        assertThat(findings("", ID_RULE)).isEmpty();
    }

    @Test
    void a_column_that_wants_a_value_and_gets_none() {
        columns.add(text("NAME", 20));
        allowed.add("NAME");

        assertError(
                findings("", ID_RULE),
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
        assertThat(findings(parts, rule))
                .contains(new Finding(
                        Severity.ERROR, "it names the child table 'part', which is not among 'aggregate.children' []"));

        childColumns.add(column("PART_ID", ColumnType.of(Kind.INT64), "bigint"));
        childColumns.add(column("THING_ID", ColumnType.of(Kind.INT64), "bigint"));
        assertThat(findings(parts, rule)).isEmpty();
        assertError(
                findings("", ID_RULE),
                "no rule maps the child table 'part', so its rows would stay on this master; map it by \"table\" or "
                        + "\"extension\", or take it out of 'aggregate.children'");

        childColumns.add(nullable(text("NOTE", 5)));
        assertThat(findings(parts, rule))
                .containsExactly(new Finding(
                        Severity.DRIFT,
                        "no rule maps NOTE of app.PART, so what is written there stays on this master; map it, or say "
                                + "that this is meant: mapping.unmapped.columns=part.NOTE"));
    }

    @Test
    void a_key_that_is_not_the_table_s() {
        columns.add(column("NO", ColumnType.of(Kind.INT64), "bigint"));

        assertThat(findings(
                        "{\"name\": \"no\", \"type\": \"long\"}",
                        "{\"field\": \"id\", \"column\": \"NO\"}, {\"field\": \"no\", \"column\": \"ID\"}"))
                .contains(new Finding(
                        Severity.ERROR,
                        "it maps the canonical key to the columns [NO], but the key of app.THING is [ID]; map it to that, "
                                + "or name its columns in 'aggregate.key'"));
    }

    @Test
    void a_rule_that_does_not_fit_the_schema() {
        assertThat(findings("", ID_RULE + ", {\"field\": \"nothing\", \"column\": \"ID\"}"))
                .contains(new Finding(
                        Severity.ERROR, "mapping: fields[1].field: the canonical schema has no field nothing"));
    }

    @Test
    void what_is_wrong_with_one_rule_hides_nothing_that_is_wrong_with_another() {
        columns.add(text("STATE", 1));
        columns.add(column("DAY", ColumnType.of(Kind.DATE), "date"));

        assertThat(findings("""
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
        assertThat(findings(column("DAY", ColumnType.of(Kind.DATE), "date"), "\"long\"", ""))
                .contains(new Finding(
                        Severity.ERROR, "field (column DAY): there is no exact conversion from date to int64"));
    }

    @Test
    void a_text_that_is_longer_than_the_column() {
        String name = "fields[1]: field ↔ column NAME of app.THING: ";
        assertRisk(
                findings(text("NAME", 20), "\"string\"", ""),
                name
                        + "it holds 20 characters, the canonical field any number: a longer value of the other master will be "
                        + "refused; widen the column, or say in the schema how long values are (\"maxLength\": 20) and keep "
                        + "the other master to it");
        columns.remove(1);
        assertRisk(
                findings(text("NAME", 20), "{\"type\": \"string\", \"maxLength\": 30}", ""),
                name
                        + "it holds 20 characters, the canonical field up to 30: a longer value of the other master will be "
                        + "refused; widen the column, or say in the schema how long values are (\"maxLength\": 20) and keep "
                        + "the other master to it");
        columns.remove(1);
        assertRisk(
                findings(text("NAME", 40), "{\"type\": \"string\", \"maxLength\": 30}", ""),
                name
                        + "it holds up to 40 characters, the canonical field up to 30: a longer value may be refused by the "
                        + "other master; raise \"maxLength\" in the schema");
    }

    @Test
    void a_character_set_that_lacks_characters() {
        Column latin = new Column(
                "NAME", new ColumnType(Kind.STRING, 20, 0), "varchar(20)", "varchar", false, false, false, "latin1");

        assertRisk(
                findings(latin, "{\"type\": \"string\", \"maxLength\": 20}", ""),
                "fields[1]: field ↔ column NAME of app.THING: its character set latin1 lacks characters that the canonical "
                        + "text may have: they will be refused; convert the column to a character set that holds all of "
                        + "Unicode");
    }

    @Test
    void a_column_that_is_padded() {
        Column padded = column("CODE", new ColumnType(Kind.STRING, 3, 0).padded(), "char(3)");

        assertRisk(
                findings(padded, "{\"type\": \"string\", \"maxLength\": 3}", ""),
                "fields[1]: field ↔ column CODE of app.THING: its type char(3) loses spaces at the end: a text of the other "
                        + "master that ends with one will be refused; make it a VARCHAR, or trim on the other side");
    }

    @Test
    void json_that_is_written_in_another_form() {
        assertRisk(
                findings(column("DOC", ColumnType.of(Kind.STRING), "jsonb"), "\"string\"", ""),
                "fields[1]: field ↔ column DOC of app.THING: its type jsonb writes JSON in a form of its own: a text in "
                        + "another form comes back changed; use json or text, or let both sides write that form");
    }

    @Test
    void numbers_that_are_too_large_or_too_fine() {
        String field = "fields[1]: field ↔ column N of app.THING: ";
        assertRisk(
                findings(column("N", ColumnType.of(Kind.INT32), "integer"), "\"long\"", ""),
                field + "it holds -2147483648 to 2147483647, the canonical field -9223372036854775808 to "
                        + "9223372036854775807: a value of the other master that doesn't fit will be refused; widen the "
                        + "column, or narrow the canonical field");
        columns.remove(1);
        assertRisk(
                findings(column("N", ColumnType.of(Kind.INT64), "bigint"), "\"int\"", ""),
                field + "it holds -9223372036854775808 to 9223372036854775807, the canonical field only -2147483648 to "
                        + "2147483647: a row with a value that doesn't fit can't be published; widen the canonical field");
        columns.remove(1);
        String decimal = "{\"type\": \"bytes\", \"logicalType\": \"decimal\", \"precision\": 10, \"scale\": 4}";
        assertThat(findings(decimal("N", 12, 2), decimal, ""))
                .extracting(Finding::message)
                .containsExactly(
                        field
                                + "it holds decimal(12,2), the canonical field decimal(10,4): a value of the other master "
                                + "that doesn't fit will be refused; widen the column, or narrow the canonical field",
                        field
                                + "it holds decimal(12,2), the canonical field only decimal(10,4): a row with a value that "
                                + "doesn't fit can't be published; widen the canonical field");
    }

    @Test
    void times_that_are_finer() {
        String field = "fields[1]: field ↔ column T of app.THING: ";
        assertRisk(
                findings(
                        column("T", ColumnType.time(Kind.INSTANT, 0), "timestamp(0)"),
                        "{\"type\": \"long\", \"logicalType\": \"timestamp-micros\"}",
                        ""),
                field + "it keeps 0 digits of a second's fraction, the canonical field 6: a finer value of the other "
                        + "master will be refused; give the column 6 digits");
        columns.remove(1);
        assertRisk(
                findings(
                        column("T", ColumnType.of(Kind.INSTANT), "timestamp(6)"),
                        "{\"type\": \"long\", \"logicalType\": \"timestamp-millis\"}",
                        ""),
                field
                        + "it keeps 6 digits of a second's fraction, the canonical field only 3: a row with a finer value "
                        + "can't be published; use a type with microseconds");
    }

    @Test
    void enums_whose_words_differ() {
        String field = "fields[1]: field ↔ column E of app.THING: ";
        String canonical = "{\"type\": \"enum\", \"name\": \"E\", \"symbols\": [\"A\", \"B\"]}";
        Column words = column("E", ColumnType.of(Kind.STRING).oneOf(List.of("A", "C")), "enum('A','C')");
        assertThat(findings(words, canonical, ""))
                .extracting(Finding::message)
                .containsExactly(
                        field
                                + "it may hold [C], which the canonical enum does not have: such a row can't be published; "
                                + "add the symbols, or map the values by \"codes\"",
                        field
                                + "it can't hold [B] of the canonical enum: such a record will be refused; add the words to "
                                + "the column's type, or map the values by \"codes\"");
        columns.remove(1);
        assertRisk(
                findings(words, "\"string\"", ""),
                field
                        + "it holds the words [A, C] only, the canonical field any text: another text will be refused; make "
                        + "the canonical field an enum");
        columns.remove(1);
        assertRisk(
                findings(text("E", 10), canonical, ""),
                field
                        + "it holds any text, the canonical enum [A, B] only: a row with another value can't be published; "
                        + "add a CHECK constraint, or map the values by \"codes\"");
    }

    @Test
    void code_tables_with_gaps() {
        String field = "fields[1]: field ↔ column C of app.THING: ";
        assertThat(findings(text("C", 1), "\"boolean\"", ", \"codes\": {\"Y\": true, \"YES\": false}"))
                .containsExactly(
                        new Finding(
                                Severity.ERROR,
                                field + "its type varchar(1) can't hold the code YES; correct the code table"),
                        new Finding(
                                Severity.RISK,
                                field
                                        + "it may hold other values than the codes Y, YES: such a row can't be published; "
                                        + "add a CHECK constraint, or the missing codes"));
        columns.remove(1);
        Column words = column("C", ColumnType.of(Kind.STRING).oneOf(List.of("Y", "N", "?")), "enum('Y','N','?')");
        assertThat(findings(
                        words,
                        "{\"type\": \"enum\", \"name\": \"E\", \"symbols\": [\"A\", \"B\"]}",
                        ", \"codes\": {\"Y\": \"A\"}"))
                .extracting(Finding::message)
                .containsExactly(
                        field + "there is no code for B: such a record of the other master will be refused; add one",
                        field + "it may hold N, ?, for which there is no code: such a row can't be published; add one");
        columns.remove(1);
        assertThat(findings(words, "\"boolean\"", ", \"codes\": {\"Y\": true, \"Z\": false}"))
                .contains(new Finding(
                        Severity.ERROR,
                        field + "its type enum('Y','N','?') can't hold the code Z; correct the code table"));
    }

    @Test
    void null_on_one_side_only() {
        String field = "fields[1]: field ↔ column NAME of app.THING: ";
        String text = "{\"type\": \"string\", \"maxLength\": 20}";
        assertRisk(
                findings(text("NAME", 20), "[\"null\", " + text + "]", ""),
                field
                        + "it is NOT NULL, but the canonical field may be null: a null of the other master will be refused; "
                        + "name a value for it (\"null\"), or make the field required");
        columns.remove(1);
        assertRisk(
                findings(nullable(text("NAME", 20)), text, ""),
                field
                        + "it may be NULL, but the canonical field is required: a row with NULL can't be published; declare "
                        + "the column NOT NULL, name a value for it (\"default\"), or make the field optional");
        columns.remove(1);
        assertThat(findings(text("NAME", 20), "[\"null\", " + text + "]", ", \"null\": \"\""))
                .isEmpty();
    }
}
