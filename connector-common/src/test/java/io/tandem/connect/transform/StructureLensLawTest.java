package io.tandem.connect.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.transforms.Transformation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The law of every lens: what one direction accepts, the other accepts too, and gives back as it was. A share of the
 * values must be accepted, so that a lens can't keep the law by refusing everything.
 */
class StructureLensLawTest {

    private static final int VALUES = 400;
    private static final Schema INT = Schema.INT32_SCHEMA;
    private static final Schema TEXT = Schema.OPTIONAL_STRING_SCHEMA;
    private static final Schema KIND = Schema.STRING_SCHEMA;

    /**
     * What is tested.
     *
     * @param row the schema of the local rows, with the mapped columns only
     */
    record Law(String name, Sample sample, Schema row, Map<String, List<?>> pools, Map<String, List<String>> keys) {

        /** Configured once, like a connector's. */
        UnaryOperator<Struct> toCanonical() {
            Transformation<SourceRecord> transformation = sample.toCanonical();
            return row -> Sample.data(transformation.apply(Sample.local(row)));
        }

        UnaryOperator<Struct> fromCanonical() {
            Transformation<SourceRecord> transformation = sample.fromCanonical();
            return data -> Sample.data(transformation.apply(Sample.canonical(data)));
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private static Schema row(Object... fields) {
        List<Object> all = new ArrayList<>(List.of("ID", Schema.INT64_SCHEMA));
        all.addAll(Arrays.asList(fields));
        return optional(Structs.schema(all.toArray()));
    }

    private static Schema optional(Schema schema) {
        SchemaBuilder builder = SchemaBuilder.struct().optional();
        schema.fields().forEach(field -> builder.field(field.name(), field.schema()));
        return builder.build();
    }

    private static Schema many(Schema element) {
        return SchemaBuilder.array(element).build();
    }

    private static String collection(String name, String record, String key, String fields) {
        return "{\"name\": \"" + name
                + "\", \"type\": {\"type\": \"array\", \"items\": {\"type\": \"record\", \"name\": \"" + record
                + "\", \"key\": " + key + ", \"fields\": [" + fields + "]}}}";
    }

    private static final String POS = "{\"name\": \"pos\", \"type\": \"int\"}";
    private static final String VAL = "{\"name\": \"val\", \"type\": [\"null\", \"string\"]}";
    private static final String VALUES_OF_ROW =
            "\"fields\": [{\"field\": \"pos\", \"column\": \"POS\"}, {\"field\": \"val\", \"column\": \"VAL\"}]}";
    private static final Map<String, List<String>> KEYS = Map.of(
            "as", List.of("pos"),
            "bs", List.of("pos"),
            "lines", List.of("pos"),
            "discounts", List.of("pos"),
            "cs", List.of("kind", "pos"),
            "A", List.of("POS"),
            "B", List.of("POS"),
            "L", List.of("POS"),
            "D", List.of("POS"),
            "T", List.of("K", "POS"));

    private static Law nested() {
        Schema discount = Structs.schema("POS", INT, "VAL", TEXT);
        return new Law(
                "tables in tables",
                Sample.of(
                        collection(
                                "lines",
                                "Line",
                                "[\"pos\"]",
                                POS + ", " + VAL + ", "
                                        + collection("discounts", "Discount", "[\"pos\"]", POS + ", " + VAL)),
                        "{\"field\": \"lines\", \"table\": \"L\", \"fields\": [{\"field\": \"pos\", \"column\": \"POS\"}, "
                                + "{\"field\": \"val\", \"column\": \"VAL\"}, {\"field\": \"discounts\", \"table\": \"D\", "
                                + VALUES_OF_ROW + "]}"),
                row("L", many(Structs.schema("POS", INT, "VAL", TEXT, "D", many(discount)))),
                Map.of(),
                KEYS);
    }

    private static Law tables() {
        Schema table = many(Structs.schema("POS", INT, "VAL", TEXT));
        return new Law(
                "tables of one collection",
                Sample.of(
                        collection(
                                "cs",
                                "C",
                                "[\"kind\", \"pos\"]",
                                "{\"name\": \"kind\", \"type\": \"string\"}, " + POS + ", " + VAL),
                        "{\"field\": \"cs\", \"table\": \"B\", \"where\": {\"kind\": \"b\"}, " + VALUES_OF_ROW
                                + ", {\"field\": \"cs\", \"table\": \"A\", \"where\": {\"kind\": \"a\"}, "
                                + VALUES_OF_ROW),
                row("A", table, "B", table),
                Map.of("kind", List.of("a", "b", "a", "b", "a", "b", "a", "other")),
                KEYS);
    }

    private static Law collections() {
        Schema table = Structs.schema("K", KIND, "POS", INT, "VAL", TEXT);
        String element = POS + ", " + VAL;
        return new Law(
                "collections of one table",
                Sample.of(
                        collection("as", "A", "[\"pos\"]", element) + ", "
                                + collection("bs", "B", "[\"pos\"]", element)
                                        .replace(
                                                "\"type\": {\"type\": \"array\"",
                                                "\"type\": [\"null\", {\"type\": \"array\"")
                                        .replaceFirst("}}$", "}]}"),
                        "{\"field\": \"as\", \"table\": \"T\", \"rows\": {\"K\": \"a\"}, " + VALUES_OF_ROW
                                + ", {\"field\": \"bs\", \"table\": \"T\", \"rows\": {\"K\": \"b\"}, \"none\": \"null\", "
                                + VALUES_OF_ROW),
                row("T", many(table)),
                Map.of("K", List.of("a", "b", "a", "b", "a", "b", "a", "other")),
                KEYS);
    }

    private static Law extension(String name, String required) {
        Schema table = Structs.schema("VAL", KIND, "NUM", Schema.OPTIONAL_INT32_SCHEMA);
        return new Law(
                name,
                Sample.of(
                        VAL
                                + ", {\"name\": \"r\", \"type\": [\"null\", {\"type\": \"record\", \"name\": \"R\", \"fields\": ["
                                + "{\"name\": \"num\", \"type\": \"int\"}]}]}",
                        "{\"extension\": \"E\", " + required
                                + "\"fields\": [{\"field\": \"val\", \"column\": \"VAL\"}, {\"field\": \"r.num\", \"column\":"
                                + " \"NUM\"}]}"),
                row("E", many(table)),
                Map.of("VAL", List.of("x", "y")),
                Map.of());
    }

    private static Law slots() {
        return new Law(
                "slots with null for none",
                Sample.of(
                        collection("as", "A", "[\"pos\"]", POS + ", " + VAL)
                                .replace("\"type\": {\"type\": \"array\"", "\"type\": [\"null\", {\"type\": \"array\"")
                                .replaceFirst("}}$", "}]}"),
                        "{\"field\": \"as\", \"none\": \"null\", \"repeated\": ["
                                + "{\"where\": {\"pos\": 0}, \"fields\": [{\"field\": \"val\", \"column\": \"V0\"}]},"
                                + "{\"where\": {\"pos\": 1}, \"fields\": [{\"field\": \"val\", \"column\": \"V1\"}]}]}"),
                row("V0", TEXT, "V1", TEXT),
                Map.of("pos", List.of(0, 1, 0, 1, 0, 1, 2)),
                KEYS);
    }

    private static Law array(String name, String items, String more, Schema column, List<?> texts) {
        return new Law(
                name,
                Sample.of(
                        "{\"name\": \"tags\", \"type\": [\"null\", {\"type\": \"array\", \"items\": " + items + "}]}",
                        "{\"field\": \"tags\", \"column\": \"TAGS\"" + more + "}"),
                row("TAGS", column),
                texts.isEmpty() ? Map.of() : Map.of("TAGS", texts),
                Map.of());
    }

    static List<Law> laws() {
        Schema arrays = SchemaBuilder.array(TEXT).optional().build();
        String decimal = "{\"type\": \"bytes\", \"logicalType\": \"decimal\", \"precision\": 9, \"scale\": 2}";
        return List.of(
                nested(),
                tables(),
                collections(),
                extension("extension", ""),
                extension("extension that is required", "\"required\": true, "),
                slots(),
                array("array", "\"string\"", "", arrays, List.of()),
                array("array with nulls", "[\"null\", \"string\"]", "", arrays, List.of()),
                array(
                        "array as JSON",
                        "[\"null\", \"string\"]",
                        ", \"format\": \"json\"",
                        TEXT,
                        List.of("[]", "[null]", "[\"a\",\"ä\"]", "[\"\"]", "[ ]", "[1]", "{}", "")),
                array(
                        "array of numbers as JSON",
                        decimal,
                        ", \"format\": \"json\"",
                        TEXT,
                        List.of("[]", "[1.00]", "[1.5]", "[-0.25,3.00]", "[1e2]", "[01.00]")),
                array(
                        "array with separator",
                        "\"string\"",
                        ", \"separator\": \",\"",
                        TEXT,
                        List.of("", ",", "a", "a,,b", "ä,b")),
                array(
                        "array of numbers with separator",
                        "\"long\"",
                        ", \"separator\": \"; \"",
                        TEXT,
                        List.of("", "1", "1; 2", "01", "1;2", "1; ", "-3")));
    }

    @ParameterizedTest
    @MethodSource("laws")
    void whatIsAcceptedComesBackAsItWas(Law law) {
        check(law, law.toCanonical(), law.fromCanonical());
    }

    @Test
    void aLensThatLosesSomethingIsFoundOut() {
        // given
        Law law = tables();
        UnaryOperator<Struct> toCanonical = law.toCanonical();
        UnaryOperator<Struct> fromCanonical = law.fromCanonical();
        UnaryOperator<Struct> forgetful = canonical -> {
            Struct row = fromCanonical.apply(canonical);
            return row.put("A", List.of());
        };
        UnaryOperator<Struct> confused = row -> {
            Struct canonical = toCanonical.apply(row);
            canonical.<Struct>getArray("cs").forEach(one -> one.put("kind", "a"));
            return canonical;
        };

        // then
        assertThatThrownBy(() -> check(law, toCanonical, forgetful)).isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> check(law, confused, fromCanonical)).isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> check(
                        law,
                        row -> {
                            throw new DataException("never");
                        },
                        fromCanonical))
                .isInstanceOf(AssertionError.class);
    }

    private static void check(Law law, UnaryOperator<Struct> toCanonical, UnaryOperator<Struct> fromCanonical) {
        Generator generator = new Generator(20_260_101, law.pools(), law.keys());
        assertThat(accepted(generator, law.sample().canonical(), fromCanonical, toCanonical))
                .as("canonical records that are accepted")
                .isGreaterThan(VALUES / 5);
        assertThat(accepted(generator, law.row(), toCanonical, fromCanonical))
                .as("local rows that are accepted")
                .isGreaterThan(VALUES / 5);
    }

    private static int accepted(
            Generator generator, Schema schema, UnaryOperator<Struct> there, UnaryOperator<Struct> back) {
        int accepted = 0;
        for (int i = 0; i < VALUES; i++) {
            Struct value = generator.struct(schema);
            Struct moved;
            try {
                moved = there.apply(value);
            } catch (DataException e) {
                continue;
            }
            accepted++;
            Struct returned;
            try {
                returned = back.apply(moved);
            } catch (DataException e) {
                throw new AssertionError("accepted on the way there, refused on the way back: " + value, e);
            }
            assertThat(Structs.plain(returned)).isEqualTo(Structs.plain(value));
        }
        return accepted;
    }
}
