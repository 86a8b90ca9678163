package io.tandem.examples;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C. The testbed's own shutdown hook ends all processes, on which the story fails; this one keeps the JVM alive until
 * the story has cleaned up behind itself. Thread-safe.
 */
final class Interruption {

    private static final int LONGEST_CLEANING_SECONDS = 30;

    private final CountDownLatch requested = new CountDownLatch(1);
    private final CountDownLatch over = new CountDownLatch(1);
    private final Narrator narrator;

    private Interruption(Narrator narrator) {
        this.narrator = narrator;
    }

    /** From now on Ctrl-C is heard. */
    static Interruption of(Narrator narrator) {
        Interruption interruption = new Interruption(narrator);
        Runtime.getRuntime().addShutdownHook(new Thread(interruption::handle, "demo-interruption"));
        return interruption;
    }

    private void handle() {
        if (over.getCount() == 0) {
            return;
        }
        narrator.interrupt("\nStopping everything.");
        requested.countDown();
        try {
            if (!over.await(LONGEST_CLEANING_SECONDS, TimeUnit.SECONDS)) {
                System.err.println("gave up waiting for the end; something may be left in the temporary folder");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits for Ctrl-C. */
    void await() {
        try {
            requested.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Everything is cleaned up; the JVM may end. */
    void over() {
        over.countDown();
    }
}
