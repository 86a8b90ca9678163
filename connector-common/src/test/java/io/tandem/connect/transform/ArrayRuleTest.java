package io.tandem.connect.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
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

class ArrayRuleTest {

    private static final Schema TEXT = Schema.OPTIONAL_STRING_SCHEMA;
    private static final String COLUMN = "";
    private static final String JSON = ", \"format\": \"json\"";
    private static final String COMMA = ", \"separator\": \",\"";
    private static final String DECIMAL =
            "{\"type\": \"bytes\", \"logicalType\": \"decimal\", \"precision\": 9, \"scale\": 2}";

    private static Sample sample(String items, String more) {
        return Sample.of(
                "{\"name\": \"tags\", \"type\": [\"null\", {\"type\": \"array\", \"items\": " + items + "}]}",
                "{\"field\": \"tags\", \"column\": \"TAGS\"" + more + "}");
    }

    private static Schema arrays(Schema element) {
        return SchemaBuilder.array(element).optional().build();
    }

    private static Struct canonical(Sample sample, @Nullable Object... elements) {
        return new Struct(sample.canonical()).put("id", 7L).put("tags", Arrays.asList(elements));
    }

    static Stream<Arguments> exact() {
        return Stream.of(
                arguments("\"string\"", COLUMN, arrays(TEXT), List.of("a", ""), List.of("a", "")),
                arguments("\"long\"", COLUMN, arrays(Schema.OPTIONAL_INT64_SCHEMA), List.of(1L), List.of(1L)),
                arguments(
                        "[\"null\", \"string\"]",
                        COLUMN,
                        arrays(TEXT),
                        Arrays.asList("a", null),
                        Arrays.asList("a", null)),
                arguments("\"string\"", COLUMN, arrays(TEXT), List.of(), List.of()),
                arguments("\"string\"", COLUMN, arrays(TEXT), null, null),
                arguments("\"string\"", JSON, TEXT, "[\"a\",\"\\\"é\\n\"]", List.of("a", "\"é\n")),
                arguments("\"int\"", JSON, TEXT, "[1,-2]", List.of(1, -2)),
                arguments("\"boolean\"", JSON, TEXT, "[true,false]", List.of(true, false)),
                arguments(DECIMAL, JSON, TEXT, "[1.50]", List.of(new BigDecimal("1.50"))),
                arguments("[\"null\", \"int\"]", JSON, TEXT, "[1,null]", Arrays.asList(1, null)),
                arguments("\"string\"", JSON, TEXT, "[]", List.of()),
                arguments("\"string\"", JSON, TEXT, null, null),
                arguments("\"string\"", COMMA, TEXT, "a,,b", List.of("a", "", "b")),
                arguments("\"string\"", COMMA, TEXT, ",", List.of("", "")),
                arguments("\"int\"", COMMA, TEXT, "1,-2", List.of(1, -2)),
                arguments(DECIMAL, COMMA, TEXT, "1.50,0.00", List.of(new BigDecimal("1.50"), new BigDecimal("0.00"))),
                arguments("\"string\"", COMMA, TEXT, "", List.of()),
                arguments("\"string\"", COMMA, TEXT, null, null));
    }

    @ParameterizedTest
    @MethodSource("exact")
    void anArrayComesBackAsItWas(
            String items, String rule, Schema column, @Nullable Object local, @Nullable List<?> canonical) {
        // given
        Sample sample = sample(items, rule);

        // when
        Struct mapped = sample.toCanonical(Sample.row("TAGS", column, local));
        Struct back = sample.fromCanonical(mapped);

        // then
        assertThat(mapped.get("tags")).isEqualTo(canonical);
        assertThat(back.get("TAGS")).isEqualTo(local);
        assertThat(back.schema().field("TAGS").schema()).isEqualTo(column);
    }

