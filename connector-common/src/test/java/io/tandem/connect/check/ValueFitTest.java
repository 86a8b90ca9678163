package io.tandem.connect.check;

import static io.tandem.connect.check.CheckedThing.assertRisk;
import static io.tandem.connect.check.CheckedThing.column;
import static io.tandem.connect.check.CheckedThing.decimal;
import static io.tandem.connect.check.CheckedThing.nullable;
import static io.tandem.connect.check.CheckedThing.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.connect.aggregate.Column;
import io.tandem.connect.aggregate.ColumnType;
import io.tandem.connect.aggregate.ColumnType.Kind;
import io.tandem.connect.check.Finding.Severity;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every message of the check about values that one side holds and the other does not, each with what to do. */
class ValueFitTest {

    private final CheckedThing thing = new CheckedThing();

    @Test
    void a_text_that_is_longer_than_the_column() {
        String name = "fields[1]: field ↔ column NAME of app.THING: ";
        assertRisk(
                thing.findings(text("NAME", 20), "\"string\"", ""),
                name
                        + "it holds 20 characters, the canonical field any number: a longer value of the other master will be "
                        + "refused; widen the column, or say in the schema how long values are (\"maxLength\": 20) and keep "
                        + "the other master to it");
        assertRisk(
                thing.findings(text("NAME", 20), "{\"type\": \"string\", \"maxLength\": 30}", ""),
                name
                        + "it holds 20 characters, the canonical field up to 30: a longer value of the other master will be "
                        + "refused; widen the column, or say in the schema how long values are (\"maxLength\": 20) and keep "
                        + "the other master to it");
        assertRisk(
                thing.findings(text("NAME", 40), "{\"type\": \"string\", \"maxLength\": 30}", ""),
                name
                        + "it holds up to 40 characters, the canonical field up to 30: a longer value may be refused by the "
                        + "other master; raise \"maxLength\" in the schema");
    }

    @Test
    void a_character_set_that_lacks_characters() {
        Column latin = new Column(
                "NAME", new ColumnType(Kind.STRING, 20, 0), "varchar(20)", "varchar", false, false, false, "latin1");

        assertRisk(
                thing.findings(latin, "{\"type\": \"string\", \"maxLength\": 20}", ""),
                "fields[1]: field ↔ column NAME of app.THING: its character set latin1 lacks characters that the canonical "
                        + "text may have: they will be refused; convert the column to a character set that holds all of "
                        + "Unicode");
    }

    @Test
    void a_column_that_is_padded() {
        Column padded = column("CODE", new ColumnType(Kind.STRING, 3, 0).padded(), "char(3)");

        assertRisk(
                thing.findings(padded, "{\"type\": \"string\", \"maxLength\": 3}", ""),
                "fields[1]: field ↔ column CODE of app.THING: its type char(3) loses spaces at the end: a text of the other "
                        + "master that ends with one will be refused; make it a VARCHAR, or trim on the other side");
    }

    @Test
    void json_that_is_written_in_another_form() {
        assertRisk(
                thing.findings(column("DOC", ColumnType.of(Kind.STRING), "jsonb"), "\"string\"", ""),
                "fields[1]: field ↔ column DOC of app.THING: its type jsonb writes JSON in a form of its own: a text in "
                        + "another form comes back changed; use json or text, or let both sides write that form");
    }

