package io.tandem.connect.transform;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The published JSON Schema of mapping documents, against the documents that the reader takes and refuses. */
class MappingSchemaTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path EXAMPLES =
            Path.of("..", "config-examples", "src", "main", "resources", "examples", "mappings");

    private static final JsonSchema SCHEMA = schema();

    private static JsonSchema schema() {
        try (InputStream stream = Objects.requireNonNull(Mapping.class.getResourceAsStream("mapping.schema.json"))) {
            return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                    .getSchema(stream);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Set<ValidationMessage> problems(String document) throws JsonProcessingException {
        return SCHEMA.validate(JSON.readTree(document));
    }

    static Stream<Path> examples() throws IOException {
        try (Stream<Path> files = Files.list(EXAMPLES)) {
            return files.sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void theExamplesAreValid(Path example) throws IOException {
        assertThat(problems(Files.readString(example))).isEmpty();
    }

    static Stream<String> rules() {
        Stream<String> laws =
                LensLawTest.rules().map(arguments -> (String) arguments.get()[1]);
        return Stream.concat(
                laws,
                Stream.of(
                        "{\"field\": \"f\", \"column\": \"c\", \"type\": \"decimal(10,2)\"}",
                        "{\"field\": \"f\", \"column\": \"c\", \"readOnly\": true}",
                        "{\"field\": \"f\", \"column\": \"c\", \"readOnly\": false, \"when\": {\"column\": \"d\", \"is\": 1}}",
                        "{\"class\": \"a.B\", \"columns\": [\"c\", {\"column\": \"d\", \"type\": \"int64\"}], \"fields\": [\"f\"],"
                                + " \"options\": {\"a\": [null, {}]}}",
                        "{\"field\": \"f\", \"repeated\": [{\"where\": {\"p\": 1}, \"fields\": [{\"field\": \"g\","
                                + " \"column\": \"c\"}]}]}",
                        "{\"field\": \"f\", \"table\": \"t\", \"fields\": [{\"field\": \"g\", \"column\": \"c\"}]}"));
    }

    @ParameterizedTest
    @MethodSource("rules")
    void aRuleThatTheReaderTakesIsValid(String rule) throws IOException {
        // given
        String document = Sample.mapping(rule)
                .replaceFirst(
                        "\\{",
                        "{\"\\$schema\": \"x\", \"tables\": {\"t\": {\"a\": \"A\"}, \"u\": {\"a\": [1, true]}},");

        // when
        Mapping mapping = Mapping.parse(document);

        // then
        assertThat(mapping.master()).isEqualTo("m");
        assertThat(problems(document)).isEmpty();
    }

    static Stream<String> structures() {
        String value = "{\"field\": \"g\", \"column\": \"c\"}";
        return Stream.of(
                "{\"field\": \"f\", \"table\": \"t\", \"fields\": [{\"field\": \"g\", \"table\": \"u\", \"fields\": ["
                        + value + "]}]}",
                "{\"field\": \"f\", \"table\": \"t\", \"where\": {\"kind\": \"B\"}, \"rows\": {\"K\": 1}, \"none\": \"null\","
                        + " \"fields\": [" + value + "]}",
                "{\"extension\": \"e\", \"required\": true, \"fields\": [" + value + "]}",
                "{\"field\": \"f\", \"none\": \"null\", \"repeated\": [{\"where\": {\"p\": 1}, \"fields\": [" + value
                        + "]}]}",
                "{\"field\": \"f\", \"column\": \"c\", \"format\": \"json\"}",
                "{\"field\": \"f\", \"column\": \"c\", \"separator\": \",\"}");
    }

    @ParameterizedTest
    @MethodSource("structures")
    void aRuleAboutTablesAndCollectionsIsValid(String rule) throws IOException {
        assertThat(problems(Sample.mapping(rule).replaceFirst("\\{", "{\"absent\": [\"a\", \"b.c\"],")))
                .isEmpty();
    }

    /** Refused for what a schema can't see: references, and equality of values. */
    private static final List<String> BEYOND_STRUCTURE = List.of(
            "Duplicate",
            "not a JSON document",
            "one-to-one",
            "has no table",
            "values for each code",
            "as many",
            "is longer than",
            "is given twice",
            "expected a time zone",
            "at most 1000 digits",
            "expected a number other than 0",
            "child tables of child tables",
            "expected one of string, boolean, int8,");

    static Stream<String> refused() {
        return Stream.concat(MappingTest.brokenDocuments(), ValueRuleReaderTest.brokenDocuments())
                .map(Arguments::get)
                .filter(pair -> BEYOND_STRUCTURE.stream().noneMatch(((String) pair[1])::contains))
                .map(pair -> (String) pair[0]);
    }

    @ParameterizedTest
    @MethodSource("refused")
    void aDocumentThatTheReaderRefusesForItsStructureIsInvalid(String document) throws IOException {
        assertThat(problems(document)).isNotEmpty();
    }

    @Test
    void mostOfTheRefusedDocumentsAreJudgedHere() {
        assertThat(refused()).hasSizeGreaterThan(55);
    }

    @Test
    void everyPropertyHasADescription() throws IOException {
        try (InputStream stream = Objects.requireNonNull(Mapping.class.getResourceAsStream("mapping.schema.json"))) {
            assertThat(JSON.readTree(stream).findValues("properties")).allSatisfy(properties -> {
                for (JsonNode property : properties) {
                    boolean described = property.has("description") || property.has("$ref");
                    assertThat(described || property.isBoolean() || property.has("const"))
                            .as("%s", property)
                            .isTrue();
                }
            });
        }
    }
}
