package io.tandem.connect.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Child rows of child rows, and tables and collections that are told apart by constants. */
class TableRuleTest {

    private static final Schema INT = Schema.INT32_SCHEMA;
    private static final Schema TEXT = Schema.OPTIONAL_STRING_SCHEMA;

    private static final Sample NESTED = Sample.of("""
            {"name": "lines", "type": {"type": "array", "items": {"type": "record", "name": "Line", "key": ["no"],
              "fields": [{"name": "no", "type": "int"}, {"name": "discounts", "type": {"type": "array", "items":
                {"type": "record", "name": "Discount", "key": ["code"], "fields": [
                  {"name": "code", "type": "string"}, {"name": "percent", "type": "int"}]}}}]}}}""", """
            {"field": "lines", "table": "line", "fields": [{"field": "no", "column": "NO"},
              {"field": "discounts", "table": "line_discount", "fields": [
                {"field": "code", "column": "CODE"}, {"field": "percent", "column": "PCT", "type": "int16"}]}]}""");
    private static final Schema DISCOUNT = Structs.schema("CODE", Schema.STRING_SCHEMA, "PCT", Schema.INT16_SCHEMA);
    private static final Schema LINE = Structs.schema(
            "NO", INT, "line_discount", SchemaBuilder.array(DISCOUNT).build());

    private static final String CONTACTS = """
            {"name": "contacts", "type": {"type": "array", "items": {"type": "record", "name": "Contact",
              "key": ["kind", "pos"], "fields": [{"name": "kind", "type": "string"}, {"name": "pos", "type": "int"},
                {"name": "text", "type": ["null", "string"]}]}}}""";
    private static final String CONTACT_FIELDS =
            "\"fields\": [{\"field\": \"pos\", \"column\": \"POS\"}, {\"field\": \"text\", \"column\": \"TEXT\"}]}";
    private static final Sample TABLES = Sample.of(
            CONTACTS,
            "{\"field\": \"contacts\", \"table\": \"S\", \"where\": {\"kind\": \"SHIP\"}, " + CONTACT_FIELDS
                    + ", {\"field\": \"contacts\", \"table\": \"B\", \"where\": {\"kind\": \"BILL\"}, "
                    + CONTACT_FIELDS);
    private static final Schema CONTACT_ROW = Structs.schema("POS", INT, "TEXT", TEXT);

    private static final String COLLECTION = """
            {"type": "array", "items": {"type": "record", "name": "%s", "key": ["x"],
              "fields": [{"name": "x", "type": "int"}]}}""";
    private static final String AS = "{\"name\": \"as\", \"type\": " + COLLECTION.formatted("A") + "}, ";
    private static final String BS = "{\"name\": \"bs\", \"type\": " + COLLECTION.formatted("B") + "}";
    private static final String BS_OR_NULL =
            "{\"name\": \"bs\", \"type\": [\"null\", " + COLLECTION.formatted("B") + "]}";
    private static final String ROWS = """
            {"field": "as", "table": "T", "rows": {"KIND": "A", "FLAG": 1}, "fields": [
              {"field": "x", "column": "X"}]},
            {"field": "bs", "table": "T", "rows": {"KIND": "B", "FLAG": 1}, %s "fields": [
              {"field": "x", "column": "X"%s}]}""";
    private static final Sample KINDS = Sample.of(AS + BS, ROWS.formatted("", ""));
    private static final Schema KIND_ROW = Structs.schema("X", INT, "KIND", TEXT, "FLAG", Schema.OPTIONAL_INT16_SCHEMA);

    private static Struct contacts(@Nullable List<Struct> shipping, @Nullable List<Struct> billing) {
        Schema rows = SchemaBuilder.array(CONTACT_ROW).optional().build();
        return Sample.row(
                columns -> columns.field("B", rows).field("S", rows),
                row -> row.put("B", billing).put("S", shipping));
    }

    private static Struct contact(String kind, int position) {
        Schema element = TABLES.canonical().field("contacts").schema().valueSchema();
        return Structs.of(element, kind, position, "t");
    }

    private static Struct canonical(Sample sample, Object... collections) {
        Struct data = new Struct(sample.canonical()).put("id", 7L);
        for (int i = 0; i < collections.length; i++) {
            data.put(sample.canonical().fields().get(i + 1), collections[i]);
        }
        return data;
    }

