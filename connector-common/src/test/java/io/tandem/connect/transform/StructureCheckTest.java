package io.tandem.connect.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is refused about collections, extensions, arrays and absent fields before there are records. */
class StructureCheckTest {

    private static final String CONTACTS = """
            {"name": "contacts", "type": {"type": "array", "items": {"type": "record", "name": "Contact",
              "key": ["kind", "pos"], "fields": [
                {"name": "kind", "type": {"type": "enum", "name": "Kind", "symbols": ["BILLING", "SHIPPING"]}},
                {"name": "pos", "type": "int"}, {"name": "text", "type": ["null", "string"]}]}}}""";
    private static final String LOOSE = CONTACTS.replace("\"key\": [\"kind\", \"pos\"],", "");
    private static final String MAYBE = CONTACTS.replace("{\"type\": \"array\"", "[\"null\", {\"type\": \"array\"")
            .replaceFirst("}}}$", "}}]}");
    private static final String TWO = """
            {"name": "as", "type": {"type": "array", "items": {"type": "record", "name": "A", "key": ["x"],
              "fields": [{"name": "x", "type": "int"}]}}},
            {"name": "bs", "type": {"type": "array", "items": {"type": "record", "name": "B", "key": ["x"],
              "fields": [{"name": "x", "type": "int"}]}}}""";
    private static final String NOTE = "{\"name\": \"note\", \"type\": \"string\"}";
    private static final String TAGS = "{\"name\": \"tags\", \"type\": {\"type\": \"array\", \"items\": %s}}";

    private static String contacts(String table, String more) {
        return "{\"field\": \"contacts\", \"table\": \"" + table + "\", " + more + "\"fields\": ["
                + (more.contains("\"kind\"") ? "" : "{\"field\": \"kind\", \"column\": \"KIND\"}, ")
                + "{\"field\": \"pos\", \"column\": \"POS\"}"
                + (more.contains("\"text\"") ? "" : ", {\"field\": \"text\", \"column\": \"TEXT\"}") + "]}";
    }

    private static String rows(String field, String rows, String column) {
        return "{\"field\": \"" + field + "\", \"table\": \"T\", " + rows
                + "\"fields\": [{\"field\": \"x\", \"column\": \"" + column + "\"}]}";
    }

    private static String kind(String kind) {
        return "\"where\": {\"kind\": \"" + kind + "\"}, ";
    }

    private static Arguments refused(String fields, String rules, String message) {
        return arguments(fields, Sample.mapping(rules), message);
    }

