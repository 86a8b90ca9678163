package io.tandem.connect.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.tandem.connect.record.DecimalType;
import java.math.BigDecimal;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The options of a value rule that give NULL, numbers and directions another meaning. */
class ValueOptionTest {

    private static final Schema STRING = Schema.OPTIONAL_STRING_SCHEMA;
    private static final Schema LONG = Schema.OPTIONAL_INT64_SCHEMA;
    private static final String DECIMAL =
            "{\"type\": \"bytes\", \"logicalType\": \"decimal\", \"precision\": 8, \"scale\": 2}";
    private static final String ENUM = "{\"type\": \"enum\", \"name\": \"E\", \"symbols\": [\"ON\", \"OFF\"]}";

    private static Sample sample(String avroType, String members) {
        return Sample.of(Sample.optional("f", avroType), "{\"field\": \"f\", \"column\": \"COL\", " + members + "}");
    }

    private static Schema decimal(int scale) {
        return Decimal.builder(scale).optional().build();
    }

    static Stream<Arguments> forthAndBack() {
        Schema whole = new DecimalType(10, 0).schema().optional().build();
        return Stream.of(
                arguments("\"string\"", "\"default\": \"none\"", STRING, "x", "x"),
                arguments("\"string\"", "\"default\": \"none\"", STRING, "none", "none"),
                arguments("\"string\"", "\"default\": \"none\", \"null\": \"-\"", STRING, "-", null),
                arguments(DECIMAL, "\"factor\": \"0.01\"", decimal(0), new BigDecimal("1250"), new BigDecimal("12.50")),
                arguments(DECIMAL, "\"factor\": 0.01, \"type\": \"int64\"", LONG, 1250L, new BigDecimal("12.50")),
                arguments(
                        DECIMAL,
                        "\"factor\": \"0.01\", \"type\": \"decimal(10,0)\"",
                        whole,
                        new BigDecimal("-7"),
                        new BigDecimal("-0.07")),
                arguments(DECIMAL, "\"factor\": 1000", decimal(5), new BigDecimal("0.01234"), new BigDecimal("12.34")),
                arguments(DECIMAL, "\"factor\": 8", decimal(5), new BigDecimal("0.00125"), new BigDecimal("0.01")),
                arguments(DECIMAL, "\"factor\": \"-0.5\"", decimal(2), new BigDecimal("3.00"), new BigDecimal("-1.50")),
                arguments(DECIMAL, "\"factor\": 3, \"type\": \"int64\"", LONG, 4L, new BigDecimal("12.00")),
                arguments("\"long\"", "\"factor\": 1000, \"type\": \"int64\"", LONG, 4L, 4000L),
                arguments("\"int\"", "\"factor\": \"1e3\", \"type\": \"int64\"", LONG, -4L, -4000),
                arguments("\"long\"", "\"factor\": 1000", decimal(3), new BigDecimal("0.004"), 4L),
                arguments("\"long\"", "\"factor\": 2, \"null\": \"-1\", \"type\": \"int64\"", LONG, -1L, null),
                arguments("\"long\"", "\"factor\": 2, \"type\": \"int64\"", LONG, null, null));
    }

    @ParameterizedTest
    @MethodSource("forthAndBack")
    void aValueComesBackAsItWas(
            String type, String members, Schema column, @Nullable Object local, @Nullable Object canonical) {
        // given
        Sample sample = sample(type, members);

        // when
        Struct mapped = sample.toCanonical(Sample.row("COL", column, local));

        // then
        assertThat(mapped.get("f")).isEqualTo(canonical);
        assertThat(sample.fromCanonical(mapped).get("COL")).isEqualTo(local);
    }

    static Stream<Arguments> defaults() {
        return Stream.of(
                arguments("\"string\"", "\"default\": \"\"", "", ""),
                arguments("\"long\"", "\"default\": 0, \"type\": \"string\"", 0L, "0"),
                arguments(ENUM, "\"default\": \"OFF\", \"codes\": {\"1\": \"ON\", \"0\": \"OFF\"}", "OFF", "0"),
                arguments(
                        "\"boolean\"",
                        "\"default\": false, \"codes\": {\"Y\": true, \"N\": false}, \"null\": \"-\"",
                        false,
                        "N"),
                arguments("\"long\"", "\"default\": 200, \"factor\": 100, \"type\": \"int16\"", 200L, (short) 2));
    }

    @ParameterizedTest
    @MethodSource("defaults")
    void nullIsReadAsTheDefaultAndComesBackAsItsPlainValue(String type, String members, Object canonical, Object back) {
        // given
        Sample sample = sample(type, members);

        // when
        Struct mapped = sample.toCanonical(Sample.row("COL", STRING, null));

        // then
        assertThat(mapped.get("f")).isEqualTo(canonical);
        assertThat(sample.fromCanonical(mapped).get("COL")).isEqualTo(back);
    }

