package io.tandem.testbed;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A process of ours whose output goes to a log file and which ends with this JVM. Thread-safe.
 *
 * <p>Its children are killed with it, as far as they have not left its process tree.
 */
public final class ManagedProcess implements AutoCloseable {

    private static final Duration GONE_AFTER_KILL = Duration.ofSeconds(20);
    private static final int TAIL_BYTES = 8 * 1024;
    private static final long POLL_MILLIS = 50;

    private final String name;
    private final Process process;
    private final Path log;
    private final long logStart;

    private ManagedProcess(String name, Process process, Path log, long logStart) {
        this.name = name;
        this.process = process;
        this.log = log;
        this.logStart = logStart;
    }

    /**
     * Starts a process; its output is appended to the log file.
     *
     * @param name what messages call it
     * @param environment added to this JVM's
     * @throws TestbedException if the command cannot be started
     */
    public static ManagedProcess start(
            String name, List<String> command, Path directory, Map<String, String> environment, Path log) {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        try {
            long logStart = Files.exists(log) ? Files.size(log) : 0;
            ManagedProcess started = new ManagedProcess(name, builder.start(), log, logStart);
            Shutdown.REGISTRY.add(started);
            return started;
        } catch (IOException e) {
            throw new TestbedException("cannot start " + name + ": " + command, e);
        }
    }

    /** Returns the operating system's number of the process. */
    public long pid() {
        return process.pid();
    }

    /** Tells whether the process runs. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** Returns the file that holds the output. */
    public Path log() {
        return log;
    }

    /** Returns what the process has written since its own start, at most the last few kilobytes. */
    public String logTail() {
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            long from = Math.max(logStart, file.length() - TAIL_BYTES);
            file.seek(from);
            byte[] tail = new byte[(int) (file.length() - from)];
            file.readFully(tail);
            return new String(tail, StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "(no log: " + e.getMessage() + ")";
        }
    }

    /**
     * Polls until the check returns true. An exception of the check counts as "not yet".
     *
     * @throws TestbedException with the end of the log if the process ends before, or the time is over
     */
    public void awaitReady(Duration timeout, Callable<Boolean> check) {
        long deadline = System.nanoTime() + timeout.toNanos();
        Exception last = null;
        while (System.nanoTime() < deadline) {
            if (!isAlive()) {
                throw failure("ended with code " + process.exitValue() + " before it was ready", last);
            }
            try {
                if (check.call()) {
                    return;
                }
            } catch (InterruptedException e) {
                throw interrupted(e);
            } catch (Exception e) {
                last = e;
            }
            pause();
        }
        throw failure("not ready after " + timeout.toSeconds() + " s", last);
    }

    /**
     * Waits until the process has ended by itself.
     *
     * @throws TestbedException with the end of the log if it fails, or the time is over (it is killed then)
     */
    void awaitSuccess(Duration timeout) {
        if (!ended(timeout)) {
            kill();
            throw failure("not done after " + timeout.toSeconds() + " s", null);
        }
        Shutdown.REGISTRY.remove(this);
        if (process.exitValue() != 0) {
            throw failure("failed with code " + process.exitValue(), null);
        }
    }

    /**
     * Ends the process and its children with SIGKILL and waits until they are gone. Does nothing if they are.
     *
     * @throws TestbedException if one does not go
     */
    public void kill() {
        List<ProcessHandle> children;
        try (Stream<ProcessHandle> descendants = process.descendants()) {
            children = descendants.toList();
        }
        process.destroyForcibly();
        children.forEach(ProcessHandle::destroyForcibly);
        if (!ended(GONE_AFTER_KILL)) {
            throw failure("survives SIGKILL", null);
        }
        // not onExit: for what is not our own child it looks seldom
        long deadline = System.nanoTime() + GONE_AFTER_KILL.toNanos();
        while (children.stream().anyMatch(ProcessHandle::isAlive)) {
            if (System.nanoTime() > deadline) {
                throw failure("has children that survive SIGKILL", null);
            }
            pause();
        }
        Shutdown.REGISTRY.remove(this);
    }

    /** Ends the process with SIGTERM; with SIGKILL if it does not follow within the grace time. */
    public void stop(Duration grace) {
        process.destroy();
        ended(grace);
        kill();
    }

    /** Sends a signal that Java has no call for, by its name without SIG. */
    void signal(String signal) {
        // the shell has its own kill, the program may not be installed
        List<String> command = List.of("/bin/sh", "-c", "kill -" + signal + " " + pid());
        try {
            Process sent = new ProcessBuilder(command).redirectErrorStream(true).start();
            String answer = new String(sent.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (sent.waitFor() != 0) {
                throw failure("does not take SIG" + signal + ": " + answer.strip(), null);
            }
        } catch (IOException e) {
            throw failure("cannot be sent SIG" + signal, e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** Same as {@link #kill()}. */
    @Override
    public void close() {
        kill();
    }

    boolean ended(Duration timeout) {
        try {
            return process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private TestbedException failure(String what, @Nullable Exception cause) {
        return new TestbedException(name + " " + what + "; the end of its log:\n" + logTail(), cause);
    }

    private TestbedException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new TestbedException(name + ": interrupted while waiting", e);
    }
}
