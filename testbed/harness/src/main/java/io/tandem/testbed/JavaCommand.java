package io.tandem.testbed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Command lines and files of the JVMs that we start. Thread-safe. */
final class JavaCommand {

    private static final String OPTIONS_PROPERTY = "testbed.jvm.options";

    /** They halve the CPU time of a start, which on a small machine is most of a test. */
    private static final String QUICK_START = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC";

    private JavaCommand() {}

    /** Returns the command that runs Java as this JVM's own, with the options that apply to all parts. */
    static List<String> java(String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        String options = System.getProperty(OPTIONS_PROPERTY, QUICK_START).strip();
        if (!options.isEmpty()) {
            command.addAll(List.of(options.split("\\s+", -1)));
        }
        command.addAll(List.of(arguments));
        return command;
    }

    /** Writes Kafka's logging configuration: warnings of all, plus the levels of the loggers given by name. */
    static Path writeLogging(Path directory, Map<String, String> levels) {
        StringBuilder text = new StringBuilder("""
                status=ERROR
                appender.console.type=Console
                appender.console.name=STDOUT
                appender.console.layout.type=PatternLayout
                appender.console.layout.pattern=%d{ISO8601} %p [%t] %c: %m%n
                rootLogger.level=WARN
                rootLogger.appenderRef.stdout.ref=STDOUT
                """);
        int number = 0;
        for (Map.Entry<String, String> level : levels.entrySet()) {
            String key = "logger.l" + number++;
            text.append(key).append(".name=").append(level.getKey()).append('\n');
            text.append(key).append(".level=").append(level.getValue()).append('\n');
        }
        return write(directory.resolve("log4j2.properties"), text.toString());
    }

    /** Writes a properties file; values are taken as they are, only backslashes are escaped. */
    static Path writeProperties(Path file, Map<String, String> properties) {
        return write(
                file,
                properties.entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + entry.getValue().replace("\\", "\\\\") + "\n")
                        .collect(Collectors.joining()));
    }

    private static Path write(Path file, String text) {
        try {
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
