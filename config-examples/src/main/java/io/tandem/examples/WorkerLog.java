package io.tandem.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** The end of the worker's log, for people who have to find out why a step failed. Stateless. */
final class WorkerLog {

    private static final int LINES = 25;
    private static final List<String> OWN_PATHS = List.of("java.io.tmpdir", "user.dir", "user.home", "testbed.home");

    private WorkerLog() {}

    static String tail(Path log) {
        try {
            List<String> lines = Files.readAllLines(log);
            return lines.stream()
                    .skip(Math.max(0, lines.size() - LINES))
                    .map(WorkerLog::withoutPaths)
                    .collect(Collectors.joining("\n"));
        } catch (IOException e) {
            return "(it cannot be read: " + e.getMessage() + ")";
        }
    }

    /** The text, the machine's folders shortened. */
    static String withoutPaths(String line) {
        String shorter = line;
        for (String property : OWN_PATHS) {
            String path = System.getProperty(property, "");
            if (path.length() > 1) {
                shorter = shorter.replace(path, "…");
            }
        }
        return shorter;
    }
}
