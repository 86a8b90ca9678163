package io.tandem.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tandem.examples.Comparison;
import io.tandem.examples.ExamplePair;
import io.tandem.examples.Examples;
import io.tandem.examples.Master;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.sink.SinkConnector;

/**
 * An aggregate of a test's own in the shared pair: its tables on both masters, and its four connectors, which go when it
 * is closed. The tables stay; they have names that no other test uses.
 */
final class TestAggregate implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String MODEL = "customer-%s-%s";

    private final ExamplePair pair;
    private final String name;
    private final String canonical;
    private final Side legacy;
    private final Side modern;

    /**
     * One master's part.
     *
     * @param mapping the mapping document
     * @param settings the connector's settings for the aggregate, like {@code aggregate.root}
     * @param view a query with one row and one column: all of the aggregate's data, spelled as on the other master
     * @param ddl creates the tables
     */
    record Side(String mapping, Map<String, String> settings, String view, List<String> ddl) {}

    private TestAggregate(ExamplePair pair, String name, String canonical, Side legacy, Side modern) {
        this.pair = pair;
        this.name = name;
        this.canonical = canonical;
        this.legacy = legacy;
        this.modern = modern;
    }

    /** Creates the tables and starts the connectors. */
    static TestAggregate start(ExamplePair pair, String name, String canonical, Side legacy, Side modern) {
        TestAggregate aggregate = new TestAggregate(pair, name, canonical, legacy, modern);
        aggregate.create(pair.legacy(), legacy.ddl(), List.of());
        aggregate.create(
                pair.modern(),
                modern.ddl(),
                List.of(
                        "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO app",
                        "GRANT SELECT, INSERT, UPDATE, DELETE, TRIGGER ON ALL TABLES IN SCHEMA public TO tandem"));
        try {
            aggregate.post("legacy", "source", legacy);
            aggregate.post("modern", "source", modern);
            aggregate.post("legacy", "sink", legacy);
            aggregate.post("modern", "sink", modern);
            return aggregate;
        } catch (RuntimeException e) {
            aggregate.close();
            throw e;
        }
    }

    private void create(Master master, List<String> ddl, List<String> grants) {
        try (Connection connection = master.server().connect(master.id());
                Statement statement = connection.createStatement()) {
            for (String sql : ddl) {
                statement.execute(sql);
            }
            for (String grant : grants) {
                statement.execute(grant);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(master.id() + ": " + e.getMessage(), e);
        }
    }

    private void post(String master, String kind, Side side) {
        Map<String, String> config = new HashMap<>();
        Examples.connector(MODEL.formatted(master, kind))
                .get("config")
                .properties()
                .forEach(entry -> config.put(entry.getKey(), entry.getValue().asText()));
        own(config, master, side);
        ObjectNode body = JSON.createObjectNode().put("name", connector(master, kind));
        body.set("config", JSON.valueToTree(config));
        pair.rest().create(body);
        pair.awaitRunning(connector(master, kind));
    }

    private String connector(String master, String kind) {
        return name + "-" + master + "-" + kind;
    }

    /** Replaces what the example says about its own aggregate. */
    private void own(Map<String, String> config, String master, Side side) {
        config.keySet().removeIf(key -> key.startsWith("aggregate") || key.startsWith("mapping."));
        config.put("aggregate", name);
        config.putAll(side.settings());
        config.put("transforms.mapping.mapping", side.mapping());
        config.put("transforms.mapping.schema", canonical);
        config.computeIfPresent("topic", (key, topic) -> "tandem." + name + "." + master);
        config.computeIfPresent(
                SinkConnector.TOPICS_CONFIG,
                (key, topics) -> "tandem." + name + "." + (master.equals("legacy") ? "modern" : "legacy"));
    }

    /** Waits until both masters show this, and then that data and versions are the same on both. */
    void awaitBoth(String expected) {
        await("both show " + expected)
                .atMost(Await.LIMIT)
                .pollInterval(Duration.ofMillis(100))
                .failFast(pair::requireNoFailure)
                .untilAsserted(() -> {
                    assertThat(pair.legacy().query(legacy.view())).as("legacy").isEqualTo(expected);
                    assertThat(pair.modern().query(modern.view())).as("modern").isEqualTo(expected);
                });
        await("data and versions are equal")
                .atMost(Await.LIMIT)
                .untilAsserted(() -> assertThat(
                                Comparison.compare(name, source("legacy", legacy), source("modern", modern))
                                        .differing())
                        .isEmpty());
    }

    private Map<String, String> source(String master, Side side) {
        Map<String, String> settings = new HashMap<>(pair.settings(MODEL.formatted(master, "source")));
        own(settings, master, side);
        return settings;
    }

    @Override
    public void close() {
        for (String connector : pair.rest().connectors()) {
            if (connector.startsWith(name + "-")) {
                pair.rest().delete(connector);
            }
        }
    }
}
