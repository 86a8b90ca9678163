package io.tandem.distribution.chaos;

import org.jspecify.annotations.Nullable;

/**
 * One or two faults that overlap, and the calm after them.
 *
 * @param first strikes at once
 * @param second strikes while the first one lasts; null for none
 * @param offsetMillis how long after the first one the second strikes
 * @param holdMillis how long the last one to strike lasts before anything is healed
 * @param secondHealsFirst in which order they are healed
 * @param calmMillis how long everything is left alone when all works again
 */
record Strike(
        Fault first,
        @Nullable Fault second,
        long offsetMillis,
        long holdMillis,
        boolean secondHealsFirst,
        long calmMillis) {

    /**
     * A fault.
     *
     * @param kind what goes wrong
     * @param choice what else there is to choose, for example which connectors, is drawn from this
     */
    record Fault(FaultKind kind, long choice) {}
}
