package io.tandem.examples;

import java.time.Duration;

/** Says how long ago it was started. Immutable. */
record Stopwatch(long startedAtNanos) {

    static Stopwatch start() {
        return new Stopwatch(System.nanoTime());
    }

    Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - startedAtNanos);
    }
}
