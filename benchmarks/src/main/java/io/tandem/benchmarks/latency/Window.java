package io.tandem.benchmarks.latency;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The time that is measured, by {@link System#nanoTime}. */
record Window(long startNanos, long endNanos) {

    static Window of(long startNanos, Duration length) {
        return new Window(startNanos, startNanos + length.toNanos());
    }

    boolean contains(long nanos) {
        return nanos - startNanos >= 0 && nanos - endNanos < 0;
    }

    double seconds() {
        return (endNanos - startNanos) / (double) TimeUnit.SECONDS.toNanos(1);
    }

    /** Waits until a moment has come; returns at once if it is over. */
    static void awaitMoment(long nanos) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(nanos - System.nanoTime());
    }
}
