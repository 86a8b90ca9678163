package io.tandem.connect.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.tandem.connect.record.AlignmentSchema;
import io.tandem.connect.record.SemanticTypes;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.data.Date;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Timestamp;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CanonicalSchemaTest {

    private static final String DECIMAL =
            "{\"type\": \"bytes\", \"logicalType\": \"decimal\", \"precision\": 9, \"scale\": 2";

    private static Schema field(String type, String more) {
        CanonicalSchema schema = CanonicalSchema.parse(Sample.avsc("{\"name\": \"f\", \"type\": " + type + more + "}"));
        return schema.data().field("f").schema();
    }

    static Stream<Arguments> types() {
        return Stream.of(
                arguments("\"string\"", Schema.Type.STRING, null),
                arguments("\"int\"", Schema.Type.INT32, null),
                arguments("\"long\"", Schema.Type.INT64, null),
                arguments("\"float\"", Schema.Type.FLOAT32, null),
                arguments("\"double\"", Schema.Type.FLOAT64, null),
                arguments("\"boolean\"", Schema.Type.BOOLEAN, null),
                arguments("\"bytes\"", Schema.Type.BYTES, null),
                arguments(DECIMAL + "}", Schema.Type.BYTES, Decimal.LOGICAL_NAME),
                arguments(logical("int", "date"), Schema.Type.INT32, Date.LOGICAL_NAME),
                arguments(logical("long", "timestamp-millis"), Schema.Type.INT64, Timestamp.LOGICAL_NAME),
                arguments(logical("long", "timestamp-micros"), Schema.Type.INT64, SemanticTypes.MICRO_TIMESTAMP),
                arguments(
                        logical("long", "local-timestamp-micros"),
                        Schema.Type.INT64,
                        SemanticTypes.LOCAL_MICRO_TIMESTAMP),
                arguments(logical("long", "time-micros"), Schema.Type.INT64, SemanticTypes.MICRO_TIME),
                arguments(logical("string", "uuid"), Schema.Type.STRING, null),
                arguments("{\"type\": \"enum\", \"name\": \"E\", \"symbols\": [\"A\"]}", Schema.Type.STRING, null),
                arguments("{\"type\": \"array\", \"items\": \"int\"}", Schema.Type.ARRAY, null),
                arguments("{\"type\": \"record\", \"name\": \"R\", \"fields\": []}", Schema.Type.STRUCT, "test.R"));
    }

    private static String logical(String type, String logical) {
        return "{\"type\": \"" + type + "\", \"logicalType\": \"" + logical + "\"}";
    }

    @ParameterizedTest
    @MethodSource("types")
    void everySupportedTypeHasItsConnectType(String avro, Schema.Type type, @Nullable String name) {
        // when
        Schema required = field(avro, "");
        Schema optional = field("[\"null\", " + avro + "]", ", \"default\": null");

        // then
        assertThat(required.type()).isEqualTo(type);
        assertThat(required.name()).isEqualTo(name);
        assertThat(required.isOptional()).isFalse();
        assertThat(optional.type()).isEqualTo(type);
        assertThat(optional.name()).isEqualTo(name);
        assertThat(optional.isOptional()).isTrue();
        assertThat(optional.defaultValue()).isNull();
    }

    @Test
    void aDecimalKeepsPrecisionAndScale() {
        assertThat(field(DECIMAL + "}", "").parameters())
                .isEqualTo(Map.of("scale", "2", "connect.decimal.precision", "9"));
    }

    static Stream<Arguments> defaults() {
        return Stream.of(
                arguments("\"string\"", "\"x\"", "x"),
                arguments("\"long\"", "5", 5L),
                arguments("\"double\"", "5", 5.0),
                arguments("\"boolean\"", "true", true),
                arguments(DECIMAL + "}", "\"\\u0001\\u0000\"", new BigDecimal("2.56")),
                arguments(logical("int", "date"), "1", java.util.Date.from(Instant.parse("1970-01-02T00:00:00Z"))),
                arguments("{\"type\": \"array\", \"items\": \"int\"}", "[]", List.of()));
    }

    @ParameterizedTest
    @MethodSource("defaults")
    void aDefaultIsKept(String type, String text, Object expected) {
        assertThat(field(type, ", \"default\": " + text).defaultValue()).isEqualTo(expected);
    }

    @Test
    void docIsKept() {
        assertThat(field("\"string\"", ", \"doc\": \"why\"").doc()).isEqualTo("why");
    }

    @Test
    void keyAndValueSchemasFollowFromTheName() {
        // when
        CanonicalSchema schema = CanonicalSchema.parse(Sample.avsc("{\"name\": \"f\", \"type\": \"int\"}"));

        // then
        assertThat(schema.key().name()).isEqualTo("test.SampleKey");
        assertThat(schema.key().fields()).extracting(Field::name).containsExactly("id");
        assertThat(schema.value()).isEqualTo(AlignmentSchema.of("test.SampleAlignment", schema.data()));
        assertThat(schema.keyFields()).containsExactly("id");
    }

    static Stream<Arguments> refused() {
        String item = "{\"type\": \"record\", \"name\": \"I\", \"key\": [%s], \"fields\": [{\"name\": \"x\", \"type\":"
                + " [\"null\", \"int\"]}, {\"name\": \"y\", \"type\": \"bytes\"}]}";
        String array = "{\"type\": \"array\", \"items\": " + item + "}";
        return Stream.of(
                arguments(
                        "{\"type\": \"map\", \"values\": \"int\"}", "f: the type map is not supported; supported are "),
                arguments("{\"type\": \"fixed\", \"name\": \"F\", \"size\": 2}", "f: the type fixed is not supported"),
                arguments("[\"int\", \"string\"]", "f: a union other than [\"null\", T] is not supported"),
                arguments("[\"null\", \"int\", \"string\"]", "f: a union other than [\"null\", T] is not supported"),
                arguments(
                        logical("long", "timestamp-nanos"),
                        "f: the logical type timestamp-nanos of long is not supported"),
                arguments(logical("int", "time-millis"), "f: the logical type time-millis of int is not supported"),
                arguments(logical("bytes", "decimal"), "f: the logical type decimal is unknown or incomplete"),
                arguments(logical("string", "date"), "f: the logical type date is unknown or incomplete"),
                arguments(logical("string", "colour"), "f: the logical type colour is unknown or incomplete"),
                arguments(
                        "{\"type\": \"record\", \"name\": \"R\", \"fields\": [{\"name\": \"g\", \"type\":"
                                + " {\"type\": \"map\", \"values\": \"int\"}}]}",
                        "f.g: the type map is not supported"),
                arguments(
                        "{\"type\": \"record\", \"name\": \"R\", \"fields\": [{\"name\": \"g\", \"type\":"
                                + " [\"null\", \"R\"]}]}",
                        "f.g: a record within itself is not supported"),
                arguments(
                        "{\"type\": \"array\", \"items\": {\"type\": \"array\", \"items\": \"int\"}}",
                        "f: an array of arrays is not supported"),
                arguments(
                        "{\"type\": \"array\", \"items\": [\"null\", {\"type\": \"record\", \"name\": \"R\", \"fields\":"
                                + " []}]}",
                        "f: an array of records or arrays that may be null is not supported"),
                arguments(
                        "{\"type\": \"array\", \"items\": [\"string\", \"int\"]}",
                        "f: a union other than [\"null\", T] is not supported"),
                arguments(array.formatted("\"z\""), "f: \"key\": there is no field z"),
                arguments(array.formatted("\"x\""), "f: \"key\": the field x must be a required scalar and not bytes"),
                arguments(array.formatted("\"y\""), "f: \"key\": the field y must be a required scalar and not bytes"),
                arguments(array.formatted("\"y\", \"y\""), "f: \"key\": expected an array of field names, each once"));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void whatIsNotSupportedIsRefusedWithItsPath(String type, String message) {
        assertThatThrownBy(() -> field(type, ""))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("schema: " + message);
    }

    @Test
    void aDefaultThatWouldTakeThePlaceOfNullIsRefused() {
        assertThatThrownBy(() -> field("[\"string\", \"null\"]", ", \"default\": \"x\""))
                .hasMessage(
                        "schema: f: a field that may be null can have no default but null: Connect reads null as it");
    }

    @Test
    void aSchemaWithoutAKeyOrWithAWrongOneIsRefused() {
        String record =
                "{\"type\": \"record\", \"name\": \"R\", %s \"fields\": [{\"name\": \"a\", \"type\": \"int\"}]}";

        assertThatThrownBy(() -> CanonicalSchema.parse(record.formatted("")))
                .isInstanceOf(ConfigException.class)
                .hasMessage("schema: expected a property \"key\": the names of the fields that identify the aggregate");
        assertThatThrownBy(() -> CanonicalSchema.parse(record.formatted("\"key\": [\"b\"],")))
                .isInstanceOf(ConfigException.class)
                .hasMessage("schema: \"key\": there is no field b");
        assertThatThrownBy(() -> CanonicalSchema.parse("\"int\"")).hasMessage("schema: expected a record");
        assertThatThrownBy(() -> CanonicalSchema.parse("{")).hasMessageStartingWith("schema: not an Avro schema: ");
    }
}
