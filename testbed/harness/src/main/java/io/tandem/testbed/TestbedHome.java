package io.tandem.testbed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where the build has put the real parts. Immutable.
 *
 * @param path the folder {@code testbed} of the project
 */
public record TestbedHome(Path path) {

    /** The system property that names the folder, if the working directory is outside the project. */
    public static final String PROPERTY = "testbed.home";

    private static final String MARK = "kafka/pom.xml";

    /**
     * Finds the folder: the system property {@value #PROPERTY}, else upwards from the working directory.
     *
     * @throws TestbedException if it is nowhere
     */
    public static TestbedHome find() {
        String property = System.getProperty(PROPERTY);
        if (property != null) {
            return new TestbedHome(Path.of(property).toAbsolutePath().normalize());
        }
        Path start = Path.of("").toAbsolutePath();
        for (@Nullable Path dir = start; dir != null; dir = dir.getParent()) {
            Path candidate = dir.resolve("testbed");
            if (Files.exists(candidate.resolve(MARK))) {
                return new TestbedHome(candidate);
            }
        }
        throw new TestbedException("no testbed/" + MARK + " in " + start + " or above it; set the system property "
                + PROPERTY + " to the project's folder testbed");
    }

    /** Returns the class path of broker and worker, as the JVM's option wants it. */
    public String kafkaClassPath() {
        Path file = required("kafka/target/classpath.txt");
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the plugin.path folder that holds the Avro converter. */
    public Path converterPluginPath() {
        return required("converter/target/plugin");
    }

    /** Returns the schema registry's runnable jar. */
    public Path registryJar() {
        Path folder = required("harness/target/registry");
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> jars = files.filter(file -> file.toString().endsWith("-runner.jar"))
                    .toList();
            if (jars.size() != 1) {
                throw new TestbedException(folder + " holds " + jars.size() + " registries; clean and package testbed");
            }
            return jars.get(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns a folder for what is unpacked or installed once and used by all; it is made if it is not there. */
    Path cache() {
        try {
            return Files.createDirectories(path.resolve("harness/target/cache"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path required(String part) {
        Path found = path.resolve(part);
        if (!Files.exists(found)) {
            throw new TestbedException(found + " is missing: run mvn package in testbed first"
                    + " (mvn -pl testbed/kafka,testbed/converter,testbed/harness package -DskipTests)");
        }
        return found;
    }
}
