package io.tandem.testbed;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * A Connect worker in distributed mode, in its own JVM with nothing but Kafka's class path. Thread-safe.
 */
public final class ConnectWorker implements AutoCloseable {

    private static final Duration STOP_GRACE = Duration.ofSeconds(20);

    private final Path directory;
    private final int port = Ports.free();
    private final Service service;

    private ConnectWorker(TestbedHome home, Path directory, Builder builder) {
        this.directory = directory;
        Map<String, String> properties = new LinkedHashMap<>(builder.properties);
        properties.put("listeners", restUrl());
        properties.put("rest.advertised.host.name", "127.0.0.1");
        properties.put("rest.advertised.port", Integer.toString(port));
        JavaCommand.writeProperties(directory.resolve("worker.properties"), properties);
        builder.files.forEach((name, content) -> Directories.write(directory.resolve(name), content));
        Path logging = JavaCommand.writeLogging(directory, builder.levels);
        List<String> command = JavaCommand.java(
                "-Xmx768m",
                "-Dlog4j2.configurationFile=" + logging,
                "-cp",
                home.kafkaClassPath(),
                "org.apache.kafka.connect.cli.ConnectDistributed",
                "worker.properties");
        Http http = new Http();
        this.service =
                new Service("connect", command, directory, Map.of(), started -> http.answers(restUrl() + "/health"));
    }

    /** Returns a builder for a worker of its own group on this broker, which must run when the worker is started. */
    public static Builder builder(KafkaBroker broker) {
        return new Builder(broker.bootstrapServers());
    }

    /** Returns the address of the REST interface; it does not change. */
    public String restUrl() {
        return "http://127.0.0.1:" + port;
    }

    /** Returns a new client of the REST interface. */
    public ConnectRest rest() {
        return new ConnectRest(restUrl());
    }

    /** Returns the file that holds the worker's output, of all its starts. */
    public Path log() {
        return service.log();
    }

    /** Tells whether the worker's process runs. */
    public boolean isAlive() {
        return service.isAlive();
    }

    /** Returns the operating system's number of the last started process. */
    public long pid() {
        return service.pid();
    }

    /** Ends the worker with SIGKILL and waits until it is gone. */
    public void kill() {
        service.kill();
    }

    /**
     * Stops the worker's process in its tracks, as a long pause of a virtual machine would: its connections stay open, and
     * its group may go on without it. SIGKILL works on it, SIGTERM does not until it is thawed.
     *
     * @throws TestbedException if it does not run
     */
    public void freeze() {
        service.freeze();
    }

    /** Lets a frozen worker go on where it was. Does nothing if it does not run. */
    public void thaw() {
        service.thaw();
    }

    /** Ends the worker with SIGTERM: its tasks stop and its offsets are written. Does nothing if it does not run. */
    public void stop() {
        service.stop(STOP_GRACE);
    }

    /**
     * Starts the worker again with the same group, topics and port; one that runs is stopped first.
     *
     * @throws TestbedException if it does not start
     */
    public void restart() {
        stop();
        service.start();
    }

    /** Ends the worker at once and removes its log. */
    @Override
    public void close() {
        service.kill();
        Directories.delete(directory);
    }

    /** Settings of a worker that is not started yet. Not thread-safe. */
    public static final class Builder {

        private final Map<String, String> properties = new LinkedHashMap<>();
        private final Map<String, String> levels = new LinkedHashMap<>();
        private final Map<String, String> files = new LinkedHashMap<>();

        private Builder(String bootstrapServers) {
            String group = "connect-" + UUID.randomUUID();
            properties.put("bootstrap.servers", bootstrapServers);
            properties.put("group.id", group);
            for (String topic : List.of("config", "offset", "status")) {
                properties.put(topic + ".storage.topic", group + "-" + topic);
                properties.put(topic + ".storage.replication.factor", "1");
            }
            properties.put("offset.storage.partitions", "1");
            properties.put("status.storage.partitions", "1");
            properties.put("offset.flush.interval.ms", "1000");
            properties.put("scheduled.rebalance.max.delay.ms", "1000");
            properties.put("task.shutdown.graceful.timeout.ms", "5000");
            properties.put("session.timeout.ms", "6000");
            properties.put("heartbeat.interval.ms", "1000");
            properties.put("connector.client.config.override.policy", "All");
            properties.put("key.converter", "org.apache.kafka.connect.json.JsonConverter");
            properties.put("value.converter", "org.apache.kafka.connect.json.JsonConverter");
            levels.put("io.tandem", "INFO");
        }

        /** Sets the folders in which the worker looks for plugins; none by default. */
        public Builder pluginPath(List<Path> folders) {
            return property(
                    "plugin.path",
                    folders.stream()
                            .map(folder -> folder.toAbsolutePath().toString())
                            .collect(Collectors.joining(",")));
        }

        /** Sets one of the worker's properties, also one that has a default here. */
        public Builder property(String key, String value) {
            properties.put(key, value);
            return this;
        }

        /** Puts a file into the worker's working directory, for config providers; the name may contain folders. */
        public Builder file(String name, String content) {
            files.put(name, content);
            return this;
        }

        /** Sets the level of a logger and those below it, as {@code DEBUG}; all others log warnings. */
        public Builder logLevel(String logger, String level) {
            levels.put(logger, level);
            return this;
        }

        /**
         * Starts the worker on a free port and waits until it answers requests.
         *
         * @throws TestbedException if it does not start
         */
        public ConnectWorker start() {
            Path directory = Directories.temporary("connect");
            try {
                ConnectWorker worker = new ConnectWorker(TestbedHome.find(), directory, this);
                worker.service.start();
                return worker;
            } catch (RuntimeException e) {
                Directories.delete(directory);
                throw e;
            }
        }
    }
}