    static Stream<Arguments> refusedOnTheWayOut() {
        return Stream.of(
                arguments(DECIMAL, "\"factor\": \"0.001\"", 1L, "times 0.001 has more decimal places than the field"),
                arguments(DECIMAL, "\"factor\": 10", 100_000L, "has more digits than decimal(8,2) holds"),
                arguments("\"int\"", "\"factor\": 1000", 3_000_000L, "does not fit int32 exactly"));
    }

    @ParameterizedTest
    @MethodSource("refusedOnTheWayOut")
    void aLocalNumberThatDoesNotFitIsRefused(String type, String members, Object local, String reason) {
        assertThatThrownBy(() -> sample(type, members).toCanonical(Sample.row("COL", LONG, local)))
                .isInstanceOf(DataException.class)
                .hasMessageEndingWith(": f (column COL): " + reason);
    }

    @Test
    void aLocalNumberWithMorePlacesThanTheFieldCanHaveIsRefused() {
        assertThatThrownBy(() -> sample(DECIMAL, "\"factor\": \"0.01\"")
                        .toCanonical(Sample.row("COL", decimal(1), new BigDecimal("0.5"))))
                .hasMessageEndingWith(": f (column COL): has more decimal places than the scale 0");
    }

    static Stream<Arguments> refusedOnTheWayBack() {
        return Stream.of(
                arguments("\"long\"", "\"factor\": 3", 4L, "can't be divided by 3 exactly"),
                arguments("\"long\"", "\"factor\": 1000, \"type\": \"int64\"", 4L, "does not fit int64 exactly"),
                arguments(
                        "\"long\"",
                        "\"factor\": 2, \"null\": \"-1\", \"type\": \"int64\"",
                        -2L,
                        "is a value that means null in the column"),
                arguments(
                        "\"string\"",
                        "\"default\": \"none\"",
                        null,
                        "is null, but NULL in the column is read as the rule's default"));
    }

    @ParameterizedTest
    @MethodSource("refusedOnTheWayBack")
    void aCanonicalValueWithoutACounterpartIsRefused(
            String type, String members, @Nullable Object canonical, String reason) {
        // given
        Sample sample = sample(type, members);

        // then
        assertThatThrownBy(() -> sample.fromCanonical(sample.canonical("f", canonical)))
                .isInstanceOf(DataException.class)
                .hasMessageEndingWith(": f (column COL): " + reason);
    }

    @Test
    void codesMayBeThoseOfATableThatSeveralRulesShare() {
        // given
        Sample sample = Sample.withTables(
                Sample.text("a") + ", " + Sample.text("b"),
                "{\"field\": \"a\", \"column\": \"A\", \"codes\": \"countries\"}, "
                        + "{\"column\": \"B\", \"positions\": [{\"field\": \"b\", \"length\": 3, \"codes\": \"countries\"}]}",
                "\"countries\": {\"CH\": \"Switzerland\", \"DE\": [\"Germany\"]}");

        // when
        Struct mapped = sample.toCanonical(Sample.texts("A", "CH", "B", "DE "));

        // then
        assertThat(mapped.get("a")).isEqualTo("Switzerland");
        assertThat(mapped.get("b")).isEqualTo("Germany");
        assertThat(sample.fromCanonical(mapped).get("A")).isEqualTo("CH");
        assertThat(sample.fromCanonical(mapped).get("B")).isEqualTo("DE ");
    }

    static Stream<Arguments> readOnlyRules() {
        return Stream.of(
                arguments("{\"field\": \"f\", \"column\": \"COL\", \"readOnly\": true}"),
                arguments("{\"field\": \"f\", \"join\": [\"COL\", \"B\"], \"separator\": \" \", \"readOnly\": true}"),
                arguments("{\"column\": \"COL\", \"split\": [\"f\", \"g\"], \"separator\": \" \", \"readOnly\": true}"),
                arguments(
                        "{\"column\": \"COL\", \"positions\": [{\"field\": \"f\", \"length\": 9}], \"readOnly\": true}"));
    }

    @ParameterizedTest
    @MethodSource("readOnlyRules")
    void aReadOnlyRuleIsPublishedButGivesNoColumn(String rule) {
        // given
        String other = rule.contains("\"g\"") ? "" : ", {\"field\": \"g\", \"column\": \"G\"}";
        Sample sample = Sample.of(Sample.text("f") + ", " + Sample.text("g"), rule + other);

        // when
        Struct mapped = sample.toCanonical(Sample.texts("COL", "x", "B", null, "G", null));

        // then
        assertThat(mapped.get("f")).isEqualTo("x");
        assertThat(sample.fromCanonical(mapped).schema().field("COL")).isNull();
    }

    @Test
    void readOnlyMayBeSaidToBeFalse() {
        // given
        Sample sample = sample("\"string\"", "\"readOnly\": false");

        // then
        assertThat(sample.fromCanonical(sample.canonical("f", "x")).get("COL")).isEqualTo("x");
    }

    private static Arguments misfit(String avroType, String members, String message) {
        return arguments(avroType, members, "mapping: fields[1]" + message);
    }

