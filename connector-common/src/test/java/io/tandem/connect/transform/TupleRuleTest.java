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
import org.assertj.core.util.Throwables;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Rules between columns and fields of other numbers than one to one. */
class TupleRuleTest {

    private static final String ABC = Sample.text("a") + ", " + Sample.text("b") + ", " + Sample.text("c");

    private static final Sample JOIN = Sample.of(
            Sample.text("name"), "{\"field\": \"name\", \"join\": [\"A\", \"B\", \"C\"], \"separator\": \" \"}");
    private static final Sample WIDE = Sample.of(
            Sample.text("name"), "{\"field\": \"name\", \"join\": [\"A\", \"B\", \"C\"], \"separator\": \"xx\"}");
    private static final Sample SPLIT =
            Sample.of(ABC, "{\"column\": \"NAME\", \"split\": [\"a\", \"b\", \"c\"], \"separator\": \", \"}");
    private static final Sample NUMBERS = Sample.of(
            Sample.optional("a", "\"int\"") + ", " + Sample.optional("b", "\"long\""),
            "{\"column\": \"NAME\", \"split\": [\"a\", \"b\"], \"separator\": \"/\"}");
    private static final Sample POSITIONS = Sample.of(ABC, """
            {"column": "FLAGS", "positions": [{"field": "a", "length": 1, "codes": {"Y": "yes", " ": "no"}},
              {"field": "b", "length": 3}, {"field": "c", "length": 2}]}""");
    private static final Sample NUMBERED = Sample.of(
            Sample.optional("a", "\"int\"") + ", " + Sample.optional("b", "\"boolean\""),
            "{\"column\": \"FLAGS\", \"positions\": [{\"field\": \"a\", \"length\": 3},"
                    + " {\"field\": \"b\", \"length\": 1, \"codes\": {\"1\": true, \"0\": false}}]}");
    private static final Sample LOOKUP = Sample.withTables(
            Sample.text("city") + ", " + Sample.text("canton"),
            "{\"column\": \"PLZ\", \"lookup\": \"zip\", \"fields\": [\"city\", \"canton\"]}",
            "\"zip\": {\"8001\": [\"Zürich\", \"ZH\"], \"3000\": [\"Bern\", \"BE\"]}");
    private static final Sample CONSTANTS = Sample.of(
            "{\"name\": \"source\", \"type\": \"string\"}",
            "{\"field\": \"source\", \"constant\": \"LEGACY\"}, {\"column\": \"TENANT\", \"constant\": \"T1\"}");

    private static List<@Nullable String> list(@Nullable String... values) {
        return Arrays.asList(values);
    }

    private static Arguments bothWays(Sample sample, List<@Nullable String> local, @Nullable Object... canonical) {
        return arguments(sample, local, Arrays.asList(canonical));
    }

