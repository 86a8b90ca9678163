package io.tandem.connect.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tandem.connect.record.AlignmentSchema;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.transforms.Transformation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A field that one master does not have is left alone on the other. */
class AbsentFieldTest {

    private static final Schema TEXT = Schema.OPTIONAL_STRING_SCHEMA;
    private static final String FIELDS = """
            {"name": "name", "type": ["null", "string"]},
            {"name": "limit", "type": "int", "default": 5},
            {"name": "geo", "type": ["null", {"type": "record", "name": "Geo", "fields": [
              {"name": "lat", "type": "int"}, {"name": "zone", "type": "int", "default": 1}]}]},
            {"name": "addresses", "type": {"type": "array", "items": {"type": "record", "name": "Address", "key": ["no"],
              "fields": [{"name": "no", "type": "int"}, {"name": "zip", "type": ["null", "string"]}]}}},
            {"name": "remarks", "type": {"type": "array", "items": {"type": "record", "name": "Remark", "key": ["no"],
              "fields": [{"name": "no", "type": "int"}]}}, "default": []}""";

    private static final Sample FULL = Sample.of(FIELDS, """
            {"field": "name", "column": "NAME"}, {"field": "limit", "column": "LIMIT"},
            {"field": "geo.lat", "column": "LAT"}, {"field": "geo.zone", "column": "ZONE"},
            {"field": "addresses", "table": "ADDRESS", "fields": [
              {"field": "no", "column": "NO"}, {"field": "zip", "column": "ZIP"}]},
            {"field": "remarks", "table": "REMARK", "fields": [{"field": "no", "column": "NO"}]}""");
    private static final Sample POOR = Sample.lacking(FIELDS, """
            {"field": "name", "column": "NAME"},
            {"field": "addresses", "table": "ADDRESS", "fields": [{"field": "no", "column": "NO"}]}""", "limit", "geo", "addresses.zip", "remarks");
    private static final Sample SLOTS = Sample.lacking(FIELDS, """
            {"field": "name", "column": "NAME"}, {"field": "limit", "column": "LIMIT"},
            {"field": "geo.lat", "column": "LAT"},
            {"field": "addresses", "repeated": [{"where": {"no": 1}, "fields": [{"field": "zip", "column": "ZIP"}]}]}""", "geo.zone", "remarks");

    private static final Schema NUMBERED = Structs.schema("NO", Schema.INT32_SCHEMA);

    private static SourceRecord poor(int... addresses) {
        return POOR.canonicalRecord(Sample.row(
                columns -> columns.field("NAME", TEXT)
                        .field("ADDRESS", SchemaBuilder.array(NUMBERED).build()),
                row -> row.put("NAME", "n")
                        .put(
                                "ADDRESS",
                                Arrays.stream(addresses)
                                        .mapToObj(no -> Structs.of(NUMBERED, no))
                                        .toList())));
    }

    private static SourceRecord slots(@Nullable Integer latitude) {
        return SLOTS.canonicalRecord(Sample.row(
                columns -> columns.field("NAME", TEXT)
                        .field("LIMIT", Schema.INT32_SCHEMA)
                        .field("LAT", Schema.OPTIONAL_INT32_SCHEMA)
                        .field("ZIP", TEXT),
                row -> row.put("NAME", "s").put("LIMIT", 9).put("LAT", latitude).put("ZIP", "z")));
    }

    private static Object absent(SourceRecord alignmentRecord) {
        return ((Struct) alignmentRecord.value()).get(AlignmentSchema.ABSENT);
    }

    private static List<String> columns(Struct row) {
        return row.schema().fields().stream().map(Field::name).toList();
    }

    private static void assertRefused(Runnable work, String message) {
        assertThatThrownBy(work::run)
                .isInstanceOf(DataException.class)
                .hasMessageStartingWith("aggregate sample, key ")
                .hasMessageEndingWith(": " + message);
    }

    @Test
    void aMasterThatLacksFieldsPublishesDefaultsAndSaysSo() {
        // when
        SourceRecord canonical = poor(1);

        // then
        assertThat(absent(canonical)).isEqualTo(List.of("limit", "geo", "addresses.zip", "remarks"));
        Struct data = Sample.data(canonical);
        assertThat(data.getWithoutDefault("limit")).isEqualTo(5);
        assertThat(data.get("geo")).isNull();
        assertThat(data.getWithoutDefault("remarks")).isEqualTo(List.of());
        assertThat(data.<Struct>getArray("addresses"))
                .extracting(one -> one.get("zip"))
                .containsOnlyNulls();
        data.validate();
    }

    @Test
    void whatThePublisherLacksIsNoColumnOnTheOtherMaster() {
        // when
        Struct row = Sample.data(FULL.fromCanonical().apply(poor(1, 2)));

        // then
        assertThat(columns(row)).containsExactly("ID", "NAME", "ADDRESS");
        assertThat(row.<Struct>getArray("ADDRESS")).hasSize(2);
        assertThat(columns(row.<Struct>getArray("ADDRESS").get(0))).containsExactly("NO");
    }

    @Test
    void aRecordOfAMasterThatHasEverythingIsMappedAsFarAsTheOtherHasIt() {
        // given
        Struct full = Sample.data(FULL.fromCanonical().apply(slots(3)));

        // when
        SourceRecord canonical = slots(3);
        Struct row = Sample.data(POOR.fromCanonical().apply(canonical));

        // then
        assertThat(columns(full)).containsExactly("ID", "NAME", "LIMIT", "LAT", "ADDRESS");
        assertThat(columns(row)).containsExactly("ID", "NAME", "ADDRESS");
        assertThat(row.get("NAME")).isEqualTo("s");
    }

