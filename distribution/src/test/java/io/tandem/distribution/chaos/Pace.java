package io.tandem.distribution.chaos;

import java.time.Duration;

/**
 * How fast the applications write.
 *
 * @param sessions how many sessions write to each master, beside the one with long transactions
 * @param pause mean time between two transactions of a session
 * @param holding the longest time for which a long transaction pauses between two statements
 */
record Pace(int sessions, Duration pause, Duration holding) {}
