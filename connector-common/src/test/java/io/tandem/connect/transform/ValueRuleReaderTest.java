package io.tandem.connect.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ValueRuleReaderTest {

    private static final String TABLES = "{\"tables\": {\"one\": {\"A\": \"a\"}, \"two\": {\"A\": [\"a\", \"b\"]}},";

    private static String document(String rule) {
        return Sample.mapping(rule).replaceFirst("\\{", TABLES);
    }

    private static Arguments rule(String rule, String message) {
        return arguments(document(rule), "mapping: fields[1]" + message);
    }

    private static Arguments value(String member, String message) {
        return rule("{\"field\": \"f\", \"column\": \"c\", " + member + "}", message);
    }

    private static Arguments tables(String tables, String message) {
        return arguments(
                Sample.mapping("{\"field\": \"f\", \"column\": \"c\"}")
                        .replaceFirst("\\{", "{\"tables\": " + tables + ","),
                "mapping: tables" + message);
    }

    static Stream<Arguments> brokenDocuments() {
        String when = "\"when\": ";
        return Stream.of(
                value("\"default\": null", ".default: expected a text, a number, true or false"),
                value("\"default\": 1e2000", ".default: expected a number of at most 1000 digits"),
                value("\"default\": 1e-2000", ".default: expected a number of at most 1000 digits"),
                value("\"factor\": 0", ".factor: expected a number other than 0, like \"0.01\", of at most 50 digits"),
                value("\"factor\": \"x\"", ".factor: expected a number other than 0"),
                value("\"factor\": \"1e60\"", ".factor: expected a number other than 0"),
                value("\"factor\": true", ".factor: expected a text that isn't empty"),
                value(
                        "\"factor\": 2, \"zone\": \"UTC\"",
                        ": \"factor\" can't be combined with \"codes\", \"format\" or \"zone\""),
                value(
                        "\"factor\": 2, \"codes\": {\"A\": 1}",
                        ": \"factor\" can't be combined with \"codes\", \"format\" or \"zone\""),
                value("\"codes\": \"none\"", ".codes: the document has no table none; expected a name in \"tables\""),
                value("\"codes\": \"two\"", ".codes: the table two has 2 values for each code, but codes have one"),
                value("\"readOnly\": 1", ".readOnly: expected true or false"),
                value(
                        "\"readOnly\": true, \"when\": {\"column\": \"a\", \"is\": 1}",
                        ": \"readOnly\" can't be combined with \"when\""),
                value(when + "1", ".when: expected an object"),
                value(when + "{\"column\": \"a\"}", ".when: expected either \"is\" or \"in\""),
                value(when + "{\"column\": \"a\", \"is\": 1, \"in\": [1]}", ".when: expected either \"is\" or \"in\""),
                value(when + "{\"is\": 1}", ".when: expected a member \"column\""),
                value(when + "{\"column\": \"a\", \"is\": null}", ".when.is: expected a text, a number, true or false"),
                value(when + "{\"column\": \"a\", \"in\": []}", ".when.in: expected an array with at least one item"),
                value(when + "{\"column\": \"a\", \"in\": [1, 1]}", ".when.in: expected every value once"),
                value(
                        when + "{\"column\": \"a\", \"not\": 1}",
                        ".when.not: unknown member; a condition has column, is, in"),
                rule("{\"constant\": 1}", ": expected \"constant\" with either \"column\" or \"field\""),
                rule(
                        "{\"field\": \"f\", \"column\": \"c\", \"constant\": 1}",
                        ": expected \"constant\" with either \"column\" or \"field\""),
                rule(
                        "{\"field\": \"f\", \"constant\": 1, \"type\": \"int32\"}",
                        ".type: unknown member; the constant of a field has field, constant, when"),
                rule(
                        "{\"column\": \"c\", \"constant\": 1, \"readOnly\": true}",
                        ".readOnly: unknown member; the constant of a column has column, constant, type, when"),
                rule(
                        "{\"column\": \"c\", \"constant\": 1, \"split\": []}",
                        ": expected at most one of the members \"constant\", \"join\", \"split\", \"positions\", \"lookup\","
                                + " \"class\""),
                rule("{\"field\": \"f\", \"join\": [\"A\", \"B\"]}", ": expected a member \"separator\""),
                rule(
                        "{\"field\": \"f\", \"join\": [\"A\", \"B\"], \"separator\": \"\"}",
                        ".separator: expected a text that isn't empty"),
                rule(
                        "{\"field\": \"f\", \"join\": [\"A\"], \"separator\": \" \"}",
                        ".join: expected at least two names"),
                rule(
                        "{\"field\": \"f\", \"join\": [\"A\", 1], \"separator\": \" \"}",
                        ".join[1]: expected a text that isn't empty"),
                rule(
                        "{\"field\": \"f\", \"join\": [\"A\", \"B\"], \"separator\": \" \", \"column\": \"c\"}",
                        ".column: unknown member; a join rule has field, join, separator, when, readOnly"),
                rule(
                        "{\"column\": \"c\", \"split\": [\"a\"], \"separator\": \" \"}",
                        ".split: expected at least two names"),
                rule(
                        "{\"column\": \"c\", \"split\": [\"a\", \"b\"], \"separator\": \" \", \"field\": \"f\"}",
                        ".field: unknown member; a split rule has column, split, separator, when, readOnly"),
                rule(
                        "{\"column\": \"c\", \"positions\": [{\"field\": \"f\", \"length\": 0}]}",
                        ".positions[0].length: expected a whole number from 1 to 100000"),
                rule(
                        "{\"column\": \"c\", \"positions\": [{\"field\": \"f\", \"length\": 1.5}]}",
                        ".positions[0].length: expected a whole number from 1 to 100000"),
                rule(
                        "{\"column\": \"c\", \"positions\": [{\"field\": \"f\", \"length\": 1, \"codes\": {\"AB\": 1}}]}",
                        ".positions[0].codes: the code \"AB\" is longer than the 1 positions of its part"),
                rule(
                        "{\"column\": \"c\", \"positions\": [{\"field\": \"f\", \"length\": 2, \"codes\": {\"A\": 1, \"A \":"
                                + " 2}}]}",
                        ".positions[0].codes: the code \"A\" is given twice; blanks at the end don't count"),
                rule(
                        "{\"column\": \"c\", \"positions\": [{\"field\": \"f\", \"length\": 2, \"type\": \"int32\"}]}",
                        ".positions[0].type: unknown member; a part of a positions rule has field, length, codes"),
                rule(
                        "{\"column\": \"c\", \"positions\": [], \"fields\": []}",
                        ".fields: unknown member; a positions rule has column, positions, when, readOnly"),
                rule(
                        "{\"column\": \"c\", \"lookup\": \"none\", \"fields\": [\"f\"]}",
                        ".lookup: the document has no table none; expected a name in \"tables\""),
                rule(
                        "{\"column\": \"c\", \"lookup\": \"two\", \"fields\": [\"f\"]}",
                        ".fields: expected 2 names, as many as the table two has values for each code"),
                rule(
                        "{\"column\": \"c\", \"lookup\": \"two\", \"fields\": [\"f\", \"g\"], \"codes\": {}}",
                        ".codes: unknown member; a lookup rule has column, lookup, fields, type, when, readOnly"),
                rule(
                        "{\"class\": \"x.Y\", \"columns\": [{\"name\": \"c\"}], \"fields\": [\"f\"]}",
                        ".columns[0].name: unknown member; a column has column, type"),
                rule(
                        "{\"class\": \"x.Y\", \"columns\": [\"c\"], \"fields\": [\"f\"], \"options\": []}",
                        ".options: expected an object"),
                rule(
                        "{\"class\": \"x.Y\", \"columns\": [\"c\"], \"fields\": [\"f\"], \"option\": {}}",
                        ".option: unknown member; a class rule has class, columns, fields, options, when, readOnly"),
                rule(
                        "{\"field\": \"f\", \"repeated\": [{\"where\": {\"p\": 1}, \"fields\": [{\"field\": \"g\","
                                + " \"column\": \"c\", \"default\": 1}]}]}",
                        ".repeated[0].fields[0].default: is not possible in a slot, which holds no element if all its "
                                + "columns are NULL"),
                tables("1", ": expected an object"),
                tables("{\"t\": {}}", ".t: expected an object with at least one member"),
                tables("{\"t\": {\"A\": []}}", ".t.A: expected an array with at least one item"),
                tables("{\"t\": {\"A\": [null]}}", ".t.A[0]: expected a text, a number, true or false"),
                tables(
                        "{\"t\": {\"A\": [1, 2], \"B\": 1}}",
                        ".t.B: expected as many values as in the other entries, 2"),
                tables(
                        "{\"t\": {\"A\": 1, \"B\": 1}}",
                        ".t: expected entries that are one-to-one; two codes stand for the same"));
    }

    @ParameterizedTest
    @MethodSource("brokenDocuments")
    void aBrokenDocumentIsRefusedWithThePlaceAndWhatWasExpected(String document, String message) {
        assertThatThrownBy(() -> Mapping.parse(document))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void aDocumentMayNameItsJsonSchema() {
        // given
        String document = document("{\"field\": \"f\", \"column\": \"c\"}")
                .replaceFirst("\\{", "{\"\\$schema\": \"mapping.schema.json\", ");

        // then
        assertThat(Mapping.parse(document).rootColumns()).containsExactly("ID", "c");
    }
}