    static Stream<Arguments> forthAndBack() {
        return Stream.of(
                bothWays(JOIN, list("A", "x", "B", "y", "C", "z"), "name", "x y z"),
                bothWays(JOIN, list("A", "x", "B", "y", "C", "z and more"), "name", "x y z and more"),
                bothWays(JOIN, list("A", "x", "B", "y", "C", null), "name", "x y"),
                bothWays(JOIN, list("A", "x", "B", "y", "C", ""), "name", "x y "),
                bothWays(JOIN, list("A", "", "B", "", "C", ""), "name", "  "),
                bothWays(JOIN, list("A", "", "B", null, "C", null), "name", ""),
                bothWays(JOIN, list("A", null, "B", null, "C", null), "name", null),
                bothWays(WIDE, list("A", "a", "B", "bx", "C", null), "name", "axxbx"),
                bothWays(WIDE, list("A", "a", "B", "xb", "C", "xxx"), "name", "axxxbxxxxx"),
                bothWays(SPLIT, list("NAME", "x, y, z, and more"), "a", "x", "b", "y", "c", "z, and more"),
                bothWays(SPLIT, list("NAME", "x"), "a", "x", "b", null, "c", null),
                bothWays(SPLIT, list("NAME", "x, "), "a", "x", "b", "", "c", null),
                bothWays(SPLIT, list("NAME", null), "a", null, "b", null, "c", null),
                bothWays(NUMBERS, list("NAME", "-3/40"), "a", -3, "b", 40L),
                bothWays(POSITIONS, list("FLAGS", "Yabcde"), "a", "yes", "b", "abc", "c", "de"),
                bothWays(POSITIONS, list("FLAGS", " a    "), "a", "no", "b", "a", "c", null),
                bothWays(POSITIONS, list("FLAGS", "Y  b d"), "a", "yes", "b", "  b", "c", " d"),
                bothWays(POSITIONS, list("FLAGS", "Y😀😀😀é😀"), "a", "yes", "b", "😀😀😀", "c", "é😀"),
                bothWays(POSITIONS, list("FLAGS", "Y\t    "), "a", "yes", "b", "\t", "c", null),
                bothWays(POSITIONS, list("FLAGS", null), "a", null, "b", null, "c", null),
                bothWays(NUMBERED, list("FLAGS", "12 0"), "a", 12, "b", false),
                bothWays(NUMBERED, list("FLAGS", "12  "), "a", 12, "b", null),
                bothWays(LOOKUP, list("PLZ", "3000"), "city", "Bern", "canton", "BE"),
                bothWays(LOOKUP, list("PLZ", null), "city", null, "canton", null),
                bothWays(CONSTANTS, list("TENANT", "T1"), "source", "LEGACY"));
    }

    @ParameterizedTest
    @MethodSource("forthAndBack")
    void theValuesComeBackAsTheyWere(Sample sample, List<String> local, List<Object> canonical) {
        // when
        Struct mapped = sample.toCanonical(Sample.texts(local.toArray(new String[0])));
        Struct back = sample.fromCanonical(mapped);

        // then
        for (int i = 0; i < canonical.size(); i += 2) {
            assertThat(mapped.get((String) canonical.get(i))).isEqualTo(canonical.get(i + 1));
        }
        for (int i = 0; i < local.size(); i += 2) {
            assertThat(back.get(local.get(i))).isEqualTo(local.get(i + 1));
        }
        assertThat(back.schema().fields()).hasSize(local.size() / 2 + 1);
    }

    static Stream<Arguments> normalised() {
        return Stream.of(
                arguments(list("FLAGS", "Ya"), "Ya    "),
                arguments(list("FLAGS", ""), "      "),
                arguments(list("FLAGS", "Y"), "Y     "));
    }

    @ParameterizedTest
    @MethodSource("normalised")
    void aShortTextOfPositionsIsReadAsIfBlanksFollowedAndComesBackInFullLength(List<String> local, String back) {
        // when
        Struct mapped = POSITIONS.toCanonical(Sample.texts(local.toArray(new String[0])));

        // then
        assertThat(POSITIONS.fromCanonical(mapped).get("FLAGS")).isEqualTo(back);
    }

    @Test
    void positionsOfNothingButBlanksWithoutABlankCodeComeBackAsNull() {
        assertThat(NUMBERED.fromCanonical(NUMBERED.toCanonical(Sample.texts("FLAGS", "    ")))
                        .get("FLAGS"))
                .isNull();
    }

    private static Arguments refused(Sample sample, String message, @Nullable String... local) {
        return arguments(sample, message, Arrays.asList(local));
    }

