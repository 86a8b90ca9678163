package io.tandem.examples;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/**
 * Where the demo plays: the pair, the narrator, and the waiting for what shall happen. Every wait has a bound, and ends
 * at once when a connector fails.
 */
final class Stage {

    static final Duration BOUND = Duration.ofSeconds(90);
    private static final Duration LOOK = Duration.ofMillis(10);
    private static final Duration LOOK_AT_CONNECTORS = Duration.ofSeconds(1);

    private final ExamplePair pair;
    private final Narrator narrator;

    Stage(ExamplePair pair, Narrator narrator) {
        this.pair = pair;
        this.narrator = narrator;
    }

    ExamplePair pair() {
        return pair;
    }

    Narrator narrator() {
        return narrator;
    }

    /**
     * Waits for a condition.
     *
     * @param what in words, for the error
     * @return how long it took
     * @throws ConditionTimeoutException if it does not come true
     * @throws IllegalStateException with the trace if a connector fails
     */
    Duration until(String what, Callable<Boolean> condition) {
        Stopwatch watch = Stopwatch.start();
        AtomicLong lastLook = new AtomicLong(watch.startedAtNanos());
        Awaitility.await(what)
                .atMost(BOUND)
                .pollDelay(Duration.ZERO)
                .pollInterval(LOOK)
                .until(() -> {
                    if (new Stopwatch(lastLook.get()).elapsed().compareTo(LOOK_AT_CONNECTORS) > 0) {
                        pair.requireNoFailure();
                        lastLook.set(System.nanoTime());
                    }
                    return condition.call();
                });
        return watch.elapsed();
    }

    /** Waits until a query gives this one value. */
    void untilShown(Glance glance, String expected) {
        try {
            until("the query shows \"" + expected + "\"", () -> glance.look().equals(expected));
        } catch (ConditionTimeoutException e) {
            throw new IllegalStateException(
                    e.getMessage() + " It shows \"" + glance.last() + "\": " + glance.query(), e);
        }
    }
}
