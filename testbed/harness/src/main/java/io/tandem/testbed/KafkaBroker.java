package io.tandem.testbed;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A Kafka broker that is its own controller, in its own JVM. Topics are not created by themselves. Thread-safe.
 */
public final class KafkaBroker implements AutoCloseable {

    /** Always the same, so that a directory can be used again. */
    private static final String CLUSTER_ID = "VGFuZGVtVGVzdGJlZDAwMQ";

    private static final Duration FORMAT_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration STOP_GRACE = Duration.ofSeconds(20);

    private final Path directory;
    private final boolean ownsDirectory;
    private final int port;
    private final Service service;

    private KafkaBroker(TestbedHome home, Path directory, boolean ownsDirectory) {
        this.directory = directory;
        this.ownsDirectory = ownsDirectory;
        this.port = Ports.free();
        JavaCommand.writeProperties(directory.resolve("server.properties"), properties(directory, port));
        Path logging = JavaCommand.writeLogging(directory, Map.of("kafka.server.KafkaRaftServer", "INFO"));
        this.service = new Service(
                "kafka",
                java(home, logging, "-Xmx512m", "kafka.Kafka", "server.properties"),
                directory,
                Map.of(),
                started -> started.logTail().contains("Kafka Server started") && Http.connects(port));
        format(home, logging);
    }

    /**
     * Starts a broker on a free port and waits until it serves. Its data is in the directory given and stays there.
     *
     * @param directory exists; empty, or that of an earlier broker that is closed
     * @throws TestbedException if it does not start
     */
    public static KafkaBroker start(Path directory) {
        return start(directory.toAbsolutePath(), false);
    }

    /**
     * Starts a broker on a free port, with its data in a temporary directory that {@link #close} removes.
     *
     * @throws TestbedException if it does not start
     */
    public static KafkaBroker start() {
        return start(Directories.temporary("kafka"), true);
    }

    private static KafkaBroker start(Path directory, boolean ownsDirectory) {
        try {
            KafkaBroker broker = new KafkaBroker(TestbedHome.find(), directory, ownsDirectory);
            broker.service.start();
            return broker;
        } catch (RuntimeException e) {
            if (ownsDirectory) {
                Directories.delete(directory);
            }
            throw e;
        }
    }

    /** Returns host and port for clients; they do not change. */
    public String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    /** Tells whether the broker's process runs. */
    public boolean isAlive() {
        return service.isAlive();
    }

    /** Returns the operating system's number of the last started process. */
    public long pid() {
        return service.pid();
    }

    /** Returns the file that holds the broker's output. */
    public Path log() {
        return service.log();
    }

    /** Ends the broker with SIGKILL and waits until it is gone. */
    public void kill() {
        service.kill();
    }

    /**
     * Starts the broker again on its data and port; one that runs is stopped first.
     *
     * @throws TestbedException if it does not start
     */
    public void restart() {
        service.stop(STOP_GRACE);
        service.start();
    }

    /** Ends the broker: cleanly if its data stays, else at once, and the data is removed. */
    @Override
    public void close() {
        if (ownsDirectory) {
            service.kill();
            Directories.delete(directory);
        } else {
            service.stop(STOP_GRACE);
        }
    }

    private void format(TestbedHome home, Path logging) {
        List<String> command = java(
                home,
                logging,
                "-Xmx256m",
                "kafka.tools.StorageTool",
                "format",
                "--ignore-formatted",
                "-t",
                CLUSTER_ID,
                "-c",
                "server.properties");
        ManagedProcess.start("kafka-format", command, directory, Map.of(), directory.resolve("kafka-format.log"))
                .awaitSuccess(FORMAT_TIMEOUT);
    }

    private static List<String> java(TestbedHome home, Path logging, String option, String... mainAndArguments) {
        List<String> command =
                JavaCommand.java(option, "-Dlog4j2.configurationFile=" + logging, "-cp", home.kafkaClassPath());
        command.addAll(List.of(mainAndArguments));
        return command;
    }

    private static Map<String, String> properties(Path directory, int port) {
        int controllerPort = Ports.free();
        while (controllerPort == port) {
            controllerPort = Ports.free();
        }
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("process.roles", "broker,controller");
        properties.put("node.id", "1");
        properties.put("controller.quorum.voters", "1@127.0.0.1:" + controllerPort);
        properties.put("controller.listener.names", "CONTROLLER");
        properties.put("listeners", "PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort);
        properties.put("advertised.listeners", "PLAINTEXT://127.0.0.1:" + port);
        properties.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        properties.put("log.dirs", directory.resolve("data").toString());
        properties.put("auto.create.topics.enable", "false");
        properties.put("num.partitions", "1");
        properties.put("default.replication.factor", "1");
        properties.put("min.insync.replicas", "1");
        properties.put("offsets.topic.replication.factor", "1");
        properties.put("offsets.topic.num.partitions", "5");
        properties.put("transaction.state.log.replication.factor", "1");
        properties.put("transaction.state.log.min.isr", "1");
        properties.put("transaction.state.log.num.partitions", "5");
        properties.put("share.coordinator.state.topic.replication.factor", "1");
        properties.put("share.coordinator.state.topic.min.isr", "1");
        properties.put("group.initial.rebalance.delay.ms", "0");
        // a killed broker may register again only after its session
        properties.put("broker.session.timeout.ms", "3000");
        properties.put("broker.heartbeat.interval.ms", "500");
        properties.put("group.min.session.timeout.ms", "1000");
        return properties;
    }
}
