package io.tandem.connect.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.tandem.connect.record.SemanticTypes;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every value rule, on generated values: what it takes comes back as it was. */
class LensLawTest {

    private static final int ROUNDS = 4_000;

    private static final Schema TEXT = Schema.OPTIONAL_STRING_SCHEMA;
    private static final String MONEY =
            "{\"type\": \"bytes\", \"logicalType\": \"decimal\", \"precision\": 4, \"scale\": 2}";
    private static final String DATE = "{\"type\": \"int\", \"logicalType\": \"date\"}";
    private static final String INSTANT = "{\"type\": \"long\", \"logicalType\": \"timestamp-micros\"}";
    private static final String TABLES = "\"t\": {\"a\": \"b\", \"b\": \"a\", \"1\": \"\"},"
            + " \"u\": {\"a\": [\"a\", \"b\"], \"b\": [\"a\", \"\"], \"\": [\"\", \"b\"]}";

    private static Arguments value(String avroType, String members, Schema column) {
        return arguments(
                Sample.optional("f", avroType),
                "{\"field\": \"f\", \"column\": \"A\"" + (members.isEmpty() ? "" : ", " + members) + "}",
                Map.of("A", column));
    }

    private static Arguments texts(int columns, String fields, String rules) {
        Map<String, Schema> schemas = Map.of("A", TEXT, "B", TEXT, "C", TEXT);
        schemas = columns == 1 ? Map.of("A", TEXT) : columns == 2 ? Map.of("A", TEXT, "B", TEXT) : schemas;
        return arguments(fields, rules, schemas);
    }

    static Stream<Arguments> rules() {
        String fg = Sample.text("f") + ", " + Sample.text("g");
        String fgh = fg + ", " + Sample.text("h");
        Schema local = SemanticTypes.int64(SemanticTypes.LOCAL_MICRO_TIMESTAMP)
                .optional()
                .build();
        return Stream.of(
                value("\"string\"", "", TEXT),
                value("\"int\"", "\"type\": \"string\"", TEXT),
                value("\"string\"", "\"null\": \"\"", TEXT),
                value("\"string\"", "\"default\": \"a\"", TEXT),
                value("\"string\"", "\"default\": \"a\", \"null\": \"b\"", TEXT),
                value("\"string\"", "\"codes\": {\"a\": \"b\", \"b\": \"a\", \" \": \"\"}", TEXT),
                value("\"string\"", "\"codes\": \"t\", \"default\": \"b\"", TEXT),
                value("\"boolean\"", "\"codes\": {\"a\": true, \"b\": false}", TEXT),
                value(MONEY, "\"factor\": \"0.01\", \"type\": \"int64\"", Schema.OPTIONAL_INT64_SCHEMA),
                value(
                        MONEY,
                        "\"factor\": \"0.25\"",
                        Decimal.builder(3).optional().build()),
                value(MONEY, "\"factor\": 3", Decimal.builder(2).optional().build()),
                value(
                        "\"int\"",
                        "\"factor\": 10, \"default\": 20, \"null\": \"0\", \"type\": \"int64\"",
                        Schema.OPTIONAL_INT64_SCHEMA),
                value(DATE, "\"format\": \"yyMMdd\"", TEXT),
                value(INSTANT, "\"zone\": \"Europe/Zurich\"", local),
                texts(2, Sample.text("f"), "{\"field\": \"f\", \"join\": [\"A\", \"B\"], \"separator\": \" \"}"),
                texts(
                        3,
                        Sample.text("f"),
                        "{\"field\": \"f\", \"join\": [\"A\", \"B\", \"C\"], \"separator\": \"aa\"}"),
                texts(1, fg, "{\"column\": \"A\", \"split\": [\"f\", \"g\"], \"separator\": \"a\"}"),
                texts(1, fgh, "{\"column\": \"A\", \"split\": [\"f\", \"g\", \"h\"], \"separator\": \"ab\"}"),
                texts(1, fgh, "{\"column\": \"A\", \"split\": [\"f\", \"g\", \"h\"], \"separator\": \"aba\"}"),
                texts(
                        1,
                        fg,
                        "{\"column\": \"A\", \"positions\": [{\"field\": \"f\", \"length\": 1}, {\"field\": \"g\", \"length\": 2}]}"),
                texts(
                        1,
                        fg,
                        "{\"column\": \"A\", \"positions\": [{\"field\": \"f\", \"length\": 2, \"codes\": {\" \": \"a\", \"b\":"
                                + " \"\"}}, {\"field\": \"g\", \"length\": 1}]}"),
                texts(1, fg, "{\"column\": \"A\", \"lookup\": \"u\", \"fields\": [\"f\", \"g\"]}"),
                texts(
                        2,
                        Sample.text("f"),
                        "{\"field\": \"f\", \"column\": \"A\"}, {\"column\": \"B\", \"constant\": \"a\"}"),
                texts(1, fg, "{\"field\": \"f\", \"column\": \"A\"}, {\"field\": \"g\", \"constant\": \"b\"}"),
                texts(2, fgh, """
                        {"field": "f", "column": "A", "default": "b"},
                        {"field": "g", "column": "B", "when": {"column": "A", "is": "a"}},
                        {"field": "h", "column": "B", "when": {"column": "A", "in": ["b", ""]}}"""),
                texts(3, fgh, """
                        {"field": "f", "column": "A", "codes": {"a": "b", "b": "a", "": ""}},
                        {"column": "B", "split": ["g", "h"], "separator": " ", "when": {"column": "A", "is": "a"}},
                        {"column": "B", "constant": "b", "when": {"column": "A", "is": "b"}},
                        {"column": "C", "constant": "a", "when": {"column": "A", "is": ""}}"""),
                texts(2, fg, """
                        {"class": "%s", "columns": ["A", "B"], "fields": ["f", "g"]}""".formatted(Swap.class.getName())));
    }

