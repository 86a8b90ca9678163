package io.tandem.clock.explorer;

import io.tandem.clock.explorer.Coverage.Event;
import io.tandem.clock.explorer.Rules.AfterRestore;
import io.tandem.clock.explorer.Rules.Purge;
import io.tandem.clock.explorer.State.Restore;
import io.tandem.clock.explorer.Step.Kind;
import java.util.Arrays;
import java.util.List;

/** What people and machines do to a pair: consumers put back, dead letters, backups, purges. */
final class FaultSteps {

    private final Tables tables;
    private final World world;
    private final Rules rules;
    private final Reception reception;
    private final SinkSteps sinks;
    private final Quiescence quiescence;
    private final Coverage coverage;

    FaultSteps(Tables tables, SinkSteps sinks, Coverage coverage) {
        this.tables = tables;
        this.world = tables.world();
        this.rules = tables.rules();
        this.reception = new Reception(tables, coverage);
        this.sinks = sinks;
        this.quiescence = new Quiescence(tables);
        this.coverage = coverage;
    }

    void addTo(State state, Successors successors) {
        for (int who = 0; who < state.participants(); who++) {
            if (!state.isTakingIn(world, who)) {
                rewind(state, who, successors);
                skip(state, who, successors);
            }
            reinject(state, who, successors);
        }
        purge(state, successors);
        if (world.restored() != World.NOBODY) {
            restore(state, world.restored(), successors);
        }
    }

    private void rewind(State state, int who, Successors successors) {
        for (int topic = 0; state.rewindsLeft > 0 && topic < state.participants(); topic++) {
            for (int position = 0; topic != who && position < state.positions[who][topic]; position++) {
                State next = state.copy();
                next.rewindsLeft--;
                next.positions[who][topic] = position;
                coverage.reached(Event.REWIND);
                successors.add(Step.of(Kind.REWIND, who, topic, position), next, List.of());
            }
        }
    }

    private void skip(State state, int who, Successors successors) {
        for (int topic = 0; state.skipsLeft > 0 && topic < state.participants(); topic++) {
            int position = state.positions[who][topic];
            if (topic != who && position < state.topics[topic].length) {
                State next = state.copy();
                next.skipsLeft--;
                next.positions[who][topic]++;
                int id = state.topics[topic][position];
                int[] more = Arrays.copyOf(state.deadLetters[who], state.deadLetters[who].length + 1);
                more[more.length - 1] = id;
                Arrays.sort(more);
                next.deadLetters[who] = more;
                successors.add(Step.of(Kind.SKIP, who, topic, id), next, List.of());
            }
        }
    }

    private void reinject(State state, int who, Successors successors) {
        int[] waiting = state.deadLetters[who];
        for (int i = 0; i < waiting.length; i++) {
            State next = state.copy();
            int[] fewer = new int[waiting.length - 1];
            System.arraycopy(waiting, 0, fewer, 0, i);
            System.arraycopy(waiting, i + 1, fewer, i, fewer.length - i);
            next.deadLetters[who] = fewer;
            Checks checks = new Checks(tables, state);
            Shown record = tables.shown().get(waiting[i]);
            coverage.reached(Event.RE_INJECTED);
            Step step = new Step(Kind.REINJECT, who, who, waiting[i], reception.take(next, who, record, checks));
            successors.add(step, next, checks.found());
        }
    }

    /** Only where nothing is on its way: what comes back has to be read again from the topic. */
    private void purge(State state, Successors successors) {
        if (rules.purge() == Purge.NEVER || !quiescence.isReached(state)) {
            return;
        }
        if (rules.purge() == Purge.EVERYWHERE && state.masters[0].tombstone) {
            State next = state.copy();
            for (Master master : next.masters) {
                forget(master);
            }
            successors.add(Step.of(Kind.PURGE_EVERYWHERE, 0), next, List.of());
        }
        for (int who = 0; rules.purge() == Purge.ON_ONE_SIDE && who < state.participants(); who++) {
            if (state.masters[who].tombstone) {
                State next = state.copy();
                forget(next.masters[who]);
                successors.add(Step.of(Kind.PURGE, who), next, List.of());
            }
        }
    }

    private static void forget(Master master) {
        master.forgetVersion();
        master.latest = 0;
    }

    private void restore(State state, int who, Successors successors) {
        if (state.restore == Restore.NONE) {
            State next = state.copy();
            next.restore = Restore.BACKED_UP;
            next.backup = durable(state.masters[who]);
            successors.add(Step.of(Kind.BACK_UP, who), next, List.of());
        } else if (state.restore == Restore.BACKED_UP && state.backup != null) {
            State next = state.copy();
            Master restored = state.backup.copy();
            restored.written = state.masters[who].written;
            next.masters[who] = restored;
            next.backup = null;
            AfterRestore procedure = rules.afterRestore();
            if (procedure != AfterRestore.GO_ON) {
                Arrays.fill(next.positions[who], 0);
            }
            next.restore = procedure.readsOwnTopic() ? Restore.TAKING_IN : Restore.DONE;
            sinks.finishTakingIn(next, who);
            coverage.reached(Event.RESTORE);
            successors.add(Step.of(Kind.RESTORE, who), next, List.of());
        }
    }

    private static Master durable(Master master) {
        Master durable = master.copy();
        durable.held = 0;
        durable.awaited = 0;
        durable.written = 0;
        return durable;
    }
}
