package io.tandem.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.tandem.connect.sink.AlignmentSinkConnector;
import io.tandem.connect.source.AlignmentSourceConnector;
import io.tandem.connect.transform.FromCanonical;
import io.tandem.connect.transform.ToCanonical;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.connect.connector.Connector;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** JSON knows null, and a worker passes it on: such a setting counts as left out, whichever it is. */
class NullSettingTest {

    /** What the connectors read and do not define. */
    private static final List<String> OTHERS = List.of(
            "errors.tolerance",
            "errors.deadletterqueue.topic.name",
            "errors.log.enable",
            "aggregate.children.line.table",
            "aggregate.children.line.parent",
            "aggregate.children.line.foreign.key",
            "aggregate.children.line.key",
            "transforms",
            "transforms.mapping.type",
            "transforms.mapping.mapping",
            "aggregate.chidlren",
            "producer.override.linger.ms",
            "task.id");

    static Stream<Arguments> connectors() {
        Supplier<Connector> source = AlignmentSourceConnector::new;
        Supplier<Connector> sink = AlignmentSinkConnector::new;
        return Stream.of(
                Arguments.of(source, ToCanonical.class.getName()), Arguments.of(sink, FromCanonical.class.getName()));
    }

    /** Right by themselves, but for the database, which no dialect knows. */
    private static Map<String, String> settings(String transform) {
        return new HashMap<>(Map.of(
                "connection.url", "jdbc:nothing:",
                "master", "legacy",
                "masters", "legacy,modern",
                "aggregate", "purchase",
                "aggregate.root", "orders",
                "aggregate.children", "line",
                "transforms", "mapping",
                "transforms.mapping.type", transform,
                "topic", "purchases"));
    }

    @ParameterizedTest
    @MethodSource("connectors")
    void counts_as_left_out(Supplier<Connector> kind, String transform) {
        List<String> names = new ArrayList<>(kind.get().config().names());
        names.addAll(OTHERS);

        for (String name : names) {
            Map<String, String> without = settings(transform);
            without.remove(name);
            Map<String, String> with = new HashMap<>(without);
            with.put(name, null);

            assertThat(errors(kind.get(), with)).as(name).isEqualTo(errors(kind.get(), without));
            assertThat(started(kind.get(), with)).as(name).isEqualTo(started(kind.get(), without));
        }
    }

    private static Map<String, List<String>> errors(Connector connector, Map<String, String> config) {
        Map<String, List<String>> errors = new TreeMap<>();
        for (ConfigValue value : connector.validate(config).configValues()) {
            errors.put(value.name(), value.errorMessages());
        }
        return errors;
    }

    /** Why the connector does not start, and what its tasks would get. */
    private static List<Object> started(Connector connector, Map<String, String> config) {
        return List.of(String.valueOf(catchThrowable(() -> connector.start(config))), connector.taskConfigs(1));
    }
}