    static Stream<Arguments> refusedOnTheWayOut() {
        String lost = "holds the separator \" \", so its end could not be found again";
        return Stream.of(
                refused(
                        JOIN,
                        "name (columns A, B, C): the text of column 1 of the rule " + lost,
                        "A",
                        "SECRET x",
                        "B",
                        "y",
                        "C",
                        "z"),
                refused(
                        JOIN,
                        "name (columns A, B, C): the text of column 2 of the rule " + lost,
                        "A",
                        "x",
                        "B",
                        "SECRET y",
                        "C",
                        null),
                refused(
                        JOIN,
                        "name (columns A, B, C): the text of column 2 of the rule is null, but a later part is not; "
                                + "only parts at the end may be null",
                        "A",
                        "x",
                        "B",
                        null,
                        "C",
                        "SECRET"),
                refused(
                        WIDE,
                        "name (columns A, B, C): the text of column 1 of the rule holds the separator \"xx\", so its end "
                                + "could not be found again",
                        "A",
                        "ax",
                        "B",
                        "b",
                        "C",
                        null),
                refused(NUMBERS, "a (column NAME): is not the plain form of an int32", "NAME", "SECRET/1"),
                refused(NUMBERS, "b (column NAME): is not the plain form of an int64", "NAME", "1/01"),
                refused(
                        POSITIONS,
                        "a, b, c (column FLAGS): is longer than the 6 characters of the positions",
                        "FLAGS",
                        "Yabcde "),
                refused(POSITIONS, "a (column FLAGS): is none of the codes", "FLAGS", "Xabcde"),
                refused(NUMBERED, "a (column FLAGS): is not the plain form of an int32", "FLAGS", " 1 1"),
                refused(LOOKUP, "city, canton (column PLZ): is none of the codes", "PLZ", Sample.SECRET),
                refused(
                        CONSTANTS,
                        "column TENANT: does not hold the constant of the rule, which would be written over it",
                        "TENANT",
                        Sample.SECRET),
                refused(
                        CONSTANTS,
                        "column TENANT: does not hold the constant of the rule, which would be written over it",
                        "TENANT",
                        null),
                refused(CONSTANTS, "column TENANT: the local record has no such column", "X", null),
                refused(JOIN, "name (column B): the local record has no such column", "A", null, "C", null));
    }

    @ParameterizedTest
    @MethodSource("refusedOnTheWayOut")
    void columnsWithoutACounterpartAreRefusedWithTheirPlace(Sample sample, String message, List<String> local) {
        // given
        Struct row = Sample.texts(local.toArray(new String[0]));

        // then
        assertThatThrownBy(() -> sample.toCanonical(row))
                .isInstanceOf(DataException.class)
                .hasMessageStartingWith("aggregate sample, key ")
                .hasMessageEndingWith(": " + message)
                .satisfies(e -> assertThat(Throwables.getStackTrace(e)).doesNotContain(Sample.SECRET));
    }

    private static Arguments notTaken(Sample sample, String message, @Nullable Object... canonical) {
        return arguments(sample, message, sample.canonical(canonical));
    }

    static Stream<Arguments> refusedOnTheWayBack() {
        return Stream.of(
                notTaken(
                        SPLIT,
                        "a (column NAME): holds the separator \", \", so its end could not be found again",
                        "a",
                        "SECRET, x",
                        "b",
                        "y"),
                notTaken(
                        SPLIT,
                        "b (column NAME): is null, but a later part is not; only parts at the end may be null",
                        "a",
                        "x",
                        "c",
                        Sample.SECRET),
                notTaken(POSITIONS, "a (column FLAGS): has no code", "a", Sample.SECRET),
                notTaken(
                        POSITIONS,
                        "a (column FLAGS): is null, but the blanks that would stand for it are a code",
                        "b",
                        "b"),
                notTaken(
                        POSITIONS,
                        "b (column FLAGS): is empty or ends with a blank, which can't be told from filling",
                        "a",
                        "no",
                        "b",
                        "b "),
                notTaken(
                        POSITIONS,
                        "b (column FLAGS): is empty or ends with a blank, which can't be told from filling",
                        "a",
                        "no",
                        "b",
                        ""),
                notTaken(POSITIONS, "b (column FLAGS): is longer than its 3 positions", "a", "no", "b", Sample.SECRET),
                notTaken(POSITIONS, "c (column FLAGS): ends with half a character", "a", "no", "c", "x\uD83D"),
                notTaken(LOOKUP, "city, canton (column PLZ): have no code together", "city", "Bern", "canton", "ZH"),
                notTaken(LOOKUP, "city, canton (column PLZ): have no code together", "city", "Bern"),
                notTaken(
                        CONSTANTS,
                        "source (constant): is not the constant that this master has in its place, so it could not be "
                                + "kept",
                        "source",
                        Sample.SECRET));
    }

