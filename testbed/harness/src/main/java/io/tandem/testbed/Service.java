package io.tandem.testbed;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One command that is started, killed and started again, always with the same arguments. Thread-safe. */
final class Service {

    private static final Duration START_TIMEOUT = Duration.ofSeconds(90);

    /** Says whether a started process does its work; any exception means "not yet". */
    @FunctionalInterface
    interface Readiness {
        boolean check(ManagedProcess process) throws Exception;
    }

    private final String name;
    private final List<String> command;
    private final Path directory;
    private final Map<String, String> environment;
    private final Readiness readiness;
    private @Nullable ManagedProcess process;

    Service(String name, List<String> command, Path directory, Map<String, String> environment, Readiness readiness) {
        this.name = name;
        this.command = List.copyOf(command);
        this.directory = directory;
        this.environment = Map.copyOf(environment);
        this.readiness = readiness;
    }

    /** Starts the process if it does not run, and waits until it is ready; kills it if it does not get there. */
    synchronized void start() {
        if (isAlive()) {
            return;
        }
        ManagedProcess started = ManagedProcess.start(name, command, directory, environment, log());
        process = started;
        try {
            started.awaitReady(START_TIMEOUT, () -> readiness.check(started));
        } catch (RuntimeException e) {
            started.kill();
            throw e;
        }
    }

    synchronized void kill() {
        if (process != null) {
            process.kill();
        }
    }

    synchronized void freeze() {
        if (process == null || !process.isAlive()) {
            throw new TestbedException(name + " does not run, so it cannot be frozen");
        }
        process.signal("STOP");
    }

    synchronized void thaw() {
        if (process != null && process.isAlive()) {
            process.signal("CONT");
        }
    }

    synchronized void stop(Duration grace) {
        if (process != null) {
            process.stop(grace);
        }
    }

    /** Stops with a command of the caller's instead of SIGTERM; kills if the process then still runs. */
    synchronized void stop(Duration grace, Predicate<ManagedProcess> request) {
        if (process != null && process.isAlive()) {
            if (request.test(process)) {
                process.ended(grace);
            }
            process.kill();
        }
    }

    synchronized boolean isAlive() {
        return process != null && process.isAlive();
    }

    /** Returns the number of the process, or -1 if none was started. */
    synchronized long pid() {
        return process == null ? -1 : process.pid();
    }

    Path log() {
        return directory.resolve(name + ".log");
    }
}