    static Stream<Arguments> refusedLocally() {
        return Stream.of(
                arguments(
                        "\"string\"",
                        COLUMN,
                        TEXT,
                        "a",
                        "tags (column TAGS): the column holds no arrays of scalars; map "
                                + "text by \"format\": \"json\" or \"separator\""),
                arguments("\"string\"", JSON, arrays(TEXT), List.of(), "tags (column TAGS): the column is no text"),
                arguments(
                        "\"string\"",
                        COLUMN,
                        arrays(TEXT),
                        Arrays.asList("a", null),
                        "tags[1] (column TAGS): is null, but a value is required"),
                arguments(
                        "\"int\"",
                        COLUMN,
                        arrays(Schema.OPTIONAL_INT64_SCHEMA),
                        List.of(1L, 3_000_000_000L),
                        "tags[1] (column TAGS): does not fit int32 exactly"),
                arguments(
                        "{\"type\": \"enum\", \"name\": \"E\", \"symbols\": [\"A\"]}",
                        COLUMN,
                        arrays(TEXT),
                        List.of("A", Sample.SECRET),
                        "tags[1] (column TAGS): is none of the symbols of the enum"),
                arguments("\"string\"", JSON, TEXT, "[" + Sample.SECRET, "tags (column TAGS): is no JSON"),
                arguments("\"string\"", JSON, TEXT, "[\"a\",", "tags (column TAGS): is no JSON"),
                arguments("\"string\"", JSON, TEXT, "\"a\"", "tags (column TAGS): is no JSON array"),
                arguments("\"string\"", JSON, TEXT, "", "tags (column TAGS): is no JSON array"),
                arguments(
                        "\"string\"",
                        JSON,
                        TEXT,
                        "[\"a\", \"b\"]",
                        "tags (column TAGS): is a JSON array that would be written in another way"),
                arguments(
                        "\"string\"",
                        JSON,
                        TEXT,
                        "[\"a\"]x",
                        "tags (column TAGS): is a JSON array that would be written in another way"),
                arguments(
                        DECIMAL,
                        JSON,
                        TEXT,
                        "[1.5]",
                        "tags (column TAGS): is not the plain form of a decimal of scale 2"),
                arguments("\"string\"", JSON, TEXT, "[1]", "tags (column TAGS): has an element of another type"),
                arguments("\"int\"", JSON, TEXT, "[true]", "tags (column TAGS): has an element of another type"),
                arguments("\"int\"", JSON, TEXT, "[[1]]", "tags (column TAGS): has an element of another type"),
                arguments(
                        DECIMAL,
                        COMMA,
                        TEXT,
                        "1.5",
                        "tags (column TAGS): is not the plain form of a decimal of scale 2"));
    }

    @ParameterizedTest
    @MethodSource("refusedLocally")
    void aColumnThatIsNoExactArrayIsRefused(String items, String rule, Schema column, Object value, String message) {
        assertThatThrownBy(() -> sample(items, rule).toCanonical(Sample.row("TAGS", column, value)))
                .isInstanceOf(DataException.class)
                .hasMessageNotContaining(Sample.SECRET)
                .hasMessageStartingWith("aggregate sample, key ")
                .hasMessageEndingWith(": " + message);
    }

    static Stream<Arguments> refusedArrays() {
        return Stream.of(
                arguments(
                        "\"string\"",
                        COMMA,
                        List.of("a", Sample.SECRET + ","),
                        "tags (column TAGS): has an element that is empty or holds the separator, so the elements "
                                + "couldn't be told apart afterwards"),
                arguments(
                        "\"string\"",
                        COMMA,
                        List.of(""),
                        "tags (column TAGS): has an element that is empty or holds the separator, so the elements "
                                + "couldn't be told apart afterwards"),
                arguments(
                        "\"string\"",
                        ", \"separator\": \"--\"",
                        List.of("a-", "b"),
                        "tags (column TAGS): has an element that is empty or holds the separator, so the elements "
                                + "couldn't be told apart afterwards"),
                arguments(
                        "[\"null\", \"string\"]",
                        COMMA,
                        Arrays.asList("a", null),
                        "tags (column TAGS): has an element that is null, which text with a separator can't tell"),
                arguments(
                        "\"string\"",
                        JSON,
                        Arrays.asList("a", null),
                        "tags[1] (column TAGS): is null, but a value is required"),
                arguments(
                        "{\"type\": \"enum\", \"name\": \"E\", \"symbols\": [\"A\"]}",
                        JSON,
                        List.of(Sample.SECRET),
                        "tags[0] (column TAGS): is none of the symbols of the enum"));
    }

    @ParameterizedTest
    @MethodSource("refusedArrays")
    void anArrayThatTheColumnCannotHoldIsRefused(String items, String rule, List<?> elements, String message) {
        // given
        Sample sample = sample(items, rule);

        // then
        assertThatThrownBy(() -> sample.fromCanonical(lenient(sample, elements)))
                .isInstanceOf(DataException.class)
                .hasMessageNotContaining(Sample.SECRET)
                .hasMessageStartingWith("aggregate sample, key ")
                .hasMessageEndingWith(": " + message);
    }

    /** What another writer's schema lets through. */
    private static Struct lenient(Sample sample, List<?> elements) {
        Schema loose = SchemaBuilder.struct()
                .optional()
                .field("id", Schema.INT64_SCHEMA)
                .field("tags", arrays(TEXT))
                .build();
        return elements.stream().anyMatch(Objects::isNull)
                ? new Struct(loose).put("id", 7L).put("tags", elements)
                : canonical(sample, elements.toArray());
    }

    @Test
    void aCanonicalRecordWithoutAnArrayIsRefused() {
        // given
        Schema other = SchemaBuilder.struct()
                .optional()
                .field("id", Schema.INT64_SCHEMA)
                .field("tags", TEXT)
                .build();

        // then
        assertThatThrownBy(() -> sample("\"string\"", COLUMN)
                        .fromCanonical(new Struct(other).put("id", 7L).put("tags", Sample.SECRET)))
                .hasMessageEndingWith(": tags (column TAGS): the canonical record has no array of scalars there");
    }

    @Test
    void aLocalRecordWithoutTheColumnIsRefused() {
        assertThatThrownBy(() -> sample("\"string\"", JSON).toCanonical(Sample.row("OTHER", TEXT, "[]")))
                .hasMessageEndingWith(": tags (column TAGS): the local record has no such column");
    }
}
