package io.tandem.clock.explorer;

import io.tandem.clock.Version;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Knows when nothing is on its way any more, and what must hold then: <b>Invariant (convergence)</b>, equal data and
 * equal versions at all participants.
 */
final class Quiescence {

    private final Tables tables;

    Quiescence(Tables tables) {
        this.tables = tables;
    }

    /** Nothing to fold, send, acknowledge or take, nowhere. */
    boolean isReached(State state) {
        for (int who = 0; who < state.participants(); who++) {
            Master master = state.masters[who];
            if (state.isTakingIn(tables.world(), who)
                    || tables.isPending(master, who)
                    || master.held > 0
                    || master.awaited > 0
                    || state.deadLetters[who].length > 0) {
                return false;
            }
            for (int topic = 0; topic < state.participants(); topic++) {
                if (topic != who && state.positions[who][topic] < state.topics[topic].length) {
                    return false;
                }
            }
        }
        return true;
    }

    /** What two participants differ in, null if they are aligned. */
    @Nullable
    Violation difference(State state) {
        for (int who = 1; who < state.participants(); who++) {
            String finding = difference(state, 0, who);
            if (finding != null) {
                return new Violation(Invariant.CONVERGENCE, finding, state.noticed());
            }
        }
        return null;
    }

    private @Nullable String difference(State state, int one, int other) {
        Version left = tables.version(state.masters[one]);
        Version right = tables.version(state.masters[other]);
        boolean sameData = sameData(state.masters[one].data, state.masters[other].data);
        if (sameData && left.equals(right)) {
            return null;
        }
        return tables.name(one) + " and " + tables.name(other) + " show "
                + (sameData ? "the same data" : "different data") + " under "
                + (left.equals(right)
                        ? "equal versions"
                        : left.clock().equals(right.clock()) ? "equal clocks" : "different clocks");
    }

    private static boolean sameData(int left, int right) {
        return left == right || (Data.isAbsent(left) && Data.isAbsent(right));
    }

    /** One line per participant. */
    List<String> describe(State state) {
        return IntStream.range(0, state.participants())
                .mapToObj(who -> StepText.state(tables, state, who))
                .toList();
    }
}
