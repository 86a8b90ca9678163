package io.tandem.clock.explorer;

import io.tandem.clock.explorer.Coverage.Event;
import io.tandem.clock.explorer.State.Restore;
import io.tandem.clock.explorer.Step.Kind;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The sinks take records: one, or several in one transaction, of which those of each topic are in order.
 *
 * <p><b>Reduction.</b> A sink that crashes goes on from the committed positions, which are some that it had before. So
 * putting a consumer back to any earlier position is all that a crash can do, and commits are not modelled, except where
 * {@link World#stepsApart()}.
 */
final class SinkSteps {

    private final Tables tables;
    private final World world;
    private final Reception reception;
    private final Coverage coverage;

    SinkSteps(Tables tables, Coverage coverage) {
        this.tables = tables;
        this.world = tables.world();
        this.reception = new Reception(tables, coverage);
        this.coverage = coverage;
    }

    void addTo(State state, Successors successors) {
        for (int who = 0; who < state.participants(); who++) {
            if (who == world.compactedFor()) {
                takeFromCompacted(state, who, successors);
            } else {
                take(state, state.copy(), who, null, 0, new Checks(tables, state), successors);
            }
            if (world.stepsApart()) {
                commit(state, who, successors);
            }
        }
    }

    /** Takes one record more into the batch, of each topic in turn. */
    private void take(
            State state, State soFar, int who, @Nullable Shown merged, int size, Checks checks, Successors successors) {
        for (int topic = 0; size < world.batch() && topic < state.participants(); topic++) {
            int position = soFar.positions[who][topic];
            if (!isRead(state, who, topic) || position == state.topics[topic].length) {
                continue;
            }
            State next = soFar.copy();
            next.positions[who][topic]++;
            int id = state.topics[topic][position];
            Checks found = checks.copy();
            Shown record = tables.shown().get(id);
            Shown batch = merged == null ? record : reception.merge(tables.name(who), merged, record, found);
            take(state, next, who, batch, size + 1, found, successors);
            deliver(
                    next,
                    who,
                    topic,
                    size == 0 ? id : size + 1,
                    batch,
                    size == 0 ? Kind.TAKE : Kind.TAKE_BATCH,
                    found,
                    successors);
        }
    }

    /** Any record may be missing that has a successor. */
    private void takeFromCompacted(State state, int who, Successors successors) {
        for (int topic = 0; topic < state.participants(); topic++) {
            for (int i = state.positions[who][topic]; topic != who && i < state.topics[topic].length; i++) {
                State next = state.copy();
                next.positions[who][topic] = i + 1;
                if (i > state.positions[who][topic]) {
                    coverage.reached(Event.COMPACTED);
                }
                int id = state.topics[topic][i];
                deliver(next, who, topic, id, tables.shown().get(id), Kind.TAKE, new Checks(tables, state), successors);
            }
        }
    }

    private void deliver(
            State taken,
            int who,
            int topic,
            int number,
            Shown incoming,
            Kind kind,
            Checks before,
            Successors successors) {
        if (kind == Kind.TAKE_BATCH) {
            coverage.reached(Event.BATCH_OF_SEVERAL);
        }
        State next = taken.copy();
        Checks checks = before.copy();
        Step step = new Step(kind, who, topic, number, reception.take(next, who, incoming, checks));
        finishTakingIn(next, who);
        successors.add(step, next, checks.found());
    }

    /** A restored master reads its own topic as well, until it has taken everything in. */
    private boolean isRead(State state, int who, int topic) {
        if (!state.isTakingIn(world, who)) {
            return topic != who;
        }
        return topic == who || !tables.rules().afterRestore().readsOwnTopicFirst();
    }

    void finishTakingIn(State next, int who) {
        if (!next.isTakingIn(world, who)) {
            return;
        }
        for (int topic = 0; topic < next.participants(); topic++) {
            if (isRead(next, who, topic) && next.positions[who][topic] < next.topics[topic].length) {
                return;
            }
        }
        next.restore = Restore.DONE;
        if (tables.rules().afterRestore().foldsMeanwhile()) {
            next.positions[who][who] = 0;
        } else {
            Arrays.fill(next.positions[who], 0);
        }
    }

    private void commit(State state, int who, Successors successors) {
        boolean committed = true;
        for (int topic = 0; topic < state.participants(); topic++) {
            committed &= state.committed[who][topic] == state.positions[who][topic];
        }
        if (committed) {
            return;
        }
        State next = state.copy();
        next.committed[who] = state.positions[who].clone();
        successors.add(Step.of(Kind.COMMIT, who), next, new Checks(tables, state).found());
        if (state.crashesLeft > 0) {
            State crashed = state.copy();
            crashed.crashesLeft--;
            crashed.positions[who] = state.committed[who].clone();
            successors.add(Step.of(Kind.SINK_CRASH, who), crashed, new Checks(tables, state).found());
        }
    }
}
