package io.tandem.clock;

import static io.tandem.clock.Clocks.THREE_MASTERS;
import static io.tandem.clock.Clocks.TWO_MASTERS;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.IntUnaryOperator;

/**
 * Histories in which the invariants are looked for; each ends with an exchange of all that was sent.
 *
 * @param exhaustive every short history with two wall clocks, instead of long random ones with ten
 */
record Histories(String name, ConflictPolicy policy, Masters masters, boolean exhaustive) {

    static final List<Histories> ALL = List.of(
            new Histories("every short one of two masters, by timestamp", byTimestamp(TWO_MASTERS), TWO_MASTERS, true),
            new Histories("every short one of two masters, by priority", byPriority(), TWO_MASTERS, true),
            new Histories("random ones of two masters, by timestamp", byTimestamp(TWO_MASTERS), TWO_MASTERS, false),
            new Histories("random ones of two masters, by priority", byPriority(), TWO_MASTERS, false),
            new Histories(
                    "random ones of three masters, by timestamp", byTimestamp(THREE_MASTERS), THREE_MASTERS, false));

    private static final int SHORT_STEPS = 5;
    private static final int RANDOM_HISTORIES = 300;
    private static final int RANDOM_STEPS = 14;

    private static ConflictPolicy byTimestamp(Masters masters) {
        return new TimestampPolicy(masters);
    }

    private static ConflictPolicy byPriority() {
        return new PriorityPolicy(TWO_MASTERS);
    }

    boolean latestWins() {
        return policy.latestWins();
    }

    void forEach(Consumer<Simulation> check) {
        if (exhaustive) {
            EveryChoice choices = new EveryChoice();
            do {
                check.accept(history(SHORT_STEPS, 2, choices, 0));
            } while (choices.next());
        } else {
            for (int seed = 0; seed < RANDOM_HISTORIES; seed++) {
                check.accept(history(RANDOM_STEPS, 10, new Random(seed)::nextInt, seed));
            }
        }
    }

    private Simulation history(int steps, int wallClocks, IntUnaryOperator choose, int seed) {
        Simulation simulation = new Simulation(policy, masters);
        simulation.run(steps, wallClocks, choose);
        simulation.exchangeAll(new Random(seed));
        return simulation;
    }

    /** Counts through all sequences of choices, the last choice fastest. */
    private static final class EveryChoice implements IntUnaryOperator {

        private final List<Integer> chosen = new ArrayList<>();
        private final List<Integer> bounds = new ArrayList<>();
        private int position;

        @Override
        public int applyAsInt(int bound) {
            if (position == chosen.size()) {
                chosen.add(0);
                bounds.add(bound);
            }
            return chosen.get(position++);
        }

        /** False if all sequences were seen. */
        boolean next() {
            position = 0;
            int last = chosen.size() - 1;
            while (last >= 0 && chosen.get(last) + 1 == bounds.get(last)) {
                chosen.remove(last);
                bounds.remove(last);
                last--;
            }
            if (last >= 0) {
                chosen.set(last, chosen.get(last) + 1);
            }
            return last >= 0;
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