    @Test
    void numbers_that_are_too_large_or_too_fine() {
        String field = "fields[1]: field ↔ column N of app.THING: ";
        assertRisk(
                thing.findings(column("N", ColumnType.of(Kind.INT32), "integer"), "\"long\"", ""),
                field + "it holds -2147483648 to 2147483647, the canonical field -9223372036854775808 to "
                        + "9223372036854775807: a value of the other master that doesn't fit will be refused; widen the "
                        + "column, or narrow the canonical field");
        assertRisk(
                thing.findings(column("N", ColumnType.of(Kind.INT64), "bigint"), "\"int\"", ""),
                field + "it holds -9223372036854775808 to 9223372036854775807, the canonical field only -2147483648 to "
                        + "2147483647: a row with a value that doesn't fit can't be published; widen the canonical field");
        String decimal = "{\"type\": \"bytes\", \"logicalType\": \"decimal\", \"precision\": 10, \"scale\": 4}";
        assertThat(thing.findings(decimal("N", 12, 2), decimal, ""))
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
                thing.findings(
                        column("T", ColumnType.time(Kind.INSTANT, 0), "timestamp(0)"),
                        "{\"type\": \"long\", \"logicalType\": \"timestamp-micros\"}",
                        ""),
                field + "it keeps 0 digits of a second's fraction, the canonical field 6: a finer value of the other "
                        + "master will be refused; give the column 6 digits");
        assertRisk(
                thing.findings(
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
        assertThat(thing.findings(words, canonical, ""))
                .extracting(Finding::message)
                .containsExactly(
                        field
                                + "it may hold [C], which the canonical enum does not have: such a row can't be published; "
                                + "add the symbols, or map the values by \"codes\"",
                        field
                                + "it can't hold [B] of the canonical enum: such a record will be refused; add the words to "
                                + "the column's type, or map the values by \"codes\"");
        assertRisk(
                thing.findings(words, "\"string\"", ""),
                field
                        + "it holds the words [A, C] only, the canonical field any text: another text will be refused; make "
                        + "the canonical field an enum");
        assertRisk(
                thing.findings(text("E", 10), canonical, ""),
                field
                        + "it holds any text, the canonical enum [A, B] only: a row with another value can't be published; "
                        + "add a CHECK constraint, or map the values by \"codes\"");
    }

    @Test
    void code_tables_with_gaps() {
        String field = "fields[1]: field ↔ column C of app.THING: ";
        assertThat(thing.findings(text("C", 1), "\"boolean\"", ", \"codes\": {\"Y\": true, \"YES\": false}"))
                .containsExactly(
                        new Finding(
                                Severity.ERROR,
                                field + "its type varchar(1) can't hold the code YES; correct the code table"),
                        new Finding(
                                Severity.RISK,
                                field
                                        + "it may hold other values than the codes Y, YES: such a row can't be published; "
                                        + "add a CHECK constraint, or the missing codes"));
        Column words = column("C", ColumnType.of(Kind.STRING).oneOf(List.of("Y", "N", "?")), "enum('Y','N','?')");
        assertThat(thing.findings(
                        words,
                        "{\"type\": \"enum\", \"name\": \"E\", \"symbols\": [\"A\", \"B\"]}",
                        ", \"codes\": {\"Y\": \"A\"}"))
                .extracting(Finding::message)
                .containsExactly(
                        field + "there is no code for B: such a record of the other master will be refused; add one",
                        field + "it may hold N, ?, for which there is no code: such a row can't be published; add one");
        assertThat(thing.findings(words, "\"boolean\"", ", \"codes\": {\"Y\": true, \"Z\": false}"))
                .contains(new Finding(
                        Severity.ERROR,
                        field + "its type enum('Y','N','?') can't hold the code Z; correct the code table"));
    }

    @Test
    void null_on_one_side_only() {
        String field = "fields[1]: field ↔ column NAME of app.THING: ";
        String text = "{\"type\": \"string\", \"maxLength\": 20}";
        assertRisk(
                thing.findings(text("NAME", 20), "[\"null\", " + text + "]", ""),
                field
                        + "it is NOT NULL, but the canonical field may be null: a null of the other master will be refused; "
                        + "name a value for it (\"null\"), or make the field required");
        assertRisk(
                thing.findings(nullable(text("NAME", 20)), text, ""),
                field
                        + "it may be NULL, but the canonical field is required: a row with NULL can't be published; declare "
                        + "the column NOT NULL, name a value for it (\"default\"), or make the field optional");
        assertThat(thing.findings(text("NAME", 20), "[\"null\", " + text + "]", ", \"null\": \"\""))
                .isEmpty();
    }
}
