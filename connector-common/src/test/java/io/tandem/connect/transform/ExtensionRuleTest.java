package io.tandem.connect.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ExtensionRuleTest {

    private static final Schema TEXT = Schema.OPTIONAL_STRING_SCHEMA;
    private static final String FIELDS = """
            {"name": "note", "type": ["null", "string"]},
            {"name": "rating", "type": ["null", {"type": "record", "name": "Rating", "fields": [
              {"name": "score", "type": "int"}]}]}""";
    private static final String RULE = """
            {"extension": "customer_ext", %s "fields": [
              {"field": "note", "column": "NOTE"}, {"field": "rating.score", "column": "SCORE", "type": "int16"}]}""";
    private static final Sample OPTIONAL = Sample.of(FIELDS, RULE.formatted(""));
    private static final Sample REQUIRED = Sample.of(FIELDS, RULE.formatted("\"required\": true,"));
    private static final Schema ROW =
            Structs.schema("ID", Schema.INT64_SCHEMA, "NOTE", TEXT, "SCORE", Schema.OPTIONAL_INT16_SCHEMA);

    private static Struct extension(@Nullable String note, @Nullable Integer score) {
        return Structs.of(ROW, 7L, note, score == null ? null : score.shortValue());
    }

    private static Struct row(Struct... extensions) {
        return Structs.row("customer_ext", ROW, (Object[]) extensions);
    }

    private static List<Struct> back(Sample sample, Struct row) {
        return sample.fromCanonical(sample.toCanonical(row)).getArray("customer_ext");
    }

    private static void assertRefused(Runnable work, String message) {
        assertThatThrownBy(work::run)
                .isInstanceOf(DataException.class)
                .hasMessageStartingWith("aggregate sample, key ")
                .hasMessageNotContaining(Sample.SECRET)
                .hasMessageEndingWith(": " + message);
    }

    @Test
    void theColumnsOfTheRowAreFieldsOfTheRecordAround() {
        // when
        Struct mapped = OPTIONAL.toCanonical(row(extension("n", 3)));

        // then
        assertThat(mapped.get("note")).isEqualTo("n");
        assertThat(mapped.getStruct("rating").get("score")).isEqualTo(3);
        List<Struct> back = OPTIONAL.fromCanonical(mapped).getArray("customer_ext");
        assertThat(back).singleElement().satisfies(row -> {
            assertThat(row.get("NOTE")).isEqualTo("n");
            assertThat(row.get("SCORE")).isEqualTo((short) 3);
        });
    }

    @Test
    void noRowIsNullInAllFieldsAndComesBackAsNoRow() {
        // when
        Struct mapped = OPTIONAL.toCanonical(row());

        // then
        assertThat(mapped.get("note")).isNull();
        assertThat(mapped.get("rating")).isNull();
        assertThat(back(OPTIONAL, row())).isEmpty();
        assertThat(back(OPTIONAL, row(extension("n", null)))).hasSize(1);
    }

    @Test
    void aRowWithNothingInItIsKeptOnlyWhereItIsRequired() {
        assertThat(back(OPTIONAL, row(extension(null, null)))).isEmpty();
        assertThat(back(REQUIRED, row(extension(null, null)))).hasSize(1);
    }

    @Test
    void moreRowsThanOneAreRefused() {
        assertRefused(
                () -> OPTIONAL.toCanonical(row(extension(Sample.SECRET, 1), extension("b", 2))),
                "note (extension table customer_ext): there are 2 rows, but an extension has one at most; map the table "
                        + "by \"table\", or delete the others");
    }

    @Test
    void aRequiredRowThatIsMissingIsRefused() {
        assertRefused(
                () -> REQUIRED.toCanonical(row()),
                "note (extension table customer_ext): there is no row, but the rule says that it is required; insert it, "
                        + "or leave out \"required\"");
    }

    @Test
    void aLocalRecordWithoutTheTableOrWithNullForItIsRefused() {
        assertRefused(
                () -> OPTIONAL.toCanonical(Sample.row("OTHER", TEXT, Sample.SECRET)),
                "note (extension table customer_ext): the local record has no such collection of child rows");
        assertRefused(
                () -> OPTIONAL.toCanonical(Sample.row(
                        "customer_ext", SchemaBuilder.array(ROW).optional().build(), null)),
                "note (extension table customer_ext): is null; no row at all would be an empty array");
        assertRefused(
                () -> OPTIONAL.toCanonical(Structs.row("customer_ext", Structs.schema("NOTE", TEXT))),
                "rating.score (column SCORE of customer_ext): the local record has no such column");
    }

    @Test
    void aValueThatDoesNotFitIsNamedWithTheTable() {
        // given
        Struct data = OPTIONAL.toCanonical(row(extension("n", 3)));
        data.getStruct("rating").put("score", 40_000);

        // then
        assertRefused(
                () -> OPTIONAL.fromCanonical(data),
                "rating.score (column SCORE of customer_ext): does not fit int16 exactly");
    }

    @Test
    void someFieldsThatAreAbsentAreLeftAloneOnlyWhereTheRowIsRequired() {
        // given
        Sample publisher = Sample.lacking(FIELDS, "{\"field\": \"note\", \"column\": \"N\"}", "rating");
        var canonical = publisher.canonicalRecord(Sample.row("N", TEXT, "n"));

        // when
        Struct back = Sample.data(REQUIRED.fromCanonical().apply(canonical));

        // then
        assertThat(back.<Struct>getArray("customer_ext")).singleElement().satisfies(row -> {
            assertThat(row.get("NOTE")).isEqualTo("n");
            assertThat(row.schema().field("SCORE")).isNull();
        });
        assertRefused(
                () -> OPTIONAL.fromCanonical().apply(canonical),
                "rating.score (extension table customer_ext): is absent in the record, but other fields of the same rule "
                        + "are not, so the rule can't be applied; list all of its fields as absent on the publishing "
                        + "master, or none");
    }
}
