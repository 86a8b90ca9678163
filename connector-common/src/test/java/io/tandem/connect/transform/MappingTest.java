package io.tandem.connect.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class MappingTest {

    private static final String RULES = """
            {"field": "b", "column": "B"},
            {"field": "rows", "table": "T", "fields": [{"field": "y", "column": "Y"}, {"field": "x", "column": "X"}]},
            {"field": "slots", "repeated": [
              {"where": {"p": 1}, "fields": [{"field": "v", "column": "V1"}]},
              {"where": {"p": 2}, "fields": [{"field": "v", "column": "V2"}]}]},
            {"field": "a", "column": "A"}""";

    @Test
    void tellsTheColumnsOfRootAndChildrenInTheOrderOfTheDocument() {
        // when
        Mapping mapping = Mapping.parse(Sample.mapping(RULES));

        // then
        assertThat(mapping.aggregate()).isEqualTo("sample");
        assertThat(mapping.master()).isEqualTo("m");
        assertThat(mapping.rootColumns()).containsExactly("ID", "B", "V1", "V2", "A");
        assertThat(mapping.childColumns()).containsExactly(Map.entry("T", Set.of("Y", "X")));
        assertThat(mapping.childColumns().get("T")).containsExactly("Y", "X");
    }

    @Test
    void tellsTheKeyColumnsInTheOrderOfTheCanonicalKey() {
        // given
        CanonicalSchema canonical = CanonicalSchema.parse("""
                {"type": "record", "name": "S", "key": ["k2", "k1"], "fields": [
                  {"name": "k1", "type": "long"}, {"name": "k2", "type": "string"}]}""");
        Mapping mapping = Mapping.parse("""
                {"aggregate": "s", "master": "m", "fields": [
                  {"field": "k1", "column": "C1"}, {"field": "k2", "column": "C2"}]}""");

        // then
        assertThat(mapping.keyColumns(canonical)).isEqualTo(List.of("C2", "C1"));
    }

    private static Arguments rule(String rule, String message) {
        return arguments(Sample.mapping(rule), "mapping: fields[1]" + message);
    }

    static Stream<Arguments> brokenDocuments() {
        String unknownValue = ": unknown member; a value rule has field, column, type, codes, format, zone, null";
        return Stream.of(
                arguments("{", "mapping: not a JSON document: "),
                arguments("{} x", "mapping: not a JSON document: "),
                arguments("[]", "mapping: expected an object"),
                arguments("{\"aggregate\": \"a\"}", "mapping: expected a member \"master\""),
                arguments(
                        "{\"aggregate\": 1, \"master\": \"m\", \"fields\": []}",
                        "mapping: aggregate: expected a text that isn't empty"),
                arguments(
                        "{\"aggregate\": \"a\", \"master\": \"m\", \"fields\": []}",
                        "mapping: fields: expected an array with at least one item"),
                arguments(
                        "{\"aggregate\": \"a\", \"master\": \"m\", \"field\": []}",
                        "mapping: field: unknown member; a mapping has aggregate, master, absent, fields"),
                arguments(
                        "{\"aggregate\": \"a\", \"aggregate\": \"b\"}",
                        "mapping: not a JSON document: Duplicate field"),
                rule("1", ": expected an object"),
                rule(
                        "{\"field\": \"f\"}",
                        ": expected exactly one of the members \"column\", \"table\", \"repeated\", \"extension\""),
                rule(
                        "{\"field\": \"f\", \"column\": \"c\", \"table\": \"t\"}",
                        ": expected exactly one of the members \"column\", \"table\", \"repeated\", \"extension\""),
                rule("{\"column\": \"c\"}", ": expected a member \"field\""),
                rule("{\"field\": \"\", \"column\": \"c\"}", ".field: expected a text that isn't empty"),
                rule("{\"field\": \"f\", \"column\": \"c\", \"colour\": 1}", ".colour" + unknownValue),
                rule(
                        "{\"field\": \"f\", \"column\": \"c\", \"type\": \"decimal(2,3)\"}",
                        ".type: expected one of string, boolean, int8,"),
                rule("{\"field\": \"f\", \"column\": \"c\", \"type\": \"text\"}", ".type: expected one of string,"),
                rule("{\"field\": \"f\", \"column\": \"c\", \"codes\": 1}", ".codes: expected an object"),
                rule(
                        "{\"field\": \"f\", \"column\": \"c\", \"codes\": {}}",
                        ".codes: expected an object with at least one member"),
                rule(
                        "{\"field\": \"f\", \"column\": \"c\", \"codes\": {\"A\": null}}",
                        ".codes.A: expected a text, a number, true or false"),
                rule(
                        "{\"field\": \"f\", \"column\": \"c\", \"codes\": {\"A\": 1, \"B\": 1}}",
                        ".codes: expected codes that are one-to-one; two of them have the same canonical value"),
                rule(
                        "{\"field\": \"f\", \"column\": \"c\", \"codes\": {\"A\": 1}, \"zone\": \"UTC\"}",
                        ": \"codes\" can't be combined with \"format\" or \"zone\""),
                rule(
                        "{\"field\": \"f\", \"column\": \"c\", \"zone\": \"Mars/Base\"}",
                        ".zone: expected a time zone like UTC or Europe/Zurich"),
                rule("{\"field\": \"f\", \"column\": \"c\", \"format\": 8}", ".format: expected a text"),
                rule("{\"field\": \"f\", \"column\": \"c\", \"null\": 0}", ".null: expected a text"),
                rule(
                        "{\"field\": \"f\", \"table\": \"t\", \"fields\": [], \"wehre\": 1}",
                        ".wehre: unknown member; a table rule has field, table, where, rows, none, fields"),
                rule("{\"field\": \"f\", \"table\": \"t\"}", ": expected a member \"fields\""),
                rule("{\"field\": \"f\", \"repeated\": {}}", ".repeated: expected an array with at least one item"),
                rule(
                        "{\"field\": \"f\", \"repeated\": [{\"where\": {}, \"fields\": []}]}",
                        ".repeated[0].where: expected an object with at least one member"),
                rule(
                        "{\"field\": \"f\", \"repeated\": [{\"where\": {\"p\": 1}, \"fields\": [{\"field\": \"g\","
                                + " \"table\": \"t\"}]}]}",
                        ".repeated[0].fields[0].table" + unknownValue));
    }

    @ParameterizedTest
    @MethodSource("brokenDocuments")
    void aBrokenDocumentIsRefusedWithThePlaceAndWhatWasExpected(String document, String message) {
        assertThatThrownBy(() -> Mapping.parse(document))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void all_rules_that_are_broken_are_told_at_once() {
        String document = Sample.mapping("""
                {"field": "f", "column": "c", "colour": 1},
                {"field": "g", "table": "t", "fields": [{"field": "h", "column": "d", "null": 0}, {"field": "i"}]},
                {"field": "j", "column": "e", "type": "text"}""");

        assertThatThrownBy(() -> Mapping.parse(document))
                .isInstanceOf(ConfigException.class)
                .hasMessageContainingAll(
                        "mapping: fields[1].colour: unknown member",
                        "\nmapping: fields[2].fields[0].null: expected a text",
                        "\nmapping: fields[2].fields[1]: expected",
                        "\nmapping: fields[3].type: expected one of");
    }
}
