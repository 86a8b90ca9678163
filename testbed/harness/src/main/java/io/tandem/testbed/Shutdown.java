package io.tandem.testbed;

import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What must not outlive this JVM: processes and temporary directories, ended by one shutdown hook. Thread-safe.
 *
 * <p>Nothing helps against a SIGKILL of this JVM.
 */
final class Shutdown {

    /** The one registry of this JVM. */
    static final Shutdown REGISTRY = new Shutdown();

    private final Set<ManagedProcess> processes = new LinkedHashSet<>();
    private final Set<Path> directories = new LinkedHashSet<>();
    private boolean hooked;
    private boolean down;

    private Shutdown() {}

    synchronized void add(ManagedProcess process) {
        if (down) {
            process.kill();
            throw new TestbedException("the JVM is shutting down");
        }
        hook();
        processes.add(process);
    }

    synchronized void add(Path directory) {
        hook();
        directories.add(directory);
    }

    synchronized void remove(ManagedProcess process) {
        processes.remove(process);
    }

    synchronized void remove(Path directory) {
        directories.remove(directory);
    }

    private void hook() {
        if (!hooked && !down) {
            Runtime.getRuntime().addShutdownHook(new Thread(this::endAll, "testbed-shutdown"));
            hooked = true;
        }
    }

    private void endAll() {
        List<ManagedProcess> lastProcesses;
        synchronized (this) {
            down = true;
            lastProcesses = List.copyOf(processes);
        }
        lastProcesses.forEach(process -> quietly(process::kill));
        List<Path> lastDirectories;
        synchronized (this) {
            lastDirectories = List.copyOf(directories);
        }
        lastDirectories.forEach(directory -> quietly(() -> Directories.delete(directory)));
    }

    private static void quietly(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException e) {
            System.err.println("testbed: while shutting down: " + e);
        }
    }
}
