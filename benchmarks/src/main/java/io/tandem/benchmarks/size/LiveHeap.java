package io.tandem.benchmarks.size;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Watches how much of another JVM's heap is reachable, by asking it again and again for its histogram of classes, for which
 * it collects all garbage first. So it goes slower than by itself, but no collector's habits are measured.
 */
final class LiveHeap implements AutoCloseable {

    private static final double MEGABYTE = 1024 * 1024;
    private static final long PAUSE_MILLIS = 500;
    private static final int SETTLING_SAMPLES = 5;
    private static final long SETTLING_MILLIS = 2000;

    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private final AtomicBoolean over = new AtomicBoolean();
    private final Future<Peak> watch;

    /**
     * What was seen.
     *
     * @param megabytes the most of all samples
     */
    record Peak(double megabytes, int samples) {}

    private LiveHeap(long pid) {
        watch = thread.submit(() -> watch(pid));
    }

    /** Begins to watch a JVM of this user. */
    static LiveHeap watching(long pid) {
        return new LiveHeap(pid);
    }

    private Peak watch(long pid) throws IOException, InterruptedException {
        Peak peak = new Peak(0, 0);
        while (!over.get()) {
            peak = new Peak(Math.max(peak.megabytes(), megabytes(pid)), peak.samples() + 1);
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        }
        return peak;
    }

    /** What is reachable in a JVM that is left alone, in MiB: what has just been stopped may go only after some seconds. */
    static double settledMegabytes(long pid) throws IOException, InterruptedException {
        double lowest = megabytes(pid);
        for (int sample = 0; sample < SETTLING_SAMPLES; sample++) {
            TimeUnit.MILLISECONDS.sleep(SETTLING_MILLIS);
            lowest = Math.min(lowest, megabytes(pid));
        }
        return lowest;
    }

    private static double megabytes(long pid) throws IOException, InterruptedException {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        if (!Files.isExecutable(jcmd)) {
            throw new IllegalStateException("there is no " + jcmd + "; run this with a JDK, a runtime is not enough");
        }
        Process process = new ProcessBuilder(jcmd.toString(), Long.toString(pid), "GC.class_histogram")
                .redirectErrorStream(true)
                .start();
        String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        // its last line: Total, instances, bytes
        String[] total = answer.substring(answer.lastIndexOf('\n') + 1).split("\\s+", -1);
        if (process.waitFor() != 0 || total.length != 3 || !total[0].equals("Total")) {
            throw new IllegalStateException("the JVM " + pid + " does not tell its heap: " + answer);
        }
        return Long.parseLong(total[2]) / MEGABYTE;
    }

    /** Ends the watch, after the sample that is being taken. */
    Peak end() {
        over.set(true);
        try {
            return watch.get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException("cannot watch the heap", e);
        }
    }

    @Override
    public void close() {
        over.set(true);
        thread.shutdownNow();
    }
}