    @Test
    void aDefaultInARecordThatMayBeNullDoesNotMakeTheRecord() {
        assertThat(Sample.data(slots(null)).get("geo")).isNull();
        assertThat(Sample.data(slots(3)).getStruct("geo").get("zone")).isEqualTo(1);
    }

    @Test
    void recordsWithOtherListsTakeTurnsWithoutHarm() {
        // given
        Transformation<SourceRecord> sink = FULL.fromCanonical();

        // when
        SourceRecord first = sink.apply(poor(1));
        SourceRecord second = sink.apply(slots(3));
        SourceRecord third = sink.apply(poor(2));

        // then
        assertThat(columns(Sample.data(second))).contains("LIMIT").doesNotContain("ZONE");
        assertThat(columns(Sample.data(third))).doesNotContain("LIMIT");
        assertThat(third.valueSchema()).isSameAs(first.valueSchema());
    }

    @Test
    void aRecordOfAnOlderWriterLacksNothing() {
        // given
        SourceRecord local = Sample.local(Sample.row("NAME", TEXT, "x"));
        SchemaBuilder older = SchemaBuilder.struct().name("older");
        slots(3).valueSchema().fields().stream()
                .filter(field -> !field.name().equals(AlignmentSchema.ABSENT))
                .forEach(field -> older.field(field.name(), field.schema()));
        Schema schema = older.build();
        Struct value = new Struct(schema);
        SourceRecord canonical = slots(3);
        schema.fields().forEach(field -> value.put(field, ((Struct) canonical.value()).get(field.name())));

        // when
        SourceRecord mapped = FULL.fromCanonical()
                .apply(canonical.newRecord(
                        "topic", 0, canonical.keySchema(), canonical.key(), schema, value, local.timestamp()));

        // then
        assertThat(columns(Sample.data(mapped)))
                .containsExactly("ID", "NAME", "LIMIT", "LAT", "ZONE", "ADDRESS", "REMARK");
        assertThat(absent(mapped)).isEqualTo(List.of());
    }

    @Test
    void theSchemaOnTheWireIsTheSameWhateverAMasterLacks() {
        assertThat(poor(1).valueSchema()).isEqualTo(slots(3).valueSchema());
    }

    @Test
    void aDeletedAggregateIsDeletedWhateverThePublisherLacks() {
        // given
        SourceRecord canonical = poor(1);
        Struct value = new Struct(canonical.valueSchema());
        canonical.valueSchema().fields().forEach(field -> value.put(field, ((Struct) canonical.value()).get(field)));
        value.put(AlignmentSchema.DATA, null).put(AlignmentSchema.DELETED, true);

        // when
        SourceRecord mapped = FULL.fromCanonical()
                .apply(canonical.newRecord(
                        "topic", 0, canonical.keySchema(), canonical.key(), canonical.valueSchema(), value, 1L));

        // then
        assertThat(Sample.data(mapped)).isNull();
    }

    @Test
    void aSlotThatIsChosenByAnAbsentFieldIsRefused() {
        // given
        SourceRecord canonical = poor(1);
        ((Struct) canonical.value()).put(AlignmentSchema.ABSENT, List.of("addresses.no"));

        // then
        assertRefused(
                () -> SLOTS.fromCanonical().apply(canonical),
                "addresses (column ZIP): the record lacks no, which the rule or slot is chosen by");
    }

    @Test
    void aKeyThatIsSaidToBeAbsentIsRefused() {
        // given
        SourceRecord canonical = poor(1);
        ((Struct) canonical.value()).put(AlignmentSchema.ABSENT, List.of("id"));

        // then
        assertRefused(
                () -> FULL.fromCanonical().apply(canonical),
                "id: is listed as absent in the record, but belongs to the key");
    }

    @Test
    void collectionsOfOneTableMustBeAbsentTogether() {
        // given
        String collection = """
                {"type": "array", "items": {"type": "record", "name": "%s", "key": ["no"],
                  "fields": [{"name": "no", "type": "int"}, {"name": "t", "type": ["null", "string"]}]}}, "default": []""";
        String fields = "{\"name\": \"as\", \"type\": " + collection.formatted("A") + "}, {\"name\": \"bs\", \"type\": "
                + collection.formatted("B") + "}";
        String rule = """
                {"field": "%s", "table": "T", "rows": {"K": "%s"}, "fields": [
                  {"field": "no", "column": "NO"}, {"field": "t", "column": "X"}]}""";
        Sample one = Sample.of(fields, rule.formatted("as", "A") + ", " + rule.formatted("bs", "B"));
        Schema rows = Structs.schema("NO", Schema.INT32_SCHEMA, "X", TEXT, "K", TEXT);
        SourceRecord canonical = one.canonicalRecord(Structs.row("T", rows, Structs.of(rows, 1, "x", "A")));

        // when
        ((Struct) canonical.value()).put(AlignmentSchema.ABSENT, List.of("as"));

        // then
        assertRefused(
                () -> one.fromCanonical().apply(canonical),
                "as (child table T): is absent in the record, but other fields of the same rule are not, so the rule "
                        + "can't be applied; list all of its fields as absent on the publishing master, or none");
        ((Struct) canonical.value()).put(AlignmentSchema.ABSENT, List.of("as.t"));
        assertRefused(
                () -> one.fromCanonical().apply(canonical),
                "bs (child table T): its elements fill other columns than those of the table's other rules, so some "
                        + "columns would be cleared; list the same fields as absent for all collections of the table");
        ((Struct) canonical.value()).put(AlignmentSchema.ABSENT, List.of("as", "bs"));
        assertThat(columns(Sample.data(one.fromCanonical().apply(canonical)))).containsExactly("ID");
    }
}
