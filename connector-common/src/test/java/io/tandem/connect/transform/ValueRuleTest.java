package io.tandem.connect.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.tandem.connect.record.DecimalType;
import io.tandem.connect.record.SemanticTypes;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.stream.Stream;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.assertj.core.util.Throwables;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ValueRuleTest {

    private static final Schema STRING = Schema.OPTIONAL_STRING_SCHEMA;
    private static final Schema LOCAL =
            SemanticTypes.int64(SemanticTypes.LOCAL_MICRO_TIMESTAMP).optional().build();
    private static final Schema TIME =
            SemanticTypes.int64(SemanticTypes.MICRO_TIME).optional().build();

    private static final String DATE_TYPE = "{\"type\": \"int\", \"logicalType\": \"date\"}";
    private static final String TIMESTAMP_TYPE = "{\"type\": \"long\", \"logicalType\": \"timestamp-micros\"}";
    private static final String MILLIS_TYPE = "{\"type\": \"long\", \"logicalType\": \"timestamp-millis\"}";
    private static final String TIME_TYPE = "{\"type\": \"long\", \"logicalType\": \"time-micros\"}";
    private static final String ENUM_TYPE = "{\"type\": \"enum\", \"name\": \"E\", \"symbols\": [\"ON\", \"OFF\"]}";
    private static final String DECIMAL_TYPE =
            "{\"type\": \"bytes\", \"logicalType\": \"decimal\", \"precision\": 12, \"scale\": 2}";

    private static Sample sample(String avroType, String members) {
        return Sample.of(
                "{\"name\": \"f\", \"type\": [\"null\", " + avroType + "], \"default\": null}",
                "{\"field\": \"f\", \"column\": \"COL\"" + (members.isEmpty() ? "" : ", " + members) + "}");
    }

    private static Date day(String date) {
        return Date.from(Instant.parse(date + "T00:00:00Z"));
    }

    private static long micros(String dateTime) {
        return ChronoUnit.MICROS.between(
                Instant.EPOCH, LocalDateTime.parse(dateTime).toInstant(ZoneOffset.UTC));
    }

    static Stream<Arguments> forthAndBack() {
        Schema decimal = new DecimalType(10, 0).schema().optional().build();
        return Stream.of(
                arguments("\"string\"", "", STRING, "text", "text"),
                arguments("\"string\"", "", STRING, null, null),
                arguments("\"long\"", "\"type\": \"decimal(10,0)\"", decimal, new BigDecimal("42"), 42L),
                arguments("\"int\"", "\"type\": \"int16\"", Schema.OPTIONAL_INT16_SCHEMA, (short) -3, -3),
                arguments("\"boolean\"", "\"type\": \"int8\"", Schema.OPTIONAL_INT8_SCHEMA, (byte) 1, true),
                arguments("\"long\"", "\"type\": \"string\"", STRING, "-9", -9L),
                arguments(DECIMAL_TYPE, "", decimalOf(2), new BigDecimal("1.50"), new BigDecimal("1.50")),
                arguments(ENUM_TYPE, "", STRING, "ON", "ON"),
                arguments(ENUM_TYPE, "\"codes\": {\"1\": \"ON\", \"0\": \"OFF\"}", STRING, "0", "OFF"),
                arguments(
                        ENUM_TYPE,
                        "\"codes\": {\"1\": \"ON\", \"0\": \"OFF\"}, \"type\": \"int16\"",
                        Schema.OPTIONAL_INT16_SCHEMA,
                        (short) 1,
                        "ON"),
                arguments("\"boolean\"", "\"codes\": {\"Y\": true, \"N\": false}", STRING, "N", false),
                arguments("\"boolean\"", "\"codes\": {\"Y\": true, \"N\": false}", STRING, null, null),
                arguments("\"int\"", "\"codes\": {\"L\": 1, \"H\": 2}", STRING, "H", 2),
                arguments(DECIMAL_TYPE, "\"codes\": {\"L\": 1, \"H\": 2.5}", STRING, "H", new BigDecimal("2.50")),
                arguments(DATE_TYPE, "\"format\": \"yyyyMMdd\"", STRING, "20240229", day("2024-02-29")),
                arguments(DATE_TYPE, "\"format\": \"dd.MM.uuuu\"", STRING, "01.01.0001", day("0001-01-01")),
                arguments(
                        DATE_TYPE,
                        "\"format\": \"yyyyMMdd\", \"null\": \"0\", \"type\": \"int32\"",
                        Schema.INT32_SCHEMA,
                        20240229,
                        day("2024-02-29")),
                arguments(
                        DATE_TYPE,
                        "\"format\": \"yyyyMMdd\", \"null\": \"0\", \"type\": \"int32\"",
                        Schema.INT32_SCHEMA,
                        0,
                        null),
                arguments(DATE_TYPE, "\"format\": \"yyyyMMdd\", \"null\": \"00000000\"", STRING, "00000000", null),
                arguments("\"string\"", "\"null\": \"\"", STRING, "", null),
                arguments(TIME_TYPE, "\"format\": \"HHmmss\"", STRING, "235959", 86_399_000_000L),
                arguments(TIME_TYPE, "", TIME, 1L, 1L),
                arguments(
                        TIMESTAMP_TYPE,
                        "\"format\": \"yyyy-MM-dd'y'HH:mm\", \"zone\": \"Europe/Zurich\"",
                        STRING,
                        "2024-07-01y12:30",
                        micros("2024-07-01T10:30:00")),
                arguments(
                        TIMESTAMP_TYPE,
                        "\"zone\": \"UTC\"",
                        LOCAL,
                        micros("1969-12-31T23:59:59.999999"),
                        micros("1969-12-31T23:59:59.999999")),
                arguments(
                        TIMESTAMP_TYPE,
                        "\"zone\": \"Europe/Zurich\"",
                        LOCAL,
                        micros("2024-10-27T02:30:00"),
                        micros("2024-10-27T00:30:00")),
                arguments(
                        MILLIS_TYPE,
                        "\"zone\": \"UTC\"",
                        LOCAL,
                        micros("2024-01-01T00:00:00.123"),
                        Date.from(Instant.parse("2024-01-01T00:00:00.123Z"))));
    }

    private static Schema decimalOf(int scale) {
        return Decimal.builder(scale).optional().build();
    }

    @ParameterizedTest
    @MethodSource("forthAndBack")
    void aValueComesBackAsItWas(
            String type, String members, Schema column, @Nullable Object local, @Nullable Object canonical) {
        // given
        Sample sample = sample(type, members);

        // when
        Struct mapped = sample.toCanonical(Sample.row("COL", column, local));
        Struct back = sample.fromCanonical(mapped);

        // then
        assertThat(mapped.get("f")).isEqualTo(canonical);
        assertThat(back.get("COL")).isEqualTo(local);
        assertThat(back.schema().field("COL").schema().type()).isEqualTo(column.type());
        assertThat(back.schema().field("COL").schema().name()).isEqualTo(column.name());
    }

    static Stream<Arguments> refusedOnTheWayOut() {
        return Stream.of(
                arguments(ENUM_TYPE, "", STRING, Sample.SECRET, "is none of the symbols of the enum"),
                arguments(ENUM_TYPE, "\"codes\": {\"1\": \"ON\"}", STRING, Sample.SECRET, "is none of the codes"),
                arguments("\"long\"", "", STRING, Sample.SECRET, "is not the plain form of an int64"),
                arguments("\"int\"", "", Schema.INT64_SCHEMA, Long.MAX_VALUE, "does not fit int32 exactly"),
                arguments(
                        DATE_TYPE, "\"format\": \"yyyyMMdd\"", STRING, Sample.SECRET, "is no date of the given format"),
                arguments(DATE_TYPE, "\"format\": \"yyyyMMdd\"", STRING, "20230229", "is no date of the given format"),
                arguments(DATE_TYPE, "\"format\": \"yyyyMMdd\"", STRING, "00000000", "is no date of the given format"),
                arguments(
                        DATE_TYPE,
                        "\"format\": \"yyyy-MM-dd\"",
                        STRING,
                        "+999999999-01-01",
                        "is no date of the given format"),
                arguments(
                        DATE_TYPE,
                        "\"format\": \"yyyy-M-d\"",
                        STRING,
                        "2024-01-01",
                        "is a date that the given format writes in another way"),
                arguments(
                        TIMESTAMP_TYPE,
                        "\"zone\": \"Europe/Zurich\"",
                        LOCAL,
                        micros("2024-03-31T02:30:00"),
                        "is a local time that Europe/Zurich skips"),
                arguments(MILLIS_TYPE, "\"zone\": \"UTC\"", LOCAL, 1L, "is finer than milliseconds"),
                arguments(
                        DECIMAL_TYPE,
                        "",
                        decimalOf(2),
                        new BigDecimal("10000000000.00"),
                        "has more digits than decimal(12,2) holds"),
                arguments(
                        TIMESTAMP_TYPE,
                        "",
                        LOCAL,
                        1L,
                        "there is no exact conversion from local timestamp to timestamp"));
    }

    @ParameterizedTest
    @MethodSource("refusedOnTheWayOut")
    void aLocalValueWithoutACounterpartIsRefusedWithItsPlace(
            String type, String members, Schema column, Object local, String reason) {
        // given
        Sample sample = sample(type, members);
        Struct row = Sample.row("COL", column, local);

        // then
        assertThatThrownBy(() -> sample.toCanonical(row))
                .isInstanceOf(DataException.class)
                .hasMessageStartingWith("aggregate sample, key ")
                .hasMessageEndingWith(": f (column COL): " + reason)
                .satisfies(e -> assertThat(Throwables.getStackTrace(e)).doesNotContain(Sample.SECRET));
    }

    static Stream<Arguments> refusedOnTheWayBack() {
        return Stream.of(
                arguments("\"string\"", "\"codes\": {\"1\": \"ON\"}", Sample.SECRET, "has no code"),
                arguments(
                        "\"string\"",
                        "\"null\": \"SECRET\"",
                        Sample.SECRET,
                        "is a value that means null in the column"),
                arguments("\"string\"", "\"type\": \"int32\"", Sample.SECRET, "is not the plain form of an int32"),
                arguments("\"long\"", "\"type\": \"int16\"", 40_000L, "does not fit int16 exactly"),
                arguments(
                        DATE_TYPE,
                        "\"format\": \"yyMMdd\"",
                        day("1999-12-31"),
                        "is a date that the given format can't hold"),
                arguments(
                        DATE_TYPE,
                        "\"format\": \"yyyyMMdd\"",
                        // begins before there are milliseconds
                        new Date(Long.MIN_VALUE),
                        "is a date that the given format can't hold"),
                arguments(
                        TIMESTAMP_TYPE,
                        "\"format\": \"yyyyMMddHHmm\", \"zone\": \"UTC\"",
                        micros("2024-01-01T00:00:01"),
                        "is a date and time that the given format can't hold"),
                arguments(
                        TIMESTAMP_TYPE,
                        "\"zone\": \"Europe/Zurich\"",
                        micros("2024-10-27T01:30:00"),
                        "is in the hour that Europe/Zurich repeats, so its local time would mean another instant"));
    }

    @ParameterizedTest
    @MethodSource("refusedOnTheWayBack")
    void aCanonicalValueWithoutACounterpartIsRefusedWithItsPlace(
            String type, String members, Object canonical, String reason) {
        // given
        Sample sample = sample(type, members);
        Struct data = new Struct(CanonicalSchema.parse(
                                Sample.avsc("{\"name\": \"f\", \"type\": [\"null\", " + type + "], \"default\": null}"))
                        .data())
                .put("id", 7L)
                .put("f", canonical);

        // then
        assertThatThrownBy(() -> sample.fromCanonical(data))
                .isInstanceOf(DataException.class)
                .hasMessageStartingWith("aggregate sample, key ")
                .hasMessageEndingWith(": f (column COL): " + reason)
                .satisfies(e -> assertThat(Throwables.getStackTrace(e)).doesNotContain(Sample.SECRET));
    }

    @Test
    void nullIsReadAsNullEvenIfAnotherValueMeansNullAndComesBackAsThatValue() {
        // given
        Sample sample = sample(DATE_TYPE, "\"format\": \"yyyyMMdd\", \"null\": \"00000000\"");

        // when
        Struct mapped = sample.toCanonical(Sample.row("COL", STRING, null));

        // then
        assertThat(mapped.get("f")).isNull();
        assertThat(sample.fromCanonical(mapped).get("COL")).isEqualTo("00000000");
    }

    @Test
    void aDefaultOfTheColumnNeverTakesThePlaceOfNull() {
        // given
        Schema column = org.apache.kafka.connect.data.SchemaBuilder.string()
                .optional()
                .defaultValue("x")
                .build();

        // then
        assertThat(sample("\"string\"", "")
                        .toCanonical(Sample.row("COL", column, null))
                        .get("f"))
                .isNull();
    }

    @Test
    void nullForARequiredFieldIsRefused() {
        // given
        Sample sample = Sample.of("{\"name\": \"f\", \"type\": \"string\"}", "{\"field\": \"f\", \"column\": \"COL\"}");

        // then
        assertThatThrownBy(() -> sample.toCanonical(Sample.row("COL", STRING, null)))
                .isInstanceOf(DataException.class)
                .hasMessageStartingWith("aggregate sample, key ")
                .hasMessageEndingWith(": f (column COL): is null, but the canonical field is required");
    }

    @Test
    void aNestedRecordThatMayBeNullIsNullWhenAllItsColumnsAre() {
        // given
        Sample sample = Sample.of("""
                {"name": "n", "type": ["null", {"type": "record", "name": "N", "fields": [
                  {"name": "a", "type": "string"}, {"name": "b", "type": ["null", "string"]}]}], "default": null}""", """
                {"field": "n.a", "column": "A"}, {"field": "n.b", "column": "B"}""");
        Struct empty = Sample.row(row -> row.field("A", STRING).field("B", STRING), row -> {});
        Struct full = Sample.row(row -> row.field("A", STRING).field("B", STRING), row -> row.put("A", "x"));
        Struct torn = Sample.row(row -> row.field("A", STRING).field("B", STRING), row -> row.put("B", Sample.SECRET));

        // then
        assertThat(sample.toCanonical(empty).get("n")).isNull();
        assertThat(sample.fromCanonical(sample.toCanonical(empty)).get("A")).isNull();
        assertThat(sample.fromCanonical(sample.toCanonical(full)).get("A")).isEqualTo("x");
        assertThatThrownBy(() -> sample.toCanonical(torn))
                .hasMessageStartingWith("aggregate sample, key ")
                .hasMessageEndingWith(": n.a (column A): is null, but the canonical field is required");
    }
}
