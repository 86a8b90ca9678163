package io.tandem.connect.source;

import io.tandem.connect.aggregate.AggregateKey;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * The aggregates whose last record never reached Kafka. What is to blame may be mended while the task runs (a limit of the
 * topic, say), so they are tried again; what is not, costs less and less. Not thread-safe.
 */
final class Withheld {

    static final Duration FIRST_PAUSE = Duration.ofSeconds(30);
    static final Duration LONGEST_PAUSE = Duration.ofHours(1);

    private final Map<AggregateKey, Pause> pauses = new HashMap<>();

    private record Pause(Duration length, Instant until) {}

    /** A record of this aggregate was dropped: the aggregate pauses, twice as long as the last time. */
    void dropped(AggregateKey key, Instant now) {
        Pause last = pauses.get(key);
        Duration length = last == null ? FIRST_PAUSE : shorter(last.length().multipliedBy(2), LONGEST_PAUSE);
        pauses.put(key, new Pause(length, now.plus(length)));
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /** A record of this aggregate has reached Kafka. */
    void delivered(AggregateKey key) {
        pauses.remove(key);
    }

    /** True if the aggregate's pause is not over. */
    boolean pauses(AggregateKey key, Instant now) {
        Pause pause = pauses.get(key);
        return pause != null && now.isBefore(pause.until());
    }

    int size() {
        return pauses.size();
    }
}