    static Stream<Arguments> documents() {
        return Stream.of(
                refused(
                        CONTACTS,
                        contacts("B", kind("BILLING")) + ", " + contacts("S", ""),
                        "fields[2]: several rules map contacts, so each needs \"where\": the constants of its elements, "
                                + "by which they are told apart"),
                refused(
                        CONTACTS,
                        contacts("B", "") + ", " + contacts("S", kind("SHIPPING")),
                        "fields[1]: several rules map contacts, so each needs \"where\""),
                refused(
                        CONTACTS,
                        contacts("B", kind("BILLING")) + ", " + contacts("S", "\"where\": {\"text\": \"x\"}, "),
                        "fields[2].where: expected the same fields as in the other rules of contacts"),
                refused(
                        CONTACTS,
                        contacts("B", kind("BILLING")) + ", " + contacts("S", kind("BILLING")),
                        "fields[2].where: expected other constants than in the other rules of contacts, so that an "
                                + "element belongs to one of them"),
                refused(
                        CONTACTS,
                        contacts("B", kind("PRIVATE")),
                        "fields[1].where.kind: PRIVATE is no symbol of the enum"),
                refused(
                        CONTACTS,
                        contacts("B", "\"where\": {\"kind\": 1}, "),
                        "fields[1].where.kind: expected a constant of the type string"),
                refused(
                        LOOSE,
                        contacts("B", kind("BILLING")) + ", " + contacts("S", kind("SHIPPING")),
                        "fields[2]: several rules map contacts, so its records need the property \"key\" in the "
                                + "canonical schema: the fields by which all masters put the elements in the same order"),
                refused(
                        MAYBE,
                        contacts("B", "\"none\": \"null\", " + kind("BILLING")) + ", "
                                + contacts("S", kind("SHIPPING")),
                        "fields[2].none: expected the same as in the other rules of contacts"),
                refused(
                        CONTACTS,
                        contacts("B", "\"none\": \"null\", "),
                        "fields[1].none: contacts can't be null; leave it out, no elements are an empty array then"),
                refused(
                        CONTACTS,
                        contacts("B", "\"none\": \"empty\", "),
                        "fields[1].none: expected the text \"null\": no elements are null, and not an empty array"),
                refused(
                        TWO,
                        rows("as", "\"rows\": {\"K\": \"A\"}, ", "X") + ", " + rows("bs", "", "X"),
                        "fields[2]: several rules map the table T, so each needs \"rows\": the constants in the columns "
                                + "of its rows, by which they are told apart"),
                refused(
                        TWO,
                        rows("as", "\"rows\": {\"K\": \"A\"}, ", "X") + ", "
                                + rows("bs", "\"rows\": {\"L\": \"B\"}, ", "X"),
                        "fields[2].rows: expected the same columns as in the other rules of the table T"),
                refused(
                        TWO,
                        rows("as", "\"rows\": {\"K\": 1}, ", "X") + ", " + rows("bs", "\"rows\": {\"K\": 1.0}, ", "X"),
                        "fields[2].rows: expected other constants than in the other rules of the table T, so that a row "
                                + "belongs to one of them"),
                refused(
                        TWO,
                        rows("as", "\"rows\": {\"K\": \"A\"}, ", "X") + ", "
                                + rows("bs", "\"rows\": {\"K\": \"B\"}, ", "Y"),
                        "fields[2].fields: expected the same columns as in the other rules of the table T, which has X"),
                refused(
                        TWO,
                        rows("as", "\"rows\": {\"X\": \"A\"}, ", "X"),
                        "fields[1].fields[0].column: X is mapped by another rule too"),
                refused(
                        CONTACTS + ", " + NOTE,
                        contacts("C", "") + ", {\"extension\": \"C\", \"fields\": []}",
                        "fields[2].fields: expected an array with at least one item"),
                refused(
                        CONTACTS + ", " + NOTE,
                        contacts("C", "")
                                + ", {\"extension\": \"C\", \"fields\": [{\"field\": \"note\", \"column\": \"N\"}]}",
                        "fields[2].extension: C is mapped by another rule too"),
                refused(
                        NOTE,
                        "{\"extension\": \"E\", \"fields\": [{\"field\": \"note\", \"column\": \"N\"}]}",
                        "fields[1]: the canonical field note is required, but null if there is no row; make it optional,"
                                + " or say \"required\": true if there is always a row"),
                refused(
                        NOTE,
                        "{\"extension\": \"E\", \"required\": 1, \"fields\": [{\"field\": \"note\", \"column\": \"N\"}]}",
                        "fields[1].required: expected true or false"),
                refused(
                        NOTE,
                        "{\"extension\": \"E\", \"field\": \"note\", \"fields\": []}",
                        "fields[1].field: unknown member; an extension rule has extension, required, fields"),
                refused(
                        CONTACTS,
                        "{\"extension\": \"E\", \"fields\": [" + contacts("C", "") + "]}",
                        "fields[1].fields[0]: an extension has rules for values only; map child rows and repeated "
                                + "columns beside it"),
                refused(
                        TAGS.formatted("\"string\""),
                        "{\"field\": \"tags\", \"column\": \"T\", \"type\": \"string\"}",
                        "fields[1]: a rule for an array has field, column, and at most \"format\" or \"separator\""),
                refused(
                        TAGS.formatted("\"string\""),
                        "{\"field\": \"tags\", \"column\": \"T\", \"format\": \"csv\"}",
                        "fields[1].format: expected \"json\", the only format of an array"),
                refused(
                        TAGS.formatted("\"double\""),
                        "{\"field\": \"tags\", \"column\": \"T\", \"format\": \"json\"}",
                        "fields[1].format: tags: elements of the type float64 can't be kept as JSON exactly; expected "
                                + "text, boolean, whole numbers or decimals"),
                refused(
                        TAGS.formatted("\"bytes\""),
                        "{\"field\": \"tags\", \"column\": \"T\", \"format\": \"json\"}",
                        "fields[1].format: tags: elements of the type bytes can't be kept as JSON exactly"),
                refused(
                        TAGS.formatted("\"boolean\""),
                        "{\"field\": \"tags\", \"column\": \"T\", \"separator\": \",\"}",
                        "fields[1].separator: tags: there is no exact conversion from boolean to string"),
                refused(
                        TAGS.formatted("\"string\""),
                        "{\"field\": \"tags\", \"column\": \"T\", \"separator\": \"\"}",
                        "fields[1].separator: expected a text that isn't empty"),
                refused(
                        TAGS.formatted("\"string\""),
                        "{\"field\": \"tags\", \"column\": \"T\", \"separator\": \",\", \"format\": \"json\"}",
                        "fields[1].format: unknown member; a rule for an array with a separator has field, column, "
                                + "separator"),
                refused(
                        NOTE,
                        "{\"field\": \"note\", \"column\": \"N\", \"separator\": \",\"}",
                        "fields[1].field: note is not an array, so it has no \"separator\""),
                refused(
                        CONTACTS,
                        "{\"field\": \"contacts\", \"column\": \"N\", \"separator\": \",\"}",
                        "fields[1].field: contacts is a collection; map it by \"table\" or \"repeated\""));
    }

    private static final String PLAIN = "{\"field\": \"note\", \"column\": \"N\"}";

