package io.tandem.benchmarks.rig;

import io.tandem.testbed.Sql;
import io.tandem.testbed.Vendor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;

/** Processor time as Linux counts it, in seconds of one core. Thread-safe. */
public final class Cpu {

    // how Linux counts for programs, whatever the kernel's own tick
    private static final double TICKS_PER_SECOND = 100;
    private static final int USER = 11;
    private static final int SYSTEM = 12;
    private static final int USER_OF_ENDED_CHILDREN = 13;
    private static final int SYSTEM_OF_ENDED_CHILDREN = 14;

    private Cpu() {}

    /** What all parts have used so far: the processes below this one, without this one, and with those that have ended. */
    public static double ofParts() {
        try (Stream<ProcessHandle> parts = ProcessHandle.current().descendants()) {
            return parts.mapToDouble(part -> seconds(
                            Path.of("/proc", Long.toString(part.pid()), "stat"),
                            USER,
                            SYSTEM,
                            USER_OF_ENDED_CHILDREN,
                            SYSTEM_OF_ENDED_CHILDREN))
                    .sum();
        }
    }

    /** A session of a database server, which is a process there or a thread, as long as it is open. */
    public static final class Session {

        private final Path stat;

        /** The session of a connection. */
        public Session(Scratch database, Connection connection) throws SQLException {
            String id = Sql.query(
                            connection,
                            database.vendor()
                                    .choose(
                                            "SELECT pg_backend_pid()",
                                            "SELECT tid FROM information_schema.processlist WHERE id = CONNECTION_ID()"))
                    .get(0);
            stat = database.vendor() == Vendor.POSTGRESQL
                    ? Path.of("/proc", id, "stat")
                    : Path.of("/proc", Long.toString(database.server().pid()), "task", id, "stat");
        }

        /** What it has used so far. */
        public double used() {
            return seconds(stat, USER, SYSTEM);
        }
    }

    /** 0 for what has just ended: its parent counts it then. */
    private static double seconds(Path stat, int... fields) {
        try {
            String text = Files.readString(stat);
            // the name before it may hold anything
            List<String> values =
                    List.of(text.substring(text.lastIndexOf(')') + 2).split(" ", -1));
            long ticks = 0;
            for (int field : fields) {
                ticks += Long.parseLong(values.get(field));
            }
            return ticks / TICKS_PER_SECOND;
        } catch (NoSuchFileException e) {
            return 0;
        } catch (IOException e) {
            // a process that ends while it is read
            if (Files.exists(stat)) {
                throw new UncheckedIOException("cannot read " + stat, e);
            }
            return 0;
        }
    }
}
