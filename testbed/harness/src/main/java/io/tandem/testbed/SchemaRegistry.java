package io.tandem.testbed;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A schema registry in its own JVM, with its schemas in a temporary directory: they survive {@link #kill}, and their ids
 * with them, which the records in the topics need. Thread-safe.
 */
public final class SchemaRegistry implements AutoCloseable {

    private final Path directory;
    private final int port = Ports.free();
    private final Service service;

    private SchemaRegistry(TestbedHome home, Path directory) {
        this.directory = directory;
        Http http = new Http();
        List<String> command = JavaCommand.java(
                "-Xmx256m",
                "-Dquarkus.http.host=127.0.0.1",
                "-Dquarkus.http.port=" + port,
                "-Djava.io.tmpdir=" + directory,
                // by default schemas are in memory; without the delay of writes a registered one survives SIGKILL
                "-Dapicurio.datasource.url=jdbc:h2:file:" + directory.resolve("schemas") + ";WRITE_DELAY=0",
                "-jar",
                home.registryJar().toString());
        this.service = new Service(
                "registry", command, directory, Map.of(), started -> http.answers(ccompatUrl() + "/subjects"));
    }

    /**
     * Starts a registry on a free port and waits until it serves.
     *
     * @throws TestbedException if it does not start
     */
    public static SchemaRegistry start() {
        Path directory = Directories.temporary("registry");
        try {
            SchemaRegistry registry = new SchemaRegistry(TestbedHome.find(), directory);
            registry.service.start();
            return registry;
        } catch (RuntimeException e) {
            Directories.delete(directory);
            throw e;
        }
    }

    /** Returns the address without any path. */
    public String url() {
        return "http://127.0.0.1:" + port;
    }

    /** Returns the address that speaks as Confluent's registry does. */
    public String ccompatUrl() {
        return url() + "/apis/ccompat/v7";
    }

    /** Returns the address for Apicurio's converters of version 2. */
    public String v2Url() {
        return url() + "/apis/registry/v2";
    }

    /** Tells whether the registry's process runs. */
    public boolean isAlive() {
        return service.isAlive();
    }

    /** Returns the operating system's number of the process. */
    public long pid() {
        return service.pid();
    }

    /** Returns the file that holds the registry's output. */
    public Path log() {
        return service.log();
    }

    /** Ends the registry with SIGKILL and waits until it is gone. Does nothing if it is. */
    public void kill() {
        service.kill();
    }

    /**
     * Starts the registry again on its schemas and port; one that runs is killed first.
     *
     * @throws TestbedException if it does not start
     */
    public void restart() {
        service.kill();
        service.start();
    }

    /** Ends the registry at once and removes its schemas. */
    @Override
    public void close() {
        service.kill();
        Directories.delete(directory);
    }
}
