package io.tandem.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.tandem.connect.config.CommonConfig;
import io.tandem.connect.sink.AlignmentSinkConfig;
import io.tandem.connect.sink.AlignmentSinkConnector;
import io.tandem.connect.source.AlignmentSourceConfig;
import io.tandem.connect.source.AlignmentSourceConnector;
import io.tandem.connect.transform.FromCanonical;
import io.tandem.connect.transform.ToCanonical;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.connect.connector.Connector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every file that people POST or copy is one that works. */
class ExampleFilesTest {

    static final List<String> AGGREGATES = List.of("customer", "order");
    private static final List<String> MASTERS = List.of("legacy", "modern");

    /** Settings of Connect's own, of any source, of any sink. */
    private static final Set<String> CONNECT = Set.of("connector.class", "tasks.max", "transforms");

    private static final Pattern CONNECT_SOURCE = Pattern.compile("topic\\.creation\\.default\\.[a-z.]+");
    private static final Pattern CONNECT_SINK = Pattern.compile("topics|consumer\\.override\\.[a-z.]+");
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([a-z]+):([^:}]+):([^}]+)}");

    /** The settings of a connector as its tasks get them, with the example's own passwords. */
    static Map<String, String> settings(String connector) {
        return Examples.settings(connector, secrets -> Examples.text("worker/" + secrets));
    }

    static List<String> connectors() {
        return Examples.CONNECTORS;
    }

    static Stream<ExampleMapping> mappings() {
        return AGGREGATES.stream()
                .flatMap(aggregate -> MASTERS.stream().map(master -> new ExampleMapping(aggregate, master)));
    }

    @Test
    void there_are_four_connector_files_per_aggregate_and_no_other() throws IOException, URISyntaxException {
        Set<String> expected = AGGREGATES.stream()
                .flatMap(aggregate -> MASTERS.stream()
                        .flatMap(master ->
                                Stream.of("source", "sink").map(kind -> aggregate + "-" + master + "-" + kind)))
                .collect(Collectors.toSet());

        assertThat(Examples.CONNECTORS).hasSize(8).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(files("connectors"))
                .containsExactlyInAnyOrderElementsOf(expected.stream()
                        .map(name -> "connectors/" + name + ".json")
                        .toList());
    }

    @Test
    void every_mapping_and_schema_file_is_one_that_the_worker_gets() throws IOException, URISyntaxException {
        assertThat(Stream.concat(files("mappings").stream(), files("canonical").stream()))
                .containsExactlyInAnyOrderElementsOf(Examples.DOCUMENTS);
    }

    @ParameterizedTest
    @MethodSource("connectors")
    void a_connector_file_holds_a_name_that_is_its_own_and_a_config_of_texts(String connector) {
        assertThat(Examples.connector(connector).fieldNames()).toIterable().containsExactly("name", "config");
        assertThat(Examples.connector(connector).get("name").asText()).isEqualTo(connector);
        assertThat(Examples.connector(connector).get("config")).allMatch(value -> value.isTextual());
    }

    @ParameterizedTest
    @MethodSource("connectors")
    void the_settings_are_valid(String connector) {
        Map<String, String> settings = settings(connector);

        assertThat(settings)
                .containsEntry(
                        "connector.class", connectorOf(connector).getClass().getName());
        assertThat(errors(connectorOf(connector).config(), settings)).isEmpty();
        assertThatCode(() -> read(connector, settings)).doesNotThrowAnyException();
    }

    private static CommonConfig read(String connector, Map<String, String> settings) {
        return connector.endsWith("source") ? new AlignmentSourceConfig(settings) : new AlignmentSinkConfig(settings);
    }

    @ParameterizedTest
    @MethodSource("connectors")
    void a_connector_is_named_after_its_aggregate_and_master(String connector) {
        Map<String, String> settings = settings(connector);

        assertThat(connector).startsWith(settings.get("aggregate") + "-" + settings.get("master") + "-");
    }

    @ParameterizedTest
    @MethodSource("connectors")
    void no_setting_is_unknown(String connector) {
        Set<String> own = connectorOf(connector).config().names();
        Pattern ofConnect = connector.endsWith("source") ? CONNECT_SOURCE : CONNECT_SINK;

        assertThat(settings(connector).keySet())
                .filteredOn(name -> !own.contains(name) && !CONNECT.contains(name) && !name.startsWith("transforms."))
                .allMatch(name -> ofConnect.matcher(name).matches(), "is a setting of Connect's");
    }

    @ParameterizedTest
    @MethodSource("connectors")
    void the_transform_is_the_one_of_the_direction_and_its_settings_are_valid(String connector) {
        boolean source = connector.endsWith("source");
        ConfigDef definition = source ? ToCanonical.CONFIG_DEF : FromCanonical.CONFIG_DEF;
        Map<String, String> settings = settings(connector);
        Map<String, String> ofTransform = settings.entrySet().stream()
                .filter(setting -> setting.getKey().startsWith("transforms.mapping."))
                .collect(Collectors.toMap(
                        setting -> setting.getKey().substring("transforms.mapping.".length()), Map.Entry::getValue));

        assertThat(settings).containsEntry("transforms", "mapping");
        assertThat(ofTransform.remove("type")).isEqualTo((source ? ToCanonical.class : FromCanonical.class).getName());
        assertThat(ofTransform.keySet()).isEqualTo(definition.names());
        assertThat(errors(definition, ofTransform)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("mappings")
    void a_sink_reads_what_the_source_of_the_other_master_writes(ExampleMapping mapping) {
        String other = mapping.master().equals("legacy") ? "modern" : "legacy";

        assertThat(settings(mapping.aggregate() + "-" + mapping.master() + "-sink"))
                .containsEntry(
                        "topics",
                        settings(mapping.aggregate() + "-" + other + "-source").get("topic"));
    }

    @Test
    void masters_and_policy_are_the_same_everywhere() {
        assertThat(Examples.CONNECTORS)
                .allSatisfy(connector -> assertThat(settings(connector))
                        .containsEntry("masters", "legacy,modern")
                        .containsEntry("conflict.policy", "timestamp"));
    }

    @ParameterizedTest
    @MethodSource("mappings")
    void source_and_sink_of_a_master_agree_on_tables_and_mapping(ExampleMapping mapping) {
        Map<String, String> source = settings(mapping.aggregate() + "-" + mapping.master() + "-source");
        Map<String, String> sink = settings(mapping.aggregate() + "-" + mapping.master() + "-sink");

        assertThat(shared(source)).isEqualTo(shared(sink)).containsKeys("aggregate.root", "transforms.mapping.mapping");
    }

    private static Map<String, String> shared(Map<String, String> settings) {
        return settings.entrySet().stream()
                .filter(setting ->
                        setting.getKey().matches("aggregate.*|master|connection.*|transforms.mapping.[ms].*"))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    @ParameterizedTest
    @MethodSource("connectors")
    void every_variable_names_a_provider_of_the_worker_and_something_that_is_there(String connector) {
        List<String> providers = List.of(Examples.properties("worker/worker.properties")
                .getOrDefault("config.providers", "")
                .split(",", -1));
        List<MatchResult> variables = VARIABLE.matcher(Examples.text("connectors/" + connector + ".json"))
                .results()
                .toList();

        assertThat(variables).hasSize(5).allSatisfy(variable -> {
            assertThat(providers).contains(variable.group(1));
            if (variable.group(1).equals("file")) {
                assertThat(Examples.properties(variable.group(2).replace("tandem/", "worker/")))
                        .containsKey(variable.group(3));
            } else {
                assertThat(Examples.DOCUMENTS)
                        .contains(variable.group(2).replace("tandem/", "") + "/" + variable.group(3));
            }
        });
        assertThat(Examples.connector(connector)
                        .get("config")
                        .get("connection.password")
                        .asText())
                .matches(VARIABLE);
    }

    @Test
    void the_worker_properties_have_what_a_worker_needs() {
        assertThat(Examples.properties("worker/worker.properties"))
                .containsKeys("bootstrap.servers", "group.id", "plugin.path", "config.providers")
                .containsKeys("key.converter", "value.converter")
                .containsKeys("config.storage.topic", "offset.storage.topic", "status.storage.topic")
                .allSatisfy((name, value) -> assertThat(value).as(name).isNotBlank());
    }

    @Test
    void the_variant_for_confluents_converter_differs_in_the_converter_only() {
        assertThat(withoutConverter("worker/worker-confluent.properties"))
                .isEqualTo(withoutConverter("worker/worker.properties"))
                .isNotEmpty();
        assertThat(Examples.properties("worker/worker-confluent.properties"))
                .containsOnlyKeys(Stream.concat(
                                withoutConverter("worker/worker.properties").keySet().stream(),
                                Stream.of("key", "value")
                                        .flatMap(part -> Stream.of(
                                                part + ".converter", part + ".converter.schema.registry.url")))
                        .toList())
                .containsEntry("value.converter", "io.confluent.connect.avro.AvroConverter");
    }

    private static Map<String, String> withoutConverter(String file) {
        return Examples.properties(file).entrySet().stream()
                .filter(property -> !property.getKey().matches("(key|value)\\.converter.*"))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static Connector connectorOf(String name) {
        return name.endsWith("source") ? new AlignmentSourceConnector() : new AlignmentSinkConnector();
    }

    private static List<String> errors(ConfigDef definition, Map<String, String> settings) {
        return definition.validate(settings).stream()
                .map(ConfigValue::errorMessages)
                .flatMap(List::stream)
                .toList();
    }

    private static List<String> files(String folder) throws IOException, URISyntaxException {
        Path path = Path.of(Objects.requireNonNull(Examples.class.getResource("/examples/" + folder))
                .toURI());
        try (Stream<Path> files = Files.list(path)) {
            return files.map(file -> folder + "/" + file.getFileName()).toList();
        }
    }
}
