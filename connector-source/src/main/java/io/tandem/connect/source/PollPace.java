package io.tandem.connect.source;

import java.time.Duration;
import java.time.Instant;

/**
 * When to look for pending aggregates again: at once while there are more than a batch takes; a few milliseconds later
 * while there is traffic, so that what is written meanwhile shares a batch and its statements; and twice as long after
 * each look that finds nothing, up to the configured interval.
 *
 * <p>Not thread-safe.
 */
final class PollPace {

    /** Between two looks while there is traffic, unless the configured interval is shorter. */
    static final Duration SHORTEST = Duration.ofMillis(20);

    private final Duration longest;
    private Duration interval;
    private Instant dueAt = Instant.EPOCH;

    /** @param longest the configured interval */
    PollPace(Duration longest) {
        this.longest = longest;
        this.interval = shortest();
    }

    private Duration shortest() {
        return longest.compareTo(SHORTEST) < 0 ? longest : SHORTEST;
    }

    /** A wait that is longer than the longest is none: then the machine's clock was set back. */
    boolean isDue(Instant now) {
        return !now.isBefore(dueAt) || rest(now).compareTo(longest) > 0;
    }

    /** How long until the next look is due; zero or less if it is. */
    Duration rest(Instant now) {
        return Duration.between(now, dueAt);
    }

    /** A look that began at this moment found nothing. */
    void foundNothing(Instant begun) {
        Duration doubled = interval.multipliedBy(2);
        interval = doubled.compareTo(longest) < 0 ? doubled : longest;
        dueAt = begun.plus(interval);
    }

    /**
     * A look that began at this moment found something.
     *
     * @param mayBeMore whether it found as much as it was to find
     */
    void found(Instant begun, boolean mayBeMore) {
        interval = shortest();
        dueAt = mayBeMore ? Instant.EPOCH : begun.plus(interval);
    }
}
