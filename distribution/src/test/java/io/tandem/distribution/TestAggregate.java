package io.tandem.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tandem.examples.Comparison;
import io.tandem.examples.ExamplePair;
import io.tandem.examples.Examples;
import io.tandem.examples.Master;
import io.tandem.testbed.ConnectRest;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.connect.sink.SinkConnector;

/**
 * An aggregate of a test's own in the shared pair: its tables on both masters, and its four connectors, which go when it
 * is closed. The tables stay; they have names that no other test uses.
 */
public final class TestAggregate implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String MODEL = "customer-%s-%s";
    private static final List<String> KINDS = List.of("source", "sink");

    private final ExamplePair pair;
    private final String name;
    private final Map<String, String> canonical = new HashMap<>();
    private final Map<String, Side> sides = new HashMap<>();

    /**
     * One master's part.
     *
     * @param mapping the mapping document
     * @param settings the connector's settings for the aggregate, like {@code aggregate.root}
     * @param view a query with one row and one column: all of the aggregate's data, spelled as on the other master
     * @param ddl creates the tables
     */
    public record Side(String mapping, Map<String, String> settings, String view, List<String> ddl) {}

    private TestAggregate(ExamplePair pair, String name, String canonical, Side legacy, Side modern) {
        this.pair = pair;
        this.name = name;
        set("legacy", canonical, legacy);
        set("modern", canonical, modern);
    }

    /** Creates the tables and starts the connectors. */
    public static TestAggregate start(ExamplePair pair, String name, String canonical, Side legacy, Side modern) {
        TestAggregate aggregate = new TestAggregate(pair, name, canonical, legacy, modern);
        aggregate.create(pair.legacy(), legacy.ddl());
        aggregate.create(pair.modern(), modern.ddl());
        pair.legacy().grant(aggregate.source("legacy"));
        pair.modern().grant(aggregate.source("modern"));
        try {
            aggregate.post("legacy", "source");
            aggregate.post("modern", "source");
            aggregate.post("legacy", "sink");
            aggregate.post("modern", "sink");
            return aggregate;
        } catch (RuntimeException e) {
            aggregate.close();
            throw e;
        }
    }

    private void create(Master master, List<String> ddl) {
        try (Connection connection = master.server().connect(master.id());
                Statement statement = connection.createStatement()) {
            for (String sql : ddl) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(master.id() + ": " + e.getMessage(), e);
        }
    }

    private void set(String master, String schema, Side side) {
        canonical.put(master, schema);
        sides.put(master, side);
    }

    private void post(String master, String kind) {
        ObjectNode body = JSON.createObjectNode().put("name", connector(master, kind));
        body.set("config", JSON.valueToTree(config(master, kind)));
        pair.rest().create(body);
        pair.awaitRunning(connector(master, kind));
    }

    private Map<String, String> config(String master, String kind) {
        Map<String, String> config = new HashMap<>();
        Examples.connector(MODEL.formatted(master, kind))
                .get("config")
                .properties()
                .forEach(entry -> config.put(entry.getKey(), entry.getValue().asText()));
        own(config, master);
        return config;
    }

    /**
     * Gives the connectors of one master another mapping and canonical schema, whatever state they are in. They are
     * stopped before, since tasks that still run with the old settings would take the next records.
     */
    void reconfigure(String master, String schema, Side side) {
        set(master, schema, side);
        (master.equals("legacy") ? pair.legacy() : pair.modern()).grant(source(master));
        for (String kind : KINDS) {
            String connector = connector(master, kind);
            stop(connector);
            pair.rest().put(connector, config(master, kind));
            pair.rest().resume(connector);
        }
        for (String kind : KINDS) {
            awaitRecovered(connector(master, kind));
        }
    }

    /** Gives one connector further settings. */
    void configure(String master, String kind, Map<String, String> more) {
        Map<String, String> config = config(master, kind);
        config.putAll(more);
        pair.rest().put(connector(master, kind), config);
        awaitRecovered(connector(master, kind));
    }

    /** Stops both sinks while the work is done, and lets them go on when all of it is in the topics. */
    void withoutSinks(Runnable work) {
        List<String> masters = List.of("legacy", "modern");
        masters.forEach(master -> stop(connector(master, "sink")));
        work.run();
        masters.forEach(this::awaitPublished);
        masters.forEach(master -> pair.rest().resume(connector(master, "sink")));
        masters.forEach(master -> awaitRecovered(connector(master, "sink")));
    }

    private void awaitPublished(String id) {
        Master master = id.equals("legacy") ? pair.legacy() : pair.modern();
        await("all writes of " + id + " are published")
                .atMost(Await.LIMIT)
                .until(
                        () -> master.query("SELECT (SELECT COUNT(*) FROM tandem_" + name + "_journal) "
                                + "+ (SELECT COUNT(*) FROM tandem_" + name + "_clock WHERE clock_" + id
                                + " > published)"),
                        "0"::equals);
    }

    private void stop(String connector) {
        pair.rest().stop(connector);
        await(connector + " is stopped").atMost(Await.LIMIT).until(() -> {
            ConnectRest.ConnectorStatus status = pair.rest().status(connector);
            return status.state().equals("STOPPED") && status.tasks().isEmpty();
        });
    }

    /** Restarts the tasks of one master's connector, as after the cause of a failure was mended. */
    void restart(String master, String kind) {
        pair.rest().restartTask(connector(master, kind), 0);
        awaitRecovered(connector(master, kind));
    }

    /** Unlike the pair's own wait this one takes it that the status still tells of the failure for a moment. */
    private void awaitRecovered(String connector) {
        await(connector + " runs again")
                .atMost(Await.LIMIT)
                .until(() -> pair.rest().status(connector).isRunning());
    }

    /** Waits until the task of one master's connector has failed, and returns why. */
    String awaitFailure(String master, String kind) {
        return await(connector(master, kind) + " fails")
                .atMost(Await.LIMIT)
                .until(
                        () -> pair.rest().status(connector(master, kind)).tasks().stream()
                                .map(ConnectRest.TaskStatus::trace)
                                .filter(Objects::nonNull)
                                .findFirst()
                                .orElse(""),
                        trace -> !trace.isEmpty());
    }

    /** Keeps one master's connector from working. */
    void pause(String master, String kind) {
        pair.rest().pause(connector(master, kind));
        await(connector(master, kind) + " is paused")
                .atMost(Await.LIMIT)
                .until(() -> pair.rest().status(connector(master, kind)).tasks().stream()
                        .allMatch(task -> task.state().equals("PAUSED")));
    }

    /** Lets one master's connector work again. */
    void resume(String master, String kind) {
        pair.rest().resume(connector(master, kind));
        awaitRecovered(connector(master, kind));
    }

    /** Ends all sessions of the connectors' user in the database of one master, as its administrator. */
    void endSessions(String master) {
        if (master.equals("legacy")) {
            alter(master, "KILL CONNECTION USER tandem");
        } else {
            alter(master, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'tandem'");
        }
    }

    /** Changes tables as their owner, while the connectors run. */
    void alter(String master, String... ddl) {
        create(master.equals("legacy") ? pair.legacy() : pair.modern(), List.of(ddl));
    }

    private String connector(String master, String kind) {
        return name + "-" + master + "-" + kind;
    }

    /** Replaces what the example says about its own aggregate. */
    private void own(Map<String, String> config, String master) {
        Side side = side(master);
        config.keySet().removeIf(key -> key.startsWith("aggregate") || key.startsWith("mapping."));
        config.put("aggregate", name);
        boolean source = config.containsKey("topic");
        side.settings().forEach((setting, value) -> {
            // the check refuses settings of the other kind
            if (!source || !setting.startsWith("sink.")) {
                config.put(setting, value);
            }
        });
        config.put("transforms.mapping.mapping", side.mapping());
        config.put("transforms.mapping.schema", Objects.requireNonNull(canonical.get(master)));
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
                    assertThat(pair.legacy().query(side("legacy").view()))
                            .as("legacy")
                            .isEqualTo(expected);
                    assertThat(pair.modern().query(side("modern").view()))
                            .as("modern")
                            .isEqualTo(expected);
                });
        await("data and versions are equal")
                .atMost(Await.LIMIT)
                .untilAsserted(() -> assertThat(Comparison.compare(name, source("legacy"), source("modern"))
                                .differing())
                        .isEmpty());
    }

    private Side side(String master) {
        return Objects.requireNonNull(sides.get(master));
    }

    private Map<String, String> source(String master) {
        Map<String, String> settings = new HashMap<>(pair.settings(MODEL.formatted(master, "source")));
        own(settings, master);
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