    @ParameterizedTest
    @MethodSource("refusedOnTheWayBack")
    void fieldsWithoutACounterpartAreRefusedWithTheirPlace(Sample sample, String message, Struct canonical) {
        assertThatThrownBy(() -> sample.fromCanonical(canonical))
                .isInstanceOf(DataException.class)
                .hasMessageStartingWith("aggregate sample, key ")
                .hasMessageEndingWith(": " + message)
                .satisfies(e -> assertThat(Throwables.getStackTrace(e)).doesNotContain(Sample.SECRET));
    }

    @Test
    void anOlderRecordThatLacksAllFieldsLeavesTheColumnOut() {
        assertThat(SPLIT.fromCanonical(old()).schema().field("NAME")).isNull();
    }

    @Test
    void anOlderRecordThatLacksSomeOfTheFieldsIsRefused() {
        assertThatThrownBy(() -> SPLIT.fromCanonical(old("b")))
                .hasMessageContaining(
                        ": a (column NAME): is absent in the record, but other fields of the same rule are not");
    }

    @Test
    void aConstantColumnIsWrittenWhateverTheSchemaOfTheRecord() {
        assertThat(CONSTANTS.fromCanonical(old()).get("TENANT")).isEqualTo("T1");
    }

    /** A record of a schema that has no more than these fields. */
    private static Struct old(String... fields) {
        SchemaBuilder schema = SchemaBuilder.struct().optional().field("id", Schema.INT64_SCHEMA);
        for (String field : fields) {
            schema.field(field, Schema.OPTIONAL_STRING_SCHEMA);
        }
        return new Struct(schema.build()).put("id", 7L);
    }

    static Stream<Arguments> constants() {
        return Stream.of(
                arguments("\"constant\": 1", Schema.OPTIONAL_INT16_SCHEMA, (short) 1, "1", "org.apache"),
                arguments("\"constant\": \"1\"", Schema.OPTIONAL_INT64_SCHEMA, 1L, "1", null),
                arguments("\"constant\": true", Schema.OPTIONAL_BOOLEAN_SCHEMA, true, "true", null),
                arguments("\"constant\": 1, \"type\": \"int16\"", Schema.OPTIONAL_INT16_SCHEMA, (short) 1, "1", null));
    }

    @ParameterizedTest
    @MethodSource("constants")
    void aConstantIsReadInTheTypeOfTheColumnAndWrittenInItsOwnOrTheGivenOne(
            String members, Schema column, Object local, String written, @Nullable String type) {
        // given
        Sample sample = Sample.of(
                Sample.text("f"), "{\"field\": \"f\", \"column\": \"F\"}, {\"column\": \"C\", " + members + "}");
        Struct row = Sample.row(
                columns -> columns.field("F", Schema.OPTIONAL_STRING_SCHEMA).field("C", column),
                values -> values.put("C", local));

        // when
        Struct back = sample.fromCanonical(sample.toCanonical(row));

        // then
        assertThat(String.valueOf(back.get("C"))).isEqualTo(written);
        assertThat(back.schema().field("C").schema().name() != null).isEqualTo(type != null);
    }

    @Test
    void aConstantThatTheColumnCannotHoldIsRefused() {
        assertThatThrownBy(() -> CONSTANTS.toCanonical(Sample.row("TENANT", Schema.OPTIONAL_INT64_SCHEMA, 1L)))
                .hasMessageEndingWith(
                        "column TENANT: can't hold the constant of the rule: is not the plain form of an " + "int64");
    }

    @Test
    void aLookupMayStandForNumbersAndHaveACodeThatIsANumber() {
        // given
        Sample sample = Sample.withTables(
                Sample.optional("a", "\"int\"") + ", " + Sample.optional("b", "\"boolean\""),
                "{\"column\": \"C\", \"lookup\": \"t\", \"fields\": [\"a\", \"b\"], \"type\": \"int16\"}",
                "\"t\": {\"1\": [10, true], \"2\": [10, false]}");

        // when
        Struct mapped = sample.toCanonical(Sample.row("C", Schema.OPTIONAL_INT64_SCHEMA, 2L));

        // then
        assertThat(mapped.get("a")).isEqualTo(10);
        assertThat(mapped.get("b")).isEqualTo(false);
        assertThat(sample.fromCanonical(mapped).get("C")).isEqualTo((short) 2);
    }
}
