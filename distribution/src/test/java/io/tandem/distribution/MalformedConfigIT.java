package io.tandem.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tandem.connect.sink.AlignmentSinkConnector;
import io.tandem.connect.source.AlignmentSourceConnector;
import io.tandem.examples.ExamplePair;
import io.tandem.testbed.ConnectRestException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.connect.connector.Connector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Settings that are wrong in any way are refused before there is a connector, at the setting that is to blame, and leave
 * nothing behind.
 */
@ExtendWith(PairExtension.class)
class MalformedConfigIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int POSTED = 20;

    private final ExamplePair pair;
    private final List<ConfigFault> faults;

    MalformedConfigIT(ExamplePair pair) {
        this.pair = pair;
        faults = Stream.concat(
                        ConfigFaults.all(new AlignmentSourceConnector().config(), new AlignmentSinkConnector().config())
                                .stream(),
                        MappingFaults.all().stream())
                .toList();
    }

    @Test
    void each_is_an_error_of_the_setting_that_is_to_blame_and_creates_nothing() {
        Set<String> before = objects();
        List<String> wrong = new ArrayList<>();
        int viaWorker = 0;

        for (ConfigFault fault : faults) {
            Map<String, String> config = config(fault);
            Map<String, List<String>> errors;
            if (fault.isOfTransform()) {
                viaWorker++;
                errors = pair.rest()
                        .validate(config.get("connector.class"), config)
                        .errors();
            } else {
                errors = validate(config);
            }
            String objection = objection(fault, errors);
            if (!objection.isEmpty()) {
                wrong.add(fault.name() + ": " + objection);
            }
        }

        assertThat(wrong).isEmpty();
        assertThat(objects()).isEqualTo(before);
        assertThat(faults).hasSizeGreaterThan(200);
        System.out.printf(
                "MALFORMED configurations=%d refused=%d (by the worker %d) created=0%n",
                faults.size(), faults.size() - wrong.size(), viaWorker);
    }

    @Test
    void without_a_fault_there_is_no_error() {
        for (String connector : List.of(ConfigFaults.SOURCE, ConfigFaults.SINK)) {
            Map<String, String> proper = config(new ConfigFault(connector, Map.of(), "", ""));

            assertThat(validate(proper)).isEmpty();
            assertThat(pair.rest()
                            .validate(proper.get("connector.class"), proper)
                            .errors())
                    .isEmpty();
        }
    }

    /** A worker passes it on as it is. */
    @Test
    void null_is_no_value_and_no_error() {
        for (String connector : List.of(ConfigFaults.SOURCE, ConfigFaults.SINK)) {
            Map<String, String> config = config(new ConfigFault(connector, Map.of(), "", ""));
            config.put("aggregate.deleted.column", null);

            assertThat(pair.rest()
                            .validate(config.get("connector.class"), config)
                            .errors())
                    .isEmpty();
        }
    }

    @Test
    void a_worker_makes_no_connector_of_them() {
        Set<String> before = objects();
        List<String> connectors = pair.rest().connectors();
        int posted = 0;
        for (int i = 0; i < faults.size(); i += faults.size() / POSTED) {
            ConfigFault fault = faults.get(i);
            ObjectNode body = JSON.createObjectNode().put("name", "malformed");
            body.set("config", JSON.valueToTree(config(fault)));

            assertThatThrownBy(() -> pair.rest().create(body))
                    .as(fault.name())
                    .isInstanceOf(ConnectRestException.class)
                    .hasMessageContaining("400")
                    .hasMessageContaining("error(s)");
            posted++;
        }

        assertThat(pair.rest().connectors()).containsExactlyInAnyOrderElementsOf(connectors);
        assertThat(objects()).isEqualTo(before);
        System.out.printf("MALFORMED configurations posted=%d connectors=0 created=0%n", posted);
    }

    private Map<String, String> config(ConfigFault fault) {
        Map<String, String> config = fault.in(pair.settings(fault.connector()));
        // an aggregate that is not there yet, whose tables would be created
        config.computeIfPresent("aggregate", (name, value) -> value.equals("order") ? "malformed" : value);
        config.computeIfPresent(
                "transforms.mapping.mapping",
                (name, mapping) -> mapping.replace("\"aggregate\": \"order\"", "\"aggregate\": \"malformed\""));
        config.put("name", "malformed");
        return config;
    }

    private static Map<String, List<String>> validate(Map<String, String> config) {
        Connector connector = String.valueOf(config.get("connector.class")).contains("Source")
                ? new AlignmentSourceConnector()
                : new AlignmentSinkConnector();
        Map<String, List<String>> errors = new LinkedHashMap<>();
        for (ConfigValue value : connector.validate(config).configValues()) {
            if (!value.errorMessages().isEmpty()) {
                errors.put(value.name(), value.errorMessages());
            }
        }
        return errors;
    }

    private String objection(ConfigFault fault, Map<String, List<String>> errors) {
        if (errors.isEmpty()) {
            return "was not refused";
        }
        String secret = String.valueOf(pair.settings(fault.connector()).get("connection.password"));
        if (errors.toString().contains(secret)) {
            return "shows the password";
        }
        boolean blamed = errors.keySet().stream().anyMatch(setting -> setting.startsWith(fault.blamed()));
        if (!blamed) {
            return "blames " + errors;
        }
        boolean told = errors.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(fault.blamed()))
                .anyMatch(entry -> entry.getValue().toString().contains(fault.told()));
        return told ? "" : "does not say " + fault.told() + " but " + errors;
    }

    /** Tables, triggers and routines on both masters. */
    private Set<String> objects() {
        Set<String> objects = new TreeSet<>();
        for (String kind : List.of("table", "trigger", "routine")) {
            String all = "information_schema." + kind + "s";
            objects.add(kind + "s of legacy: "
                    + pair.legacy()
                            .query("SELECT GROUP_CONCAT(" + kind + "_NAME ORDER BY 1) FROM " + all + " WHERE " + kind
                                    + "_SCHEMA NOT IN ('sys', 'mysql', 'information_schema', 'performance_schema')"));
            objects.add(kind + "s of modern: "
                    + pair.modern()
                            .query("SELECT string_agg(" + kind + "_name, ',' ORDER BY " + kind + "_name) FROM " + all
                                    + " WHERE " + kind + "_schema NOT IN ('pg_catalog', 'information_schema')"));
        }
        return objects;
    }
}