    static Stream<Arguments> misfits() {
        return Stream.of(
                misfit("\"string\"", "\"default\": 1", ": expected a constant of the type string"),
                misfit("\"int\"", "\"default\": 3000000000", ": does not fit int32 exactly"),
                misfit(ENUM, "\"default\": \"UP\"", ": is none of the symbols of the enum"),
                misfit("\"string\"", "\"default\": \"x\", \"codes\": {\"A\": \"a\"}", ": has no code"),
                misfit(
                        "\"string\"",
                        "\"default\": \"x\", \"null\": \"x\"",
                        ": is a value that means null in the column"),
                misfit("\"long\"", "\"default\": 1, \"factor\": 3", ": can't be divided by 3 exactly"),
                misfit(
                        "\"string\"",
                        "\"factor\": 2",
                        ".factor: expected a canonical field that is a decimal or a whole number, not string"),
                misfit(
                        "\"double\"",
                        "\"factor\": 2",
                        ".factor: expected a canonical field that is a decimal or a whole number, not float64"),
                misfit(
                        "{\"type\": \"int\", \"logicalType\": \"date\"}",
                        "\"factor\": 2",
                        ".factor: expected a canonical field that is a decimal or a whole number, not date"));
    }

    @ParameterizedTest
    @MethodSource("misfits")
    void anOptionThatDoesNotFitTheFieldIsRefusedWithThePlace(String avroType, String members, String message) {
        // given
        Mapping mapping = Mapping.parse(Sample.mapping("{\"field\": \"f\", \"column\": \"COL\", " + members + "}"));
        CanonicalSchema canonical = CanonicalSchema.parse(Sample.avsc(Sample.optional("f", avroType)));

        // then
        assertThatThrownBy(() -> mapping.check(canonical))
                .isInstanceOf(ConfigException.class)
                .hasMessage(message);
    }

    private static Arguments unfit(String rule, String message) {
        return arguments(rule, "mapping: fields[1]" + message);
    }

    static Stream<Arguments> unfitRules() {
        return Stream.of(
                unfit("{\"field\": \"t\", \"constant\": 1}", ".constant: expected a constant of the type string"),
                unfit("{\"field\": \"e\", \"constant\": \"UP\"}", ".constant: is none of the symbols of the enum"),
                unfit(
                        "{\"column\": \"C\", \"constant\": \"x\", \"type\": \"int32\"}",
                        ".constant: is not the plain form of an int32"),
                unfit("{\"column\": \"ID\", \"constant\": \"x\"}", ".column: ID is mapped by another rule too"),
                unfit(
                        "{\"field\": \"d\", \"join\": [\"A\", \"B\"], \"separator\": \" \"}",
                        ": there is no exact conversion from string to date"),
                unfit(
                        "{\"field\": \"t\", \"join\": [\"A\", \"A\"], \"separator\": \" \"}",
                        ".join[1]: A is mapped by another rule too"),
                unfit(
                        "{\"column\": \"C\", \"split\": [\"t\", \"t\"], \"separator\": \" \"}",
                        ".split[1]: the canonical field t is mapped by another rule too"),
                unfit(
                        "{\"column\": \"C\", \"split\": [\"t\", \"x\"], \"separator\": \" \"}",
                        ".split[1]: the canonical schema has no field x"),
                unfit(
                        "{\"column\": \"C\", \"split\": [\"t\", \"l\"], \"separator\": \" \"}",
                        ".split[1]: l is a collection; map it by \"table\" or \"repeated\""),
                unfit(
                        "{\"column\": \"C\", \"positions\": [{\"field\": \"e\", \"length\": 1, \"codes\": {\"1\": \"UP\"}}]}",
                        ".positions[0].codes: UP is no symbol of the enum"),
                unfit(
                        "{\"column\": \"C\", \"lookup\": \"two\", \"fields\": [\"t\", \"e\"]}",
                        ".lookup: the table two, code 1: is none of the symbols of the enum"),
                unfit(
                        "{\"column\": \"C\", \"lookup\": \"num\", \"fields\": [\"t\", \"e\"]}",
                        ".lookup: the table num, code 1: expected a constant of the type string"));
    }

    @ParameterizedTest
    @MethodSource("unfitRules")
    void aRuleThatDoesNotFitTheSchemaIsRefusedWithThePlace(String rule, String message) {
        // given
        CanonicalSchema canonical = CanonicalSchema.parse(Sample.avsc(String.join(
                ", ",
                Sample.text("t"),
                Sample.optional("e", ENUM),
                Sample.optional("d", "{\"type\": \"int\", \"logicalType\": \"date\"}"),
                "{\"name\": \"l\", \"type\": {\"type\": \"array\", \"items\": {\"type\": \"record\", \"name\": \"I\","
                        + " \"fields\": [{\"name\": \"x\", \"type\": \"int\"}]}}}")));
        String document = Sample.mapping(rule)
                .replaceFirst("\\{", "{\"tables\": {\"two\": {\"1\": [\"a\", \"UP\"]}, \"num\": {\"1\": [\"a\", 1]}},");

        // then
        assertThatThrownBy(() -> Mapping.parse(document).check(canonical))
                .isInstanceOf(ConfigException.class)
                .hasMessage(message);
    }
}
