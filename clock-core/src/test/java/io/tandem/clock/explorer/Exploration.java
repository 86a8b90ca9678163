package io.tandem.clock.explorer;

import org.jspecify.annotations.Nullable;

/**
 * What came of an exploration.
 *
 * @param states how many different states were reached
 * @param counterexample a shortest one, null if there is none
 */
record Exploration(
        World world,
        int states,
        Coverage coverage,
        @Nullable Counterexample counterexample) {

    @Override
    public String toString() {
        return "EXPLORED " + world + " states=" + states
                + (counterexample == null ? " converged" : " broken\n" + counterexample);
    }
}
