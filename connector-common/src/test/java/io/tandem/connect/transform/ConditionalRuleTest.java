package io.tandem.connect.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.assertj.core.util.Throwables;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ConditionalRuleTest {

    private static final String FIELDS = String.join(
            ", ",
            Sample.text("kind"),
            Sample.text("first"),
            Sample.text("last"),
            Sample.text("company"),
            Sample.text("vat"));
    private static final String PERSON = "\"when\": {\"column\": \"TYPE\", \"is\": \"P\"}";
    private static final String FIRM = "\"when\": {\"column\": \"TYPE\", \"in\": [\"C\", \"G\"]}";

    /** The condition comes first: its column's rule may stand behind. */
    private static final Sample SAMPLE = Sample.of(FIELDS, """
            {"column": "NAME", "split": ["first", "last"], "separator": " ", %s},
            {"field": "company", "column": "NAME", %s}, {"field": "vat", "column": "VAT", %s},
            {"field": "kind", "column": "TYPE",
             "codes": {"P": "PERSON", "C": "COMPANY", "G": "GOVERNMENT", "X": "OTHER"}}""".formatted(PERSON, FIRM, FIRM));

    static Stream<Arguments> forthAndBack() {
        return Stream.of(
                arguments(
                        Sample.texts("TYPE", "P", "NAME", "Ada King", "VAT", null),
                        SAMPLE.canonical("kind", "PERSON", "first", "Ada", "last", "King")),
                arguments(
                        Sample.texts("TYPE", "C", "NAME", "Ada King", "VAT", "7"),
                        SAMPLE.canonical("kind", "COMPANY", "company", "Ada King", "vat", "7")),
                arguments(
                        Sample.texts("TYPE", "G", "NAME", "State", "VAT", null),
                        SAMPLE.canonical("kind", "GOVERNMENT", "company", "State")),
                arguments(Sample.texts("TYPE", "X", "NAME", null, "VAT", null), SAMPLE.canonical("kind", "OTHER")),
                arguments(Sample.texts("TYPE", null, "NAME", null, "VAT", null), SAMPLE.canonical("kind", null)));
    }

    @ParameterizedTest
    @MethodSource("forthAndBack")
    void theColumnMeansWhatItsConditionSaysInBothDirections(Struct local, Struct canonical) {
        // when
        Struct mapped = SAMPLE.toCanonical(local);
        Struct back = SAMPLE.fromCanonical(mapped);

        // then
        assertThat(mapped).isEqualTo(canonical);
        for (String column : List.of("TYPE", "NAME", "VAT")) {
            assertThat(back.get(column)).isEqualTo(local.get(column));
        }
        assertThat(back.schema().fields()).hasSize(4);
    }

    static Stream<Arguments> refusedOnTheWayOut() {
        String lost = "has a value, but no rule for it applies, as the column TYPE is; the value would be lost";
        return Stream.of(
                arguments(
                        Sample.texts("TYPE", "X", "NAME", Sample.SECRET, "VAT", null),
                        "first, last, company (column NAME): " + lost),
                arguments(Sample.texts("TYPE", "P", "NAME", "x", "VAT", Sample.SECRET), "vat (column VAT): " + lost),
                arguments(
                        Sample.texts("TYPE", null, "NAME", Sample.SECRET, "VAT", null),
                        "first, last, company (column NAME): " + lost),
                arguments(
                        Sample.texts("TYPE", "P", "NAME", "x"),
                        "vat (column VAT): the local record has no such column"));
    }

    @ParameterizedTest
    @MethodSource("refusedOnTheWayOut")
    void aValueThatNoRuleAppliesToIsRefused(Struct local, String message) {
        assertThatThrownBy(() -> SAMPLE.toCanonical(local))
                .isInstanceOf(DataException.class)
                .hasMessageEndingWith(": " + message)
                .satisfies(e -> assertThat(Throwables.getStackTrace(e)).doesNotContain(Sample.SECRET));
    }

    static Stream<Arguments> refusedOnTheWayBack() {
        String lost = "has a value, but its rule does not apply, as kind is; the value could not be kept";
        return Stream.of(
                arguments(
                        SAMPLE.canonical("kind", "PERSON", "company", Sample.SECRET), "company (column NAME): " + lost),
                arguments(
                        SAMPLE.canonical("kind", "COMPANY", "last", Sample.SECRET),
                        "first, last (column NAME): " + lost),
                arguments(SAMPLE.canonical("vat", Sample.SECRET), "vat (column VAT): " + lost));
    }

    @ParameterizedTest
    @MethodSource("refusedOnTheWayBack")
    void aFieldWhoseRuleDoesNotApplyMustBeNull(Struct canonical, String message) {
        assertThatThrownBy(() -> SAMPLE.fromCanonical(canonical))
                .isInstanceOf(DataException.class)
                .hasMessageEndingWith(": " + message)
                .satisfies(e -> assertThat(Throwables.getStackTrace(e)).doesNotContain(Sample.SECRET));
    }

    @Test
    void aConditionMayBeANumberAndAConstantConditional() {
        // given
        Sample sample = Sample.of(Sample.optional("kind", "\"int\"") + ", " + Sample.text("origin"), """
                {"field": "kind", "column": "TYPE", "type": "int16"},
                {"column": "MARK", "constant": "M", "when": {"column": "TYPE", "in": [1, "2"]}},
                {"field": "origin", "constant": "here", "when": {"column": "TYPE", "is": 3}}""");

        // when
        Struct marked = sample.fromCanonical(sample.canonical("kind", 2));
        Struct plain = sample.fromCanonical(sample.canonical("kind", 3, "origin", "here"));

        // then
        assertThat(marked.get("MARK")).isEqualTo("M");
        assertThat(plain.get("MARK")).isNull();
        assertThat(sample.toCanonical(numbered(3, null)).get("origin")).isEqualTo("here");
        assertThat(sample.toCanonical(numbered(1, "M")).get("origin")).isNull();
        assertThatThrownBy(() -> sample.toCanonical(numbered(3, "M")))
                .hasMessageEndingWith(
                        "column MARK: has a value, but no rule for it applies, as the column TYPE is; the "
                                + "value would be lost");
        assertThatThrownBy(() -> sample.toCanonical(numbered(1, null)))
                .hasMessageEndingWith(
                        "column MARK: does not hold the constant of the rule, which would be written over it");
    }

    private static Struct numbered(int type, @Nullable String mark) {
        return Sample.row(
                columns -> columns.field("TYPE", Schema.OPTIONAL_INT64_SCHEMA)
                        .field("MARK", Schema.OPTIONAL_STRING_SCHEMA),
                row -> row.put("TYPE", (long) type).put("MARK", mark));
    }

    @Test
    void theDefaultOfTheConditionsColumnCountsInBothDirections() {
        // given
        Sample sample = Sample.of(
                Sample.text("kind") + ", " + Sample.text("first"),
                "{\"field\": \"kind\", \"column\": \"TYPE\", \"codes\": {\"P\": \"PERSON\"}, \"default\": \"PERSON\"}, "
                        + "{\"field\": \"first\", \"column\": \"NAME\", " + PERSON + "}");

        // when
        Struct mapped = sample.toCanonical(Sample.texts("TYPE", null, "NAME", "Ada"));

        // then
        assertThat(mapped.get("first")).isEqualTo("Ada");
        assertThat(sample.fromCanonical(mapped).get("TYPE")).isEqualTo("P");
        assertThat(sample.fromCanonical(mapped).get("NAME")).isEqualTo("Ada");
    }

    private static Struct old(String... fields) {
        SchemaBuilder schema = SchemaBuilder.struct().optional().field("id", Schema.INT64_SCHEMA);
        Arrays.stream(fields).forEach(field -> schema.field(field, Schema.OPTIONAL_STRING_SCHEMA));
        return new Struct(schema.build()).put("id", 7L);
    }

    @Test
    void anOlderRecordThatLacksAllTheFieldsLeavesTheColumnsOut() {
        assertThat(SAMPLE.fromCanonical(old("kind")).schema().field("NAME")).isNull();
    }

    @Test
    void anOlderRecordThatLacksSomeOfTheFieldsOrTheConditionIsRefused() {
        assertThatThrownBy(() -> SAMPLE.fromCanonical(old("kind", "first", "last", "company")))
                .hasMessageContaining(
                        ": vat (columns NAME, VAT): is absent in the record, but other fields of the same rule "
                                + "are not");
        assertThatThrownBy(() -> SAMPLE.fromCanonical(old("first", "last", "company", "vat")))
                .hasMessageContaining(": the canonical record lacks kind, without which the rules can't be applied");
    }

    private static Arguments misfit(String rules, String message) {
        return arguments(rules, "mapping: fields" + message);
    }

    static Stream<Arguments> misfits() {
        String kind = "{\"field\": \"kind\", \"column\": \"TYPE\"}, ";
        String first = "{\"field\": \"first\", \"column\": \"NAME\", ";
        String last = "{\"field\": \"last\", \"column\": \"NAME\", ";
        String noSubject =
                "TYPE must have a value rule of its own, without \"when\" and \"readOnly\", in the same list";
        return Stream.of(
                misfit(first + PERSON + "}", "[1].when.column: " + noSubject),
                misfit(
                        "{\"field\": \"kind\", \"column\": \"TYPE\", \"readOnly\": true}, " + first + PERSON + "}",
                        "[2].when.column: " + noSubject),
                misfit(
                        kind + first + PERSON + "}, " + last
                                + "\"when\": {\"column\": \"TYPE\", \"in\": [\"X\", \"P\"]}}",
                        "[3].when: the column NAME has another rule whose condition does not exclude this one"),
                misfit(
                        kind + "{\"field\": \"last\", \"column\": \"NAME\"}, " + first + PERSON + "}",
                        "[3]: NAME is mapped by another rule too"),
                misfit(
                        kind + first + PERSON + "}, {\"field\": \"first\", \"column\": \"OTHER\", " + FIRM + "}",
                        "[3]: the canonical field first is mapped by another rule too"),
                misfit(
                        kind + "{\"field\": \"count\", \"column\": \"COUNT\", " + PERSON + "}",
                        "[2].when: the canonical field count is required, but it is null where the rule does not apply;"
                                + " make the field optional or leave the condition out"),
                misfit(
                        kind + first + PERSON + "}, {\"field\": \"size\", \"column\": \"NAME\", " + FIRM + "}",
                        "[2]: NAME (column NAME): two rules of the table give the column two types, string and int32; say "
                                + "\"type\" in both"),
                misfit(
                        "{\"field\": \"kind\", \"column\": \"TYPE\", \"codes\": {\"A\": \"a\"}}, " + first + PERSON
                                + "}",
                        "[2].when: the column TYPE can't have the value P: it is none of the codes"),
                misfit(
                        "{\"field\": \"kind\", \"column\": \"TYPE\", \"null\": \"P\"}, " + first + PERSON + "}",
                        "[2].when: the column TYPE can't have the value P: it means null"));
    }

    @ParameterizedTest
    @MethodSource("misfits")
    void aConditionThatDoesNotFitIsRefusedWithItsPlace(String rules, String message) {
        // given
        CanonicalSchema canonical = CanonicalSchema.parse(Sample.avsc(String.join(
                ", ",
                Sample.text("kind"),
                Sample.text("first"),
                Sample.text("last"),
                Sample.optional("size", "\"int\""),
                "{\"name\": \"count\", \"type\": \"int\"}")));

        // then
        assertThatThrownBy(() -> Mapping.parse(Sample.mapping(rules)).check(canonical))
                .hasMessageStartingWith(message);
    }

    @Test
    void theColumnsOfAllRulesAreThoseOfTheMapping() {
        assertThat(Mapping.parse(Sample.mapping("""
                                {"column": "A", "constant": 1}, {"field": "b", "constant": 1},
                                {"field": "c", "join": ["C1", "C2"], "separator": " "},
                                {"column": "D", "split": ["d1", "d2"], "separator": " "},
                                {"column": "E", "positions": [{"field": "e", "length": 1}]},
                                {"class": "x.Y", "columns": ["F1", {"column": "F2"}], "fields": ["f"]},
                                {"field": "g", "column": "G", "when": {"column": "ID", "is": 1}},
                                {"field": "h", "column": "H", "readOnly": true}""")).rootColumns())
                .containsExactly("ID", "A", "C1", "C2", "D", "E", "F1", "F2", "G", "H");
    }
}
