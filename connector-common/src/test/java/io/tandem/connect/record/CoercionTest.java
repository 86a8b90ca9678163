package io.tandem.connect.record;

import static org.apache.kafka.connect.data.Schema.BOOLEAN_SCHEMA;
import static org.apache.kafka.connect.data.Schema.BYTES_SCHEMA;
import static org.apache.kafka.connect.data.Schema.FLOAT32_SCHEMA;
import static org.apache.kafka.connect.data.Schema.FLOAT64_SCHEMA;
import static org.apache.kafka.connect.data.Schema.INT16_SCHEMA;
import static org.apache.kafka.connect.data.Schema.INT32_SCHEMA;
import static org.apache.kafka.connect.data.Schema.INT64_SCHEMA;
import static org.apache.kafka.connect.data.Schema.INT8_SCHEMA;
import static org.apache.kafka.connect.data.Schema.OPTIONAL_INT32_SCHEMA;
import static org.apache.kafka.connect.data.Schema.OPTIONAL_STRING_SCHEMA;
import static org.apache.kafka.connect.data.Schema.STRING_SCHEMA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.stream.Stream;
import org.apache.kafka.connect.data.Date;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Timestamp;
import org.apache.kafka.connect.errors.DataException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CoercionTest {

    private static final String TOO_LONG = "has more digits than any database's number";
    private static final Schema MICROS =
            SemanticTypes.int64(SemanticTypes.MICRO_TIMESTAMP).build();
    private static final Schema LOCAL_MICROS =
            SemanticTypes.int64(SemanticTypes.LOCAL_MICRO_TIMESTAMP).build();
    private static final Schema TIME =
            SemanticTypes.int64(SemanticTypes.MICRO_TIME).build();

    private static Schema decimal(int precision, int scale) {
        return new DecimalType(precision, scale).schema().build();
    }

    private static BigDecimal number(String text) {
        return new BigDecimal(text);
    }

    static Stream<Arguments> exactPairs() {
        return Stream.of(
                arguments(INT8_SCHEMA, Byte.MIN_VALUE, INT64_SCHEMA, -128L),
                arguments(INT16_SCHEMA, Short.MAX_VALUE, INT32_SCHEMA, 32767),
                arguments(INT64_SCHEMA, Long.MIN_VALUE, decimal(19, 0), number("-9223372036854775808")),
                arguments(INT64_SCHEMA, Long.MAX_VALUE, Decimal.schema(2), number("9223372036854775807.00")),
                arguments(INT32_SCHEMA, 7, decimal(3, 2), number("7.00")),
                arguments(INT64_SCHEMA, 1200L, Decimal.schema(-2), new BigDecimal("12E2")),
                arguments(Decimal.schema(2), number("1.50"), Decimal.schema(4), number("1.5000")),
                arguments(FLOAT32_SCHEMA, 0.1f, FLOAT64_SCHEMA, (double) 0.1f),
                arguments(FLOAT64_SCHEMA, 0.5, decimal(2, 1), number("0.5")),
                arguments(FLOAT64_SCHEMA, 3.0, INT32_SCHEMA, 3),
                arguments(INT64_SCHEMA, 1L << 53, FLOAT64_SCHEMA, 9007199254740992.0),
                arguments(INT64_SCHEMA, Long.MIN_VALUE, FLOAT64_SCHEMA, -0x1p63),
                arguments(INT32_SCHEMA, 1 << 24, FLOAT32_SCHEMA, 16777216f),
                arguments(INT16_SCHEMA, (short) 1, BOOLEAN_SCHEMA, true),
                arguments(INT8_SCHEMA, (byte) 0, BOOLEAN_SCHEMA, false),
                arguments(decimal(1, 0), number("1"), BOOLEAN_SCHEMA, true),
                arguments(INT64_SCHEMA, -42L, STRING_SCHEMA, "-42"),
                arguments(INT64_SCHEMA, Long.MIN_VALUE, STRING_SCHEMA, "-9223372036854775808"),
                arguments(decimal(12, 2), number("-0.50"), STRING_SCHEMA, "-0.50"),
                arguments(Timestamp.SCHEMA, java.util.Date.from(Instant.ofEpochMilli(-1)), MICROS, -1000L));
    }

    @ParameterizedTest
    @MethodSource("exactPairs")
    void convertsExactlyForthAndBack(Schema from, Object value, Schema to, Object expected) {
        // when
        Object converted = Coercion.between(from, to).convert(value);
        Object back = Coercion.between(to, from).convert(converted);

        // then
        assertThat(converted).isEqualTo(expected);
        assertThat(back).isEqualTo(value);
    }

    static Stream<Arguments> misfits() {
        return Stream.of(
                arguments(INT64_SCHEMA, 32768L, INT16_SCHEMA, "does not fit int16 exactly"),
                arguments(INT64_SCHEMA, Integer.MIN_VALUE - 1L, INT32_SCHEMA, "does not fit int32 exactly"),
                arguments(INT32_SCHEMA, 128, INT8_SCHEMA, "does not fit int8 exactly"),
                arguments(INT32_SCHEMA, 2, BOOLEAN_SCHEMA, "is neither 0 nor 1, so it is no boolean"),
                arguments(decimal(3, 1), number("0.1"), BOOLEAN_SCHEMA, "is neither 0 nor 1, so it is no boolean"),
                arguments(decimal(9, 2), number("1.50"), INT64_SCHEMA, "does not fit int64 exactly"),
                arguments(decimal(0, 0), number("9223372036854775808"), INT64_SCHEMA, "does not fit int64 exactly"),
                arguments(
                        Decimal.schema(0), new BigDecimal("1E+900000000"), INT64_SCHEMA, "does not fit int64 exactly"),
                arguments(Decimal.schema(-900_000_000), number("1E+900000000"), STRING_SCHEMA, TOO_LONG),
                arguments(Decimal.schema(900_000_000), number("1E-900000000"), STRING_SCHEMA, TOO_LONG),
                // of larger scales the JDK itself would refuse the sum, of these it would do it
                arguments(Decimal.schema(-100_000_000), number("1E+100000000"), Decimal.schema(2), TOO_LONG),
                arguments(Decimal.schema(100_000_000), number("1E-100000000"), decimal(9, 2), TOO_LONG),
                arguments(decimal(9, 3), number("1.005"), decimal(9, 2), "has more decimal places than the scale 2"),
                arguments(decimal(9, 2), number("1000.00"), decimal(5, 2), "has more digits than decimal(5,2) holds"),
                arguments(INT64_SCHEMA, 10_000_000_000L, decimal(10, 0), "has more digits than decimal(10,0) holds"),
                arguments(INT64_SCHEMA, Long.MAX_VALUE, FLOAT64_SCHEMA, "does not fit float64 exactly"),
                arguments(INT64_SCHEMA, (1L << 53) + 1, FLOAT64_SCHEMA, "does not fit float64 exactly"),
                arguments(INT32_SCHEMA, (1 << 24) + 1, FLOAT32_SCHEMA, "does not fit float32 exactly"),
                arguments(FLOAT64_SCHEMA, 0.1, FLOAT32_SCHEMA, "does not fit float32 exactly"),
                arguments(FLOAT64_SCHEMA, 0.1, decimal(20, 10), "has more decimal places than the scale 10"),
                arguments(FLOAT64_SCHEMA, Double.NaN, INT64_SCHEMA, "does not fit int64 exactly"),
                arguments(FLOAT64_SCHEMA, Double.NaN, Decimal.schema(2), "does not fit a decimal exactly"),
                arguments(FLOAT64_SCHEMA, Double.POSITIVE_INFINITY, INT64_SCHEMA, "does not fit int64 exactly"),
                arguments(FLOAT64_SCHEMA, -0.0, INT64_SCHEMA, "does not fit int64 exactly"),
                arguments(FLOAT64_SCHEMA, 0x1p63, INT64_SCHEMA, "does not fit int64 exactly"),
                arguments(decimal(2, 1), number("0.1"), FLOAT64_SCHEMA, "does not fit float64 exactly"),
                arguments(STRING_SCHEMA, "+1", INT64_SCHEMA, "is not the plain form of an int64"),
                arguments(STRING_SCHEMA, "007", INT32_SCHEMA, "is not the plain form of an int32"),
                arguments(STRING_SCHEMA, " 7", INT32_SCHEMA, "is not the plain form of an int32"),
                arguments(STRING_SCHEMA, "300", INT8_SCHEMA, "does not fit int8 exactly"),
                arguments(STRING_SCHEMA, "1.5", decimal(9, 2), "is not the plain form of a decimal of scale 2"),
                arguments(STRING_SCHEMA, "1E2", decimal(9, 0), "is not the plain form of a decimal"),
                arguments(STRING_SCHEMA, "1E-999999999", Decimal.schema(2), "is not the plain form of a decimal"),
                arguments(STRING_SCHEMA, "SECRET", decimal(9, 2), "is not the plain form of a decimal"),
                arguments(STRING_SCHEMA, "SECRET", INT64_SCHEMA, "is not the plain form of an int64"),
                arguments(MICROS, 1L, Timestamp.SCHEMA, "is finer than milliseconds"),
                arguments(
                        Timestamp.SCHEMA,
                        java.util.Date.from(Instant.ofEpochMilli(Long.MAX_VALUE)),
                        MICROS,
                        "is out of the range of microseconds"));
    }

    @ParameterizedTest
    @MethodSource("misfits")
    void refusesWhatIsNotExactWithoutShowingIt(Schema from, Object value, Schema to, String reason) {
        // given
        ValueConverter converter = Coercion.between(from, to);

        // then
        assertThatThrownBy(() -> converter.convert(value))
                .isInstanceOf(DataException.class)
                .hasMessage(reason)
                .hasNoCause();
    }

    static Stream<Arguments> unsupported() {
        return Stream.of(
                arguments(STRING_SCHEMA, BOOLEAN_SCHEMA, "from string to boolean"),
                arguments(BOOLEAN_SCHEMA, STRING_SCHEMA, "from boolean to string"),
                arguments(STRING_SCHEMA, FLOAT64_SCHEMA, "from string to float64"),
                arguments(FLOAT64_SCHEMA, STRING_SCHEMA, "from float64 to string"),
                arguments(INT64_SCHEMA, MICROS, "from int64 to timestamp"),
                arguments(MICROS, LOCAL_MICROS, "from timestamp to local timestamp"),
                arguments(MICROS, TIME, "from timestamp to time"),
                arguments(Date.SCHEMA, STRING_SCHEMA, "from date to string"),
                arguments(STRING_SCHEMA, BYTES_SCHEMA, "from string to bytes"),
                arguments(decimal(10, 2), BYTES_SCHEMA, "from decimal(10,2) to bytes"),
                arguments(SchemaBuilder.int64().name("other").build(), INT64_SCHEMA, "from other to int64"),
                arguments(
                        SchemaBuilder.bytes()
                                .name(SemanticTypes.MICRO_TIMESTAMP)
                                .build(),
                        MICROS,
                        "from io.tandem.time.MicroTimestamp of the type bytes to timestamp"),
                arguments(
                        SchemaBuilder.string().name(Decimal.LOGICAL_NAME).build(),
                        INT64_SCHEMA,
                        "from org.apache.kafka.connect.data.Decimal of the type string to int64"),
                arguments(SchemaBuilder.array(INT64_SCHEMA).build(), INT64_SCHEMA, "from array to int64"));
    }

    @ParameterizedTest
    @MethodSource("unsupported")
    void refusesPairsOfTypesThatHaveNoExactConversion(Schema from, Schema to, String reason) {
        assertThatThrownBy(() -> Coercion.between(from, to))
                .isInstanceOf(DataException.class)
                .hasMessage("there is no exact conversion " + reason);
    }

    static Stream<Arguments> unchanged() {
        return Stream.of(
                arguments(STRING_SCHEMA, OPTIONAL_STRING_SCHEMA, new String("text")),
                arguments(INT64_SCHEMA, INT64_SCHEMA, Long.valueOf(1234567890123L)),
                arguments(Decimal.schema(2), Decimal.schema(2), number("12.34")),
                arguments(Decimal.schema(2), decimal(9, 2), number("12.34")),
                arguments(Date.SCHEMA, Date.SCHEMA, java.util.Date.from(Instant.EPOCH)),
                arguments(MICROS, MICROS, Long.valueOf(1234567890123L)),
                arguments(LOCAL_MICROS, LOCAL_MICROS, Long.valueOf(1234567890123L)),
                arguments(BYTES_SCHEMA, BYTES_SCHEMA, new byte[] {1, 2}));
    }

    @ParameterizedTest
    @MethodSource("unchanged")
    void returnsTheVeryObjectWhereNothingHasToChange(Schema from, Schema to, Object value) {
        assertThat(Coercion.between(from, to).convert(value)).isSameAs(value);
    }

    @Test
    void givesTheBytesOfABufferAndLeavesTheBufferAsItIs() {
        // given
        ByteBuffer buffer = ByteBuffer.wrap(new byte[] {1, 2, 3, 4}, 1, 2);

        // when
        Object bytes = Coercion.between(BYTES_SCHEMA, BYTES_SCHEMA).convert(buffer);

        // then
        assertThat(bytes).isEqualTo(new byte[] {2, 3});
        assertThat(buffer.remaining()).isEqualTo(2);
    }

    @Test
    void checksTheDigitsOfADecimalThatComesWithoutAPrecision() {
        ValueConverter converter = Coercion.between(Decimal.schema(2), decimal(4, 2));

        assertThat(converter.convert(number("99.99"))).isEqualTo(number("99.99"));
        assertThatThrownBy(() -> converter.convert(number("100.00")))
                .hasMessage("has more digits than decimal(4,2) holds");
    }

    @Test
    void keepsNullWhereItIsAllowedAndRefusesItElsewhere() {
        assertThat(Coercion.between(OPTIONAL_INT32_SCHEMA, OPTIONAL_STRING_SCHEMA)
                        .convert(null))
                .isNull();
        assertThatThrownBy(() ->
                        Coercion.between(OPTIONAL_INT32_SCHEMA, STRING_SCHEMA).convert(null))
                .isInstanceOf(DataException.class)
                .hasMessage("is null, but a value is required");
    }

    @Test
    void neverFillsInADefaultForNull() {
        Schema withDefault = SchemaBuilder.int32().defaultValue(5).build();

        assertThatThrownBy(() ->
                        Coercion.between(OPTIONAL_INT32_SCHEMA, withDefault).convert(null))
                .hasMessage("is null, but a value is required");
    }
}
