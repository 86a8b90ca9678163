package io.tandem.connect.transform;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class MappingRefusalTest {

    private static final CanonicalSchema CANONICAL = CanonicalSchema.parse(Sample.avsc("""
            {"name": "text", "type": ["null", "string"]},
            {"name": "count", "type": "int"},
            {"name": "state", "type": {"type": "enum", "name": "State", "symbols": ["ON", "OFF"]}},
            {"name": "day", "type": ["null", {"type": "int", "logicalType": "date"}]},
            {"name": "at", "type": {"type": "long", "logicalType": "timestamp-micros"}},
            {"name": "rec", "type": {"type": "record", "name": "Rec", "fields": [{"name": "a", "type": "string"}]}},
            {"name": "list", "type": {"type": "array", "items": {"type": "record", "name": "Item", "key": ["pos"],
              "fields": [{"name": "pos", "type": "int"}, {"name": "val", "type": ["null", "string"]}]}}}"""));

    private static final String TEXT = "{\"field\": \"text\", \"column\": \"TEXT\"}";
    private static final String COUNT = "{\"field\": \"count\", \"column\": \"COUNT\"}";
    private static final String STATE = "{\"field\": \"state\", \"column\": \"STATE\"}";
    private static final String DAY = "{\"field\": \"day\", \"column\": \"DAY\"}";
    private static final String AT = "{\"field\": \"at\", \"column\": \"AT\"}";
    private static final String REC = "{\"field\": \"rec.a\", \"column\": \"A\"}";
    private static final String LIST = """
            {"field": "list", "table": "LIST", "fields": [
              {"field": "pos", "column": "POS"}, {"field": "val", "column": "VAL"}]}""";

    /** The good rules, with the one that has the given place after {@code id} replaced. */
    private static String with(int place, String rule) {
        String[] rules = {TEXT, COUNT, STATE, DAY, AT, REC, LIST};
        rules[place - 1] = rule;
        return Sample.mapping(String.join(", ", rules));
    }

    private static Arguments misfit(int place, String rule, String message) {
        return arguments(with(place, rule), "mapping: fields[" + place + "]" + message);
    }

    private static String slots(String first, String second) {
        return "{\"field\": \"list\", \"repeated\": [" + first + ", " + second + "]}";
    }

    private static String slot(String where, String column) {
        return "{\"where\": " + where + ", \"fields\": [{\"field\": \"val\", \"column\": \"" + column + "\"}]}";
    }

    static Stream<Arguments> misfits() {
        return Stream.of(
                misfit(1, "{\"field\": \"txt\", \"column\": \"X\"}", ".field: the canonical schema has no field txt"),
                misfit(
                        1,
                        "{\"field\": \"text.a\", \"column\": \"X\"}",
                        ".field: the canonical schema has no field text.a"),
                misfit(
                        6,
                        "{\"field\": \"rec\", \"column\": \"X\"}",
                        ".field: rec is a record; map its fields, like rec.name"),
                misfit(
                        7,
                        "{\"field\": \"list\", \"column\": \"X\"}",
                        ".field: list is a collection; map it by \"table\" or \"repeated\""),
                misfit(
                        1,
                        "{\"field\": \"text\", \"table\": \"X\", \"fields\": [" + COUNT + "]}",
                        ".field: text is not a collection"),
                misfit(
                        1,
                        "{\"field\": \"text\", \"repeated\": [" + slot("{\"pos\": 1}", "X") + "]}",
                        ".field: text is not a collection"),
                misfit(2, TEXT, ": the canonical field text is mapped by another rule too"),
                misfit(
                        2,
                        "{\"field\": \"count\", \"column\": \"TEXT\"}",
                        ".column: TEXT is mapped by another rule too"),
                misfit(
                        7,
                        "{\"field\": \"list\", \"table\": \"TEXT\", \"fields\": [{\"field\": \"pos\", \"column\": \"P\"},"
                                + " {\"field\": \"val\", \"column\": \"V\"}]}",
                        ".table: TEXT is mapped by another rule too"),
                misfit(
                        7,
                        "{\"field\": \"list\", \"table\": \"LIST\", \"fields\": [{\"field\": \"pos\", \"column\": \"P\"}]}",
                        ".fields: the canonical field list.val is not mapped by any rule; it would overwrite the other "
                                + "master's value with null"),
                misfit(
                        3,
                        "{\"field\": \"state\", \"column\": \"S\", \"codes\": {\"1\": \"UP\"}}",
                        ".codes: UP is no symbol of the enum"),
                misfit(
                        3,
                        "{\"field\": \"state\", \"column\": \"S\", \"codes\": {\"1\": 1}}",
                        ".codes: expected a constant of the type string"),
                misfit(
                        2,
                        "{\"field\": \"count\", \"column\": \"C\", \"codes\": {\"A\": 1, \"B\": 1.0}}",
                        ".codes: expected codes that are one-to-one"),
                misfit(
                        2,
                        "{\"field\": \"count\", \"column\": \"C\", \"codes\": {\"A\": \"1\"}}",
                        ".codes: expected a constant of the type int32"),
                misfit(
                        2,
                        "{\"field\": \"count\", \"column\": \"C\", \"codes\": {\"A\": 3000000000}}",
                        ".codes: does not fit int32 exactly"),
                misfit(
                        2,
                        "{\"field\": \"count\", \"column\": \"C\", \"codes\": {\"A\": 1}, \"null\": \"A\"}",
                        ".null: this value is one of the codes too"),
                misfit(
                        1,
                        "{\"field\": \"text\", \"column\": \"X\", \"format\": \"yyyy\"}",
                        ".format: the field is no date, time or timestamp"),
                misfit(
                        4,
                        "{\"field\": \"day\", \"column\": \"X\", \"format\": \"bogus\"}",
                        ".format: Unknown pattern letter"),
                misfit(
                        4,
                        "{\"field\": \"day\", \"column\": \"X\", \"format\": \"yyyyMM\"}",
                        ".format: the pattern doesn't hold a whole date"),
                misfit(
                        4,
                        "{\"field\": \"day\", \"column\": \"X\", \"format\": \"yyyyMMddHH\"}",
                        ".format: the pattern doesn't hold a whole date"),
                misfit(
                        5,
                        "{\"field\": \"at\", \"column\": \"X\", \"format\": \"yyyyMMddHHmm\"}",
                        ".format: a timestamp as text needs a \"zone\" too"),
                misfit(
                        5,
                        "{\"field\": \"at\", \"column\": \"X\", \"format\": \"yyyyMMddhhmm\", \"zone\": \"UTC\"}",
                        ".format: the pattern doesn't hold a whole date and time"),
                misfit(
                        4,
                        "{\"field\": \"day\", \"column\": \"X\", \"zone\": \"UTC\"}",
                        ".zone: the field day is no timestamp with a zone"),
                misfit(
                        2,
                        "{\"field\": \"count\", \"column\": \"X\", \"type\": \"date\"}",
                        ": there is no exact conversion from int32 to date"),
                misfit(
                        2,
                        "{\"field\": \"count\", \"column\": \"X\", \"null\": \"none\"}",
                        ": is not the plain form of an int32"),
                misfit(
                        7,
                        slots(slot("{\"pos\": 1}", "X"), slot("{\"pos\": 1}", "Y")),
                        ".repeated[1].where: expected another value than in the other slots"),
                misfit(
                        7,
                        slots(slot("{\"pos\": 1}", "X"), slot("{\"val\": \"v\"}", "Y")),
                        ".repeated[1].where: expected the same fields as in the other slots"),
                misfit(
                        7,
                        slots(slot("{\"pos\": 1}", "X"), slot("{\"pos\": 2}", "X")),
                        ".repeated[1].fields[0].column: X is mapped by another rule too"),
                misfit(
                        7,
                        slots(slot("{\"pos\": 1}", "TEXT"), slot("{\"pos\": 2}", "X")),
                        ".repeated[0].fields[0].column: TEXT is mapped by another rule too"),
                misfit(
                        7,
                        slots(slot("{\"pos\": \"1\"}", "X"), slot("{\"pos\": 2}", "Y")),
                        ".repeated[0].where.pos: expected a constant of the type int32"),
                misfit(
                        7,
                        slots(slot("{\"val\": \"a\"}", "X"), slot("{\"val\": \"b\"}", "Y")),
                        ".repeated[0].fields[0]: the canonical field list.val is mapped by another rule too"),
                misfit(
                        7,
                        slots(slot("{\"place\": 1}", "X"), slot("{\"place\": 2}", "Y")),
                        ".repeated[0].where.place: the canonical schema has no field list.place"),
                arguments(
                        Sample.mapping(String.join(", ", TEXT, COUNT, STATE, DAY, AT, REC)),
                        "mapping: fields: the canonical field list is not mapped by any rule; it would overwrite the "
                                + "other master's value with null"),
                arguments(
                        with(1, TEXT).replace("\"column\": \"ID\"", "\"column\": \"ID\", \"null\": \"0\""),
                        "mapping: fields: the key field id must be mapped by a plain value rule: field, column and at "
                                + "most type"));
    }

    @ParameterizedTest
    @MethodSource("misfits")
    void aMappingThatDoesNotFitTheSchemaIsRefusedWithThePlace(String mapping, String message) {
        assertThatThrownBy(() -> Mapping.parse(mapping).check(CANONICAL))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void aMappingThatFitsIsAccepted() {
        assertThatCode(() -> Mapping.parse(with(1, TEXT)).check(CANONICAL)).doesNotThrowAnyException();
    }

    static Stream<Arguments> collectionsThatCannotBeMapped() {
        String rule = "{\"field\": \"c\", \"table\": \"T\", \"fields\": [{\"field\": \"x\", \"column\": \"X\"}]}";
        String item = "{\"type\": \"record\", \"name\": \"I\", \"fields\": [{\"name\": \"x\", \"type\": \"int\"}]}";
        return Stream.of(
                arguments(
                        "{\"name\": \"c\", \"type\": {\"type\": \"array\", \"items\": \"int\"}}",
                        rule,
                        "c is an array of scalars; map it to a column that holds an array, or to text by \"format\": "
                                + "\"json\" or \"separator\""),
                arguments(
                        "{\"name\": \"c\", \"type\": [\"null\", {\"type\": \"array\", \"items\": " + item + "}]}",
                        rule,
                        "c is a collection that may be null; make it required, an empty array says that there are no "
                                + "elements, or say \"none\": \"null\" if null is to say so"));
    }

    @ParameterizedTest
    @MethodSource("collectionsThatCannotBeMapped")
    void aCollectionThatCannotBeMappedIsRefused(String field, String rule, String message) {
        assertThatThrownBy(() -> Mapping.parse(Sample.mapping(rule)).check(CanonicalSchema.parse(Sample.avsc(field))))
                .isInstanceOf(ConfigException.class)
                .hasMessage("mapping: fields[1].field: " + message);
    }
}