    @ParameterizedTest
    @MethodSource("rules")
    void whatARuleTakesComesBackAsItWas(String fields, String rules, Map<String, Schema> columns) {
        // given
        LensLaws laws = new LensLaws(Sample.withTables(fields, rules, TABLES), columns);

        // when
        LensLaws.Result result = laws.check(ROUNDS);

        // then a rule that refuses everything would hold too
        assertThat(result.fromCanonical()).as("taken from canonical").isGreaterThan(30);
        assertThat(result.toCanonical()).as("taken from local").isGreaterThan(30);
    }

    static Stream<Arguments> lossyRules() {
        return Stream.of(
                arguments((Lossy) form -> new ValueForm() {
                    @Override
                    public Schema local() {
                        return form.local();
                    }

                    @Override
                    public Schema canonical() {
                        return form.canonical();
                    }

                    @Override
                    public Object toCanonical(Object value) {
                        return ((String) value).strip();
                    }

                    @Override
                    public Object fromCanonical(Object value) {
                        return value;
                    }
                }),
                arguments((Lossy) form -> new ValueForm() {
                    @Override
                    public Schema local() {
                        return form.local();
                    }

                    @Override
                    public Schema canonical() {
                        return form.canonical();
                    }

                    @Override
                    public Object toCanonical(Object value) {
                        return value;
                    }

                    @Override
                    public Object fromCanonical(Object value) {
                        String text = (String) value;
                        return text.length() > 3 ? text.substring(0, 3) : text;
                    }
                }));
    }

    /** Spoils a form. */
    private interface Lossy {
        ValueForm of(ValueForm form);
    }

    @ParameterizedTest
    @MethodSource("lossyRules")
    void aLensThatLosesAValueIsFound(Lossy lossy) {
        // given
        Schema type = SchemaBuilder.string().optional().build();
        ValueForm form = lossy.of(new PlainForm(type, Set.of()));
        ValueLens lens = new ValueLens("f", "A", form, type, null, null, null);
        LensLaws laws = new LensLaws(lens, CanonicalSchema.parse(Sample.avsc(Sample.text("f"))), Map.of("A", TEXT));

        // then
        assertThatThrownBy(() -> laws.check(ROUNDS)).isInstanceOf(AssertionError.class);
    }

    @Test
    void aLossyClassOfTheUsersRefusesItselfRatherThanLose() {
        // given
        LensLaws laws = new LensLaws(
                Sample.of(
                        Sample.text("f"),
                        "{\"class\": \"" + CustomRuleTest.Faulty.class.getName()
                                + "\", \"columns\": [\"A\"], \"fields\": [\"f\"], \"options\": {\"fault\": \"lossy\"}}"),
                Map.of("A", TEXT));

        // when
        LensLaws.Result result = laws.checkFromCanonical(ROUNDS);

        // then
        assertThat(result.fromCanonical()).isGreaterThan(30);
    }

    /** A class of the user's that keeps the laws. */
    public static class Swap implements CustomLens {

        @Override
        public void configure(Map<String, ?> options) {}

        @Override
        public List<@Nullable Object> toCanonical(List<@Nullable Object> columns) {
            return Arrays.asList(columns.get(1), columns.get(0));
        }

        @Override
        public List<@Nullable Object> toLocal(List<@Nullable Object> fields) {
            return Arrays.asList(fields.get(1), fields.get(0));
        }
    }
}
