package io.tandem.examples;

import io.tandem.testbed.ConnectRest;
import io.tandem.testbed.ConnectRestException;
import io.tandem.testbed.ConnectWorker;
import io.tandem.testbed.KafkaBroker;
import io.tandem.testbed.MariaDbServer;
import io.tandem.testbed.PostgresServer;
import io.tandem.testbed.SchemaRegistry;
import io.tandem.testbed.TestbedHome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * Broker, registry, worker with the installed plugin, and both databases, all real. Closing stops and removes all of
 * them, also after a start that failed.
 */
public final class ExamplePair implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofSeconds(60);

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private @Nullable KafkaBroker broker;
    private @Nullable SchemaRegistry registry;
    private ConnectWorker.@Nullable Builder workers;
    private @Nullable ConnectWorker worker;
    private @Nullable ConnectRest rest;
    private @Nullable Master legacy;
    private @Nullable Master modern;

    private ExamplePair() {}

    /**
     * Starts everything and creates the tables; there are no rows and no connectors yet.
     *
     * @param plugins folders for {@code plugin.path}: the one into which the plugin archive was unpacked, and others
     * @param progress told about each step
     */
    public static ExamplePair start(List<Path> plugins, Consumer<String> progress) {
        ExamplePair pair = new ExamplePair();
        try {
            pair.startParts(plugins, progress);
            return pair;
        } catch (RuntimeException e) {
            pair.close();
            throw e;
        }
    }

    private void startParts(List<Path> plugins, Consumer<String> progress) {
        progress.accept("starting MariaDB (legacy)");
        Master old = Master.legacy(opened(MariaDbServer.start()));
        old.create();
        legacy = old;
        progress.accept("starting PostgreSQL (modern)");
        Master young = Master.modern(opened(PostgresServer.start()));
        young.create();
        modern = young;
        progress.accept("starting a Kafka broker");
        KafkaBroker kafka = opened(KafkaBroker.start());
        broker = kafka;
        progress.accept("starting a schema registry");
        SchemaRegistry schemas = opened(SchemaRegistry.start());
        registry = schemas;
        progress.accept("starting a Connect worker with the installed plugin");
        List<Path> folders = new ArrayList<>(plugins);
        folders.add(TestbedHome.find().converterPluginPath());
        ConnectWorker.Builder builder = workers(kafka, schemas, folders);
        workers = builder;
        ConnectWorker connect = opened(builder.start());
        worker = connect;
        rest = connect.rest();
    }

    private <T extends AutoCloseable> T opened(T part) {
        parts.push(part);
        return part;
    }

    private ConnectWorker.Builder workers(KafkaBroker kafka, SchemaRegistry schemas, List<Path> pluginPath) {
        ConnectWorker.Builder builder = ConnectWorker.builder(kafka).pluginPath(pluginPath);
        Examples.properties("worker/worker.properties").forEach((name, value) -> {
            if (name.contains("registry.url")) {
                builder.property(name, schemas.v2Url());
            } else if (name.contains(".converter") || name.startsWith("config.providers")) {
                builder.property(name, value);
            }
        });
        for (Master master : List.of(legacy(), modern())) {
            builder.file("tandem/" + master.id() + ".properties", master.secrets());
        }
        Examples.DOCUMENTS.forEach(name -> builder.file("tandem/" + name, Examples.text(name)));
        return builder;
    }

    /** Starts one more worker of the same group, which takes over some of the tasks. It is closed with the pair. */
    public ConnectWorker anotherWorker() {
        return opened(started(workers).start());
    }

    /** POSTs the file of a connector as it is, and waits until it and its tasks run. */
    public void post(String connector) {
        rest().create(Examples.connector(connector));
        awaitRunning(connector);
    }

    /**
     * Waits until a connector and all its tasks run.
     *
     * @throws IllegalStateException with the trace if one of them failed
     */
    public void awaitRunning(String connector) {
        Awaitility.await(connector + " runs")
                .atMost(START_LIMIT)
                .ignoreExceptionsInstanceOf(ConnectRestException.class)
                .until(() -> isRunning(rest().status(connector)));
    }

    /**
     * Looks at all connectors of the worker.
     *
     * @throws IllegalStateException with the trace if one of them or of their tasks failed
     */
    public void requireNoFailure() {
        rest().connectors().forEach(connector -> isRunning(rest().status(connector)));
    }

    private static boolean isRunning(ConnectRest.ConnectorStatus status) {
        if (status.trace() != null) {
            throw new IllegalStateException(status.name() + " failed: " + status.trace());
        }
        for (ConnectRest.TaskStatus task : status.tasks()) {
            if (task.trace() != null) {
                throw new IllegalStateException("a task of " + status.name() + " failed: " + task.trace());
            }
        }
        return status.isRunning();
    }

    /** A connector's settings as its tasks get them. */
    public Map<String, String> settings(String connector) {
        return Examples.settings(
                connector, name -> name.startsWith("legacy") ? legacy().secrets() : modern().secrets());
    }

    /** The broker. */
    public KafkaBroker broker() {
        return started(broker);
    }

    /** The schema registry. */
    public SchemaRegistry registry() {
        return started(registry);
    }

    /** The worker. */
    public ConnectWorker worker() {
        return started(worker);
    }

    /** A client of the worker's REST interface. */
    public ConnectRest rest() {
        return started(rest);
    }

    /** The MariaDB side. */
    public Master legacy() {
        return started(legacy);
    }

    /** The PostgreSQL side. */
    public Master modern() {
        return started(modern);
    }

    /** The other one of the two masters. */
    public Master peer(Master master) {
        return master.equals(legacy()) ? modern() : legacy();
    }

    private static <T> T started(@Nullable T part) {
        if (part == null) {
            throw new IllegalStateException("the pair is not started");
        }
        return part;
    }

    @Override
    public void close() {
        IllegalStateException failure = null;
        while (!parts.isEmpty()) {
            AutoCloseable part = parts.pop();
            try {
                part.close();
            } catch (Exception e) {
                IllegalStateException now = new IllegalStateException(
                        "cannot stop " + part.getClass().getSimpleName(), e);
                if (failure == null) {
                    failure = now;
                } else {
                    failure.addSuppressed(now);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