    private static void assertRefused(Runnable work, String message) {
        assertThatThrownBy(work::run)
                .isInstanceOf(DataException.class)
                .hasMessageStartingWith("aggregate sample, key ")
                .hasMessageNotContaining(Sample.SECRET)
                .hasMessageEndingWith(": " + message);
    }

    @Test
    void rowsOfRowsAreCollectionsOfElementsBothWays() {
        // given
        Struct row = Structs.row(
                "line",
                LINE,
                Structs.of(LINE, 2, List.of()),
                Structs.of(
                        LINE, 1, List.of(Structs.of(DISCOUNT, "z", (short) 5), Structs.of(DISCOUNT, "a", (short) 7))));

        // when
        Struct mapped = NESTED.toCanonical(row);
        Struct back = NESTED.fromCanonical(mapped);

        // then
        List<Struct> lines = mapped.getArray("lines");
        assertThat(lines).extracting(line -> line.get("no")).containsExactly(1, 2);
        List<Struct> discounts = lines.get(0).getArray("discounts");
        assertThat(discounts).extracting(discount -> discount.get("code")).containsExactly("a", "z");
        assertThat(lines.get(1).getArray("discounts")).isEmpty();
        assertThat(Structs.plain(back)).isEqualTo(Structs.plain(row));
    }

    @Test
    void aValueOfARowOfARowIsNamedWithAllIndexesAndTables() {
        // given
        Struct data = canonical(NESTED);
        Schema line = NESTED.canonical().field("lines").schema().valueSchema();
        Schema discount = line.field("discounts").schema().valueSchema();
        data.put("lines", List.of(Structs.of(line, 1, List.of(Structs.of(discount, Sample.SECRET, 40_000)))));

        // then
        assertRefused(
                () -> NESTED.fromCanonical(data),
                "lines[0].discounts[0].percent (column PCT of line_discount of line): does not fit int16 exactly");
    }

    @Test
    void severalTablesAreOneCollectionAndItsElementsGoBackToTheirTables() {
        // given
        Struct row = contacts(
                List.of(Structs.of(CONTACT_ROW, 1, "s")),
                List.of(Structs.of(CONTACT_ROW, 2, "b2"), Structs.of(CONTACT_ROW, 1, "b1")));

        // when
        Struct mapped = TABLES.toCanonical(row);
        Struct back = TABLES.fromCanonical(mapped);

        // then
        assertThat(mapped.<Struct>getArray("contacts"))
                .extracting(contact -> contact.getString("kind") + contact.get("pos") + contact.get("text"))
                .containsExactly("BILL1b1", "BILL2b2", "SHIP1s");
        assertThat(Structs.plain(back)).isEqualTo(Structs.plain(row));
    }

    @Test
    void anElementThatNoTableTakesIsRefused() {
        assertRefused(
                () -> TABLES.fromCanonical(canonical(TABLES, List.of(contact("BILL", 1), contact(Sample.SECRET, 1)))),
                "contacts[1] (child table S, child table B): the element belongs to none of the rules of the collection, "
                        + "by \"where\"");
    }

    @Test
    void aCollectionThatIsNullIsRefused() {
        assertRefused(
                () -> TABLES.toCanonical(contacts(List.of(), null)),
                "contacts (child table B): is null; no rows at all would be an empty array");
        assertRefused(
                () -> TABLES.toCanonical(
                        contacts(List.of(Structs.of(CONTACT_ROW, 1, "s"), Structs.of(CONTACT_ROW, 1, "t")), List.of())),
                "contacts (child table S, child table B): two rows have the same kind, pos");
    }

    @Test
    void oneTableIsSeveralCollectionsAndTheConstantsGoBackToItsColumns() {
        // given
        Struct row = Structs.row(
                "T",
                KIND_ROW,
                Structs.of(KIND_ROW, 1, "B", (short) 1),
                Structs.of(KIND_ROW, 1, "A", (short) 1),
                Structs.of(KIND_ROW, 2, "B", (short) 1));

        // when
        Struct mapped = KINDS.toCanonical(row);
        Struct back = KINDS.fromCanonical(mapped);

        // then
        assertThat(mapped.<Struct>getArray("as")).extracting(a -> a.get("x")).containsExactly(1);
        assertThat(mapped.<Struct>getArray("bs")).extracting(b -> b.get("x")).containsExactly(1, 2);
        assertThat(Structs.plain(back)).isEqualTo(Structs.plain(row));
        assertThat(back.schema().fields()).extracting(Field::name).containsExactly("ID", "T");
    }

