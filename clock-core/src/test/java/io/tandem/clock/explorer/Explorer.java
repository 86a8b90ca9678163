package io.tandem.clock.explorer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Visits every state that a world can reach, breadth first, so that the first violation found is one that takes the
 * fewest steps. Not thread-safe.
 */
final class Explorer {

    private final Tables tables;
    private final Coverage coverage = new Coverage();
    private final Codec codec;
    private final Quiescence quiescence;
    private final ApplicationSteps applications;
    private final SourceSteps sources;
    private final SinkSteps sinks;
    private final FaultSteps faults;
    private final Visited visited = new Visited();

    Explorer(World world, Rules rules) {
        this.tables = new Tables(world, rules);
        this.codec = new Codec(world);
        this.quiescence = new Quiescence(tables);
        this.applications = new ApplicationSteps(tables, coverage);
        this.sources = new SourceSteps(tables, coverage);
        this.sinks = new SinkSteps(tables, coverage);
        this.faults = new FaultSteps(tables, sinks, coverage);
    }

    /** A step that was found to break an invariant. */
    private record Broken(int parent, Step step, State before, State after, Violation violation) {}

    /** Looks for any violation. */
    Exploration explore() {
        return explore(violation -> true, atRest -> {});
    }

    /**
     * Explores until a violation is found that is wanted; others are passed over.
     *
     * @param atRest is told of what the participants show in each state in which nothing is on its way
     */
    Exploration explore(Predicate<Violation> wanted, Consumer<Supplier<List<String>>> atRest) {
        visited.add(codec.encode(State.initial(tables.world())), -1);
        for (int index = 0; index < visited.size(); index++) {
            State state = codec.decode(visited.state(index));
            Expansion expansion = new Expansion(index, state, wanted, atRest);
            addSuccessors(state, expansion);
            expansion.checkForStandstill();
            if (expansion.broken != null) {
                return result(trace(expansion.broken));
            }
        }
        return result(null);
    }

    private Exploration result(@Nullable Counterexample counterexample) {
        return new Exploration(tables.world(), visited.size(), coverage, counterexample);
    }

    private void addSuccessors(State state, Successors successors) {
        applications.addTo(state, successors);
        sources.addTo(state, successors);
        sinks.addTo(state, successors);
        faults.addTo(state, successors);
    }

    /** Takes what follows upon one state. */
    private final class Expansion implements Successors {

        private final int index;
        private final State state;
        private final Predicate<Violation> wanted;
        private final Consumer<Supplier<List<String>>> atRest;
        private boolean standstill = true;
        private @Nullable Broken broken;

        Expansion(int index, State state, Predicate<Violation> wanted, Consumer<Supplier<List<String>>> atRest) {
            this.index = index;
            this.state = state;
            this.wanted = wanted;
            this.atRest = atRest;
        }

        @Override
        public void add(Step step, State next, List<Violation> violations) {
            standstill = false;
            violations.forEach(violation -> check(step, next, violation));
            if (visited.add(codec.encode(next), index) && quiescence.isReached(next)) {
                coverage.reachedQuiescence();
                atRest.accept(() -> quiescence.describe(next));
                Violation difference = quiescence.difference(next);
                if (difference != null) {
                    check(step, next, difference);
                }
            }
        }

        private void check(Step step, State next, Violation violation) {
            if (broken == null && wanted.test(violation)) {
                broken = new Broken(index, step, state, next, violation);
            }
        }

        /** Where nothing can happen any more, nothing may be left undone. */
        void checkForStandstill() {
            if (standstill && !quiescence.isReached(state)) {
                throw new IllegalStateException("something is pending and nothing can happen any more in "
                        + tables.world() + ": " + quiescence.describe(state));
            }
        }
    }

    private Counterexample trace(Broken broken) {
        List<String> steps = new ArrayList<>();
        steps.add(StepText.describe(tables, broken.step(), broken.before(), broken.after()));
        for (int index = broken.parent(); visited.parent(index) >= 0; index = visited.parent(index)) {
            steps.add(stepTo(index));
        }
        Collections.reverse(steps);
        return new Counterexample(broken.violation(), steps, quiescence.describe(broken.after()));
    }

    /** The step by which a state was first reached, found again from the state before it. */
    private String stepTo(int index) {
        byte[] wanted = visited.state(index);
        State before = codec.decode(visited.state(visited.parent(index)));
        List<String> found = new ArrayList<>();
        addSuccessors(before, (step, next, violations) -> {
            if (Arrays.equals(codec.encode(next), wanted)) {
                found.add(StepText.describe(tables, step, before, next));
            }
        });
        return found.get(0);
    }
}
