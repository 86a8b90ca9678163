package io.tandem.clock.explorer;

import java.util.List;

/** Takes the states that can follow upon a state. */
interface Successors {

    /**
     * Takes one.
     *
     * @param next not to be changed any more
     * @param violations the invariants that the step breaks
     */
    void add(Step step, State next, List<Violation> violations);
}
