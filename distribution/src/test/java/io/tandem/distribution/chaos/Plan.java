package io.tandem.distribution.chaos;

import java.time.Duration;
import java.util.List;

/**
 * What a run is to do.
 *
 * @param seed everything that is chosen at random comes from it
 * @param duration how long there are faults
 * @param rounds how often both masters are compared meanwhile, and in the end
 * @param kinds which
 * @param longestHold how long a fault lasts at most, before it is healed
 * @param pace how fast the applications write
 */
record Plan(long seed, Duration duration, int rounds, List<FaultKind> kinds, Duration longestHold, Pace pace) {

    private static final Duration ROUND = Duration.ofMinutes(2);

    /** The run of the program: all faults. */
    static Plan complete(long seed, Duration duration) {
        return new Plan(
                seed,
                duration,
                Math.max(1, (int) duration.dividedBy(ROUND)),
                List.of(FaultKind.values()),
                Duration.ofSeconds(6),
                new Pace(4, Duration.ofMillis(60), Duration.ofMillis(1500)));
    }

    /** The run of the build: faults from which everything recovers quickly. */
    static Plan brief(long seed, Duration duration, List<FaultKind> kinds) {
        return new Plan(
                seed,
                duration,
                2,
                kinds,
                Duration.ofSeconds(1),
                new Pace(4, Duration.ofMillis(40), Duration.ofMillis(700)));
    }
}