    private static Arguments absent(String fields, String message, String... absent) {
        return arguments(fields, Sample.mapping(PLAIN, absent), message);
    }

    static Stream<Arguments> absentFields() {
        String record = "{\"name\": \"r\", \"type\": {\"type\": \"record\", \"name\": \"R\", \"fields\": ["
                + "{\"name\": \"a\", \"type\": [\"null\", \"int\"]}, {\"name\": \"b\", \"type\": \"int\"}]}}";
        return Stream.of(
                absent(NOTE, "absent[0]: the canonical schema has no field other", "other"),
                absent(NOTE, "absent[0]: the canonical schema has no field note.other", "note.other"),
                absent(NOTE, "absent[0]: the canonical schema has no field other.", "other."),
                absent(NOTE, "absent[0]: the canonical field id belongs to a key, which every master has", "id"),
                absent(
                        NOTE + ", " + CONTACTS,
                        "absent[0]: the canonical field contacts.pos belongs to a key, which every master has",
                        "contacts.pos"),
                absent(
                        NOTE + ", " + CONTACTS,
                        "absent[0]: the canonical field contacts must be optional or have a default in the canonical "
                                + "schema, since this master has nothing to put there",
                        "contacts"),
                absent(
                        NOTE + ", " + record,
                        "absent[0]: the canonical field r must be optional or have a default",
                        "r"),
                absent(
                        NOTE.replace("\"string\"", "[\"null\", \"string\"]"),
                        "fields: the canonical field note is mapped, but listed in \"absent\" too",
                        "note"),
                absent(
                        NOTE + ", " + record.replace("\"int\"}", "[\"null\", \"int\"]}"),
                        "fields: the canonical field r.b is not mapped by any rule; it would overwrite the other master's"
                                + " value with null; if this master doesn't have it, list it in \"absent\"",
                        "r.a"),
                absent(NOTE, "absent[1]: is listed twice", "x", "x"));
    }

    @ParameterizedTest
    @MethodSource({"documents", "absentFields"})
    void aDocumentThatIsNotExactIsRefusedWithThePlace(String fields, String mapping, String message) {
        assertThatThrownBy(() -> Mapping.parse(mapping).check(CanonicalSchema.parse(Sample.avsc(fields))))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("mapping: " + message);
    }

    @Test
    void aTableHasOnePlaceInTheAggregate() {
        // given
        String inner = "{\"field\": \"c\", \"table\": \"T\", \"fields\": [{\"field\": \"x\", \"column\": \"X\"}, "
                + "{\"field\": \"d\", \"table\": \"%s\", \"fields\": [{\"field\": \"y\", \"column\": \"Y\"}]}]}";
        String fields = "{\"name\": \"c\", \"type\": {\"type\": \"array\", \"items\": {\"type\": \"record\", \"name\":"
                + " \"C\", \"key\": [\"x\"], \"fields\": [{\"name\": \"x\", \"type\": \"int\"}, {\"name\": \"d\", \"type\":"
                + " {\"type\": \"array\", \"items\": {\"type\": \"record\", \"name\": \"D\", \"fields\": [{\"name\":"
                + " \"y\", \"type\": \"int\"}]}}}]}}}";
        CanonicalSchema canonical = CanonicalSchema.parse(Sample.avsc(fields));

        // then
        Mapping.parse(Sample.mapping(inner.formatted("U"))).check(canonical);
        assertThatThrownBy(() ->
                        Mapping.parse(Sample.mapping(inner.formatted("T"))).check(canonical))
                .hasMessage(
                        "mapping: fields[1].fields[1].table: T is mapped below the root too; a table has one place in "
                                + "the aggregate");
    }

    @Test
    void tellsTheColumnsOfAllTables() {
        // when
        Mapping mapping = Mapping.parse(Sample.mapping("""
                {"field": "a", "table": "T", "rows": {"K": "A"}, "fields": [{"field": "x", "column": "X"},
                  {"field": "u", "table": "U", "fields": [{"field": "y", "column": "Y"}]}]},
                {"field": "b", "table": "T", "rows": {"K": "B"}, "fields": [{"field": "z", "column": "Z"}]},
                {"field": "tags", "column": "TAGS", "separator": ","},
                {"extension": "E", "fields": [{"field": "n", "column": "N"}]}""", "creditLimit"));

        // then
        assertThat(mapping.rootColumns()).containsExactly("ID", "TAGS");
        assertThat(mapping.childColumns().keySet()).containsExactly("T", "U", "E");
        assertThat(mapping.childColumns().get("T")).containsExactly("K", "X", "Z");
        assertThat(mapping.childColumns().get("U")).isEqualTo(Set.of("Y"));
        assertThat(mapping.childColumns().get("E")).isEqualTo(Set.of("N"));
        assertThat(mapping.absent()).isEqualTo(List.of("creditLimit"));
    }
}
