package io.tandem.distribution.chaos;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;

/** How the run waits. Stateless. */
final class Waiting {

    private static final Duration POLL = Duration.ofMillis(200);

    private Waiting() {}

    /** Lets time pass that is part of the plan; nothing is waited for. */
    static void pause(long millis) {
        long end = System.nanoTime() + millis * 1_000_000;
        for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    /**
     * Polls until it is so. An exception counts as "not yet".
     *
     * @throws org.awaitility.core.ConditionTimeoutException if the time is over
     */
    static void until(String what, Duration limit, Callable<Boolean> check) {
        Awaitility.await(what)
                .atMost(limit)
                .pollInterval(POLL)
                .pollDelay(Duration.ZERO)
                .ignoreExceptions()
                .until(check);
    }
}
