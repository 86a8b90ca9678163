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
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CollectionRuleTest {

    private static final Schema TEXT = Schema.OPTIONAL_STRING_SCHEMA;

    private static final String PHONES = """
            {"name": "phones", "type": {"type": "array", "items": {"type": "record", "name": "Phone", "key": ["pos"],
              "fields": [{"name": "pos", "type": "int"}, {"name": "number", "type": ["null", "string"]},
                         {"name": "kind", "type": ["null", "string"]}]}}}""";

    private static final Sample SLOTS = Sample.of(PHONES, """
            {"field": "phones", "repeated": [
              {"where": {"pos": 2}, "fields": [
                {"field": "number", "column": "P2"}, {"field": "kind", "column": "K2", "null": "-"}]},
              {"where": {"pos": 1}, "fields": [
                {"field": "number", "column": "P1"}, {"field": "kind", "column": "K1", "null": "-"}]}]}""");

    private static final Sample TABLE = Sample.of(PHONES, """
            {"field": "phones", "table": "PHONE", "fields": [
              {"field": "pos", "column": "POS", "type": "int16"},
              {"field": "number", "column": "NUM"}, {"field": "kind", "column": "KIND"}]}""");

    private static final Schema ROW = SchemaBuilder.struct()
            .name("row")
            .field("ID", Schema.INT64_SCHEMA)
            .field("POS", Schema.INT16_SCHEMA)
            .field("NUM", TEXT)
            .field("KIND", TEXT)
            .build();

    private static final Schema ELEMENT = CanonicalSchema.parse(Sample.avsc(PHONES))
            .data()
            .field("phones")
            .schema()
            .valueSchema();

    private static Struct slots(@Nullable String number1, String kind1, String number2, String kind2) {
        return Sample.row(
                row -> row.field("P1", TEXT).field("K1", TEXT).field("P2", TEXT).field("K2", TEXT),
                row -> row.put("P1", number1)
                        .put("K1", kind1)
                        .put("P2", number2)
                        .put("K2", kind2));
    }

    private static Struct child(int position, String number) {
        return new Struct(ROW)
                .put("ID", 7L)
                .put("POS", (short) position)
                .put("NUM", number)
                .put("KIND", "k");
    }

    private static Struct table(Struct... children) {
        return Sample.row("PHONE", SchemaBuilder.array(ROW).build(), Arrays.asList(children));
    }

    private static Struct element(int position, @Nullable String number) {
        return new Struct(ELEMENT).put("pos", position).put("number", number);
    }

    private static Struct canonical(Struct... elements) {
        return new Struct(CanonicalSchema.parse(Sample.avsc(PHONES)).data())
                .put("id", 7L)
                .put("phones", Arrays.asList(elements));
    }

    @Test
    void slotsAreElementsInTheCanonicalOrderAndComeBackToTheirColumns() {
        // given
        Struct row = slots("111", "h", "222", "-");

        // when
        Struct mapped = SLOTS.toCanonical(row);
        Struct back = SLOTS.fromCanonical(mapped);

        // then
        List<Struct> phones = mapped.getArray("phones");
        assertThat(phones).extracting(phone -> phone.get("pos")).containsExactly(1, 2);
        assertThat(phones).extracting(phone -> phone.get("number")).containsExactly("111", "222");
        assertThat(phones).extracting(phone -> phone.get("kind")).containsExactly("h", null);
        assertThat(back.get("P1")).isEqualTo("111");
        assertThat(back.get("K1")).isEqualTo("h");
        assertThat(back.get("P2")).isEqualTo("222");
        assertThat(back.get("K2")).isEqualTo("-");
    }

    @Test
    void aSlotWithNothingInItIsNoElementAndComesBackEmpty() {
        // when
        Struct mapped = SLOTS.toCanonical(slots(null, "-", "222", "h"));
        Struct back = SLOTS.fromCanonical(mapped);

        // then
        assertThat(mapped.getArray("phones")).hasSize(1);
        assertThat(back.get("P1")).isNull();
        assertThat(back.get("K1")).isEqualTo("-");
        assertThat(back.get("P2")).isEqualTo("222");
    }

    static Stream<Arguments> elementsThatSlotsCannotHold() {
        return Stream.of(
                arguments(
                        canonical(element(1, "1"), element(9, Sample.SECRET)),
                        "phones[1] (column P2, column K2, column P1, column K1): fits no slot"),
                arguments(
                        canonical(element(1, "1"), element(1, Sample.SECRET)),
                        "phones[1] (column P2, column K2, column P1, column K1): is the second element for its slot"),
                arguments(
                        canonical(element(2, null)),
                        "phones[0] (column P2, column K2, column P1, column K1): holds nothing but null, which would "
                                + "be no element at all"),
                arguments(
                        canonical(element(2, Sample.SECRET).put("kind", "-")),
                        "phones[0].kind (column K2): is a value that means null in the column"));
    }

    @ParameterizedTest
    @MethodSource("elementsThatSlotsCannotHold")
    void anElementThatNoSlotCanHoldIsRefused(Struct data, String message) {
        assertThatThrownBy(() -> SLOTS.fromCanonical(data))
                .isInstanceOf(DataException.class)
                .hasMessageStartingWith("aggregate sample, key ")
                .hasMessageEndingWith(": " + message);
    }

    @Test
    void childRowsAreElementsInTheCanonicalOrderAndKeepTheMappedColumnsOnly() {
        // when
        Struct mapped = TABLE.toCanonical(table(child(10, "b"), child(9, "a")));
        Struct back = TABLE.fromCanonical(mapped);

        // then
        List<Struct> phones = mapped.getArray("phones");
        assertThat(phones).extracting(phone -> phone.get("pos")).containsExactly(9, 10);
        List<Struct> rows = back.getArray("PHONE");
        assertThat(rows).extracting(row -> row.get("POS")).containsExactly((short) 9, (short) 10);
        assertThat(rows).extracting(row -> row.get("NUM")).containsExactly("a", "b");
        assertThat(rows.get(0).schema().fields())
                .extracting(field -> field.name())
                .containsExactly("POS", "NUM", "KIND");
    }

    @Test
    void noChildRowsAreAnEmptyCollection() {
        Struct mapped = TABLE.toCanonical(table());

        assertThat(mapped.getArray("phones")).isEmpty();
        assertThat(TABLE.fromCanonical(mapped).getArray("PHONE")).isEmpty();
    }

    @Test
    void textOrdersElementsAsJavaDoesWhateverTheCollation() {
        // given
        Sample sample = Sample.of("""
                {"name": "tags", "type": {"type": "array", "items": {"type": "record", "name": "Tag", "key": ["t"],
                  "fields": [{"name": "t", "type": "string"}]}}}""", """
                {"field": "tags", "table": "TAG", "fields": [{"field": "t", "column": "T"}]}""");
        Schema row = SchemaBuilder.struct().field("T", Schema.STRING_SCHEMA).build();
        List<Struct> rows = Stream.of("a", "ä", "B", "b")
                .map(t -> new Struct(row).put("T", t))
                .toList();

        // when
        List<Struct> tags = sample.toCanonical(
                        Sample.row("TAG", SchemaBuilder.array(row).build(), rows))
                .getArray("tags");

        // then
        assertThat(tags).extracting(tag -> tag.get("t")).containsExactly("B", "a", "b", "ä");
    }

    @Test
    void twoRowsWithTheSameElementKeyAreRefused() {
        assertThatThrownBy(() -> TABLE.toCanonical(table(child(1, Sample.SECRET), child(1, "b"))))
                .isInstanceOf(DataException.class)
                .hasMessageStartingWith("aggregate sample, key ")
                .hasMessageEndingWith(": phones (child table PHONE): two rows have the same pos");
    }

    @Test
    void aValueOfAnElementThatCannotBeMappedIsNamedWithTheIndexAndTheTable() {
        // given
        Struct tooBig = element(40_000, Sample.SECRET);

        // then
        assertThatThrownBy(() -> TABLE.fromCanonical(canonical(element(1, "a"), tooBig)))
                .isInstanceOf(DataException.class)
                .hasMessageStartingWith("aggregate sample, key ")
                .hasMessageEndingWith(": phones[1].pos (column POS of PHONE): does not fit int16 exactly");
    }

    @Test
    void aLocalRecordWithoutTheCollectionOrTheColumnIsRefused() {
        // given
        Schema other = SchemaBuilder.struct()
                .field("POS", Schema.INT16_SCHEMA)
                .field("NUM", TEXT)
                .build();

        // then
        assertThatThrownBy(() -> TABLE.toCanonical(Sample.row("X", TEXT, Sample.SECRET)))
                .isInstanceOf(DataException.class)
                .hasMessageStartingWith("aggregate sample, key ")
                .hasMessageEndingWith(
                        ": phones (child table PHONE): the local record has no such collection of " + "child rows");
        assertThatThrownBy(() -> TABLE.toCanonical(
                        Sample.row("PHONE", SchemaBuilder.array(other).build(), List.of())))
                .isInstanceOf(DataException.class)
                .hasMessageStartingWith("aggregate sample, key ")
                .hasMessageEndingWith(": phones[].kind (column KIND of PHONE): the local record has no such column");
    }
}