    @Test
    void aRowThatBelongsToNoCollectionIsRefused() {
        String message =
                "as[0] (child table T): the row belongs to none of the table's rules, by \"rows\"; it would be "
                        + "missing on the other masters and be deleted by their next write";

        assertRefused(
                () -> KINDS.toCanonical(Structs.row("T", KIND_ROW, Structs.of(KIND_ROW, 1, Sample.SECRET, (short) 1))),
                message);
        assertRefused(
                () -> KINDS.toCanonical(Structs.row("T", KIND_ROW, Structs.of(KIND_ROW, 1, null, (short) 1))), message);
    }

    @Test
    void aConstantThatDoesNotFitItsColumnIsRefused() {
        // given
        Schema other = Structs.schema("X", INT, "KIND", INT, "FLAG", Schema.INT16_SCHEMA);
        Schema less = Structs.schema("X", INT, "FLAG", Schema.INT16_SCHEMA);

        // then
        assertRefused(
                () -> KINDS.toCanonical(Structs.row("T", other)),
                "as (child table T): KIND, which the rule or slot is chosen by, has another type: expected a constant of "
                        + "the type int32");
        assertRefused(
                () -> KINDS.toCanonical(Structs.row("T", less)),
                "as (child table T): the record lacks KIND, which the rule or slot is chosen by");
    }

    @Test
    void twoTypesForOneColumnAreRefused() {
        // given
        Sample sample = Sample.of(AS + BS, ROWS.formatted("", ", \"type\": \"int16\""));

        // then
        assertRefused(
                () -> sample.fromCanonical(canonical(sample, List.of(), List.of())),
                "bs[].X (column X of T): two rules of the table give the column two types, int32 and int16; say \"type\" "
                        + "in both");
    }

    private static final Sample MAYBE = Sample.of(AS + BS_OR_NULL, ROWS.formatted("\"none\": \"null\",", ""));

    @Test
    void noRowsAreNullWhereTheRuleSaysSo() {
        // given
        Struct row = Structs.row("T", KIND_ROW, Structs.of(KIND_ROW, 1, "A", (short) 1));

        // when
        Struct mapped = MAYBE.toCanonical(row);

        // then
        assertThat(mapped.get("bs")).isNull();
        assertThat(Structs.plain(MAYBE.fromCanonical(mapped))).isEqualTo(Structs.plain(row));
        assertThat(MAYBE.toCanonical(Structs.row("T", KIND_ROW)).get("as")).isEqualTo(List.of());
    }

    @Test
    void anEmptyArrayIsRefusedWhereNoRowsAreNull() {
        assertRefused(
                () -> MAYBE.fromCanonical(canonical(MAYBE, List.of(), List.of())),
                "bs (child table T): is an empty array, but no rows stand for null here, so it would come back as null");
    }

    @Test
    void emptySlotsAreNullWhereTheRuleSaysSo() {
        // given
        Sample slots = Sample.of("""
                {"name": "ps", "type": ["null", {"type": "array", "items": {"type": "record", "name": "P",
                  "fields": [{"name": "n", "type": "int"}, {"name": "v", "type": ["null", "string"]}]}}]}""", """
                {"field": "ps", "none": "null", "repeated": [
                  {"where": {"n": 1}, "fields": [{"field": "v", "column": "V1"}]}]}""");

        // when
        Struct mapped = slots.toCanonical(Sample.row("V1", TEXT, null));

        // then
        assertThat(mapped.get("ps")).isNull();
        assertThat(slots.fromCanonical(mapped).get("V1")).isNull();
        assertRefused(
                () -> slots.fromCanonical(canonical(slots, List.of())),
                "ps (column V1): is an empty array, but no elements are null here, so it would come back as null");
        assertThat(Arrays.asList(slots.toCanonical(Sample.row("V1", TEXT, "x"))
                        .getArray("ps")
                        .toArray()))
                .hasSize(1);
    }
}
