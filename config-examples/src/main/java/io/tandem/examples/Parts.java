package io.tandem.examples;

import org.jspecify.annotations.Nullable;

/** Tells the start of the real parts: each when the next one begins, since only then it is up. For one thread. */
final class Parts {

    private final Narrator narrator;
    private @Nullable String current;
    private Stopwatch watch = Stopwatch.start();

    Parts(Narrator narrator) {
        this.narrator = narrator;
    }

    void next(String part) {
        done();
        current = part;
        narrator.progress(part);
    }

    void done() {
        if (current != null) {
            narrator.step(watch.elapsed(), current);
        }
        current = null;
        watch = Stopwatch.start();
    }
}
