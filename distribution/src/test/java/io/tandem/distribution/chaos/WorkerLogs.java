package io.tandem.distribution.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the workers have logged about decisions.
 *
 * @param conflicts the lines about conflicts
 * @param alarms the lines about alarms
 */
record WorkerLogs(List<String> conflicts, List<String> alarms) {

    /** Reads the logs of all workers. */
    static WorkerLogs read(Rig rig) {
        List<String> conflicts = new ArrayList<>();
        List<String> alarms = new ArrayList<>();
        for (Path log : rig.logs()) {
            try (Stream<String> lines = Files.lines(log)) {
                lines.forEach(line -> {
                    if (line.contains(": CONFLICT chaos_")) {
                        conflicts.add(line);
                    } else if (line.contains(": ALARM chaos_")) {
                        alarms.add(line);
                    }
                });
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return new WorkerLogs(conflicts, alarms);
    }

    /** The conflicts that the sinks of a master have logged; the thread's name says which sink it is. */
    long conflicts(Side side) {
        return conflicts.stream()
                .filter(line -> line.contains("-" + side.id() + "-sink-"))
                .count();
    }
}
