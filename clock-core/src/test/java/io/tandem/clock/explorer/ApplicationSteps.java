package io.tandem.clock.explorer;

import io.tandem.clock.explorer.Step.Kind;
import java.util.List;

/**
 * The applications write: data and a note in the journal, in one transaction, at any wall clock that the world has.
 */
final class ApplicationSteps {

    private final World world;
    private final Folding folding;
    private final Coverage coverage;

    ApplicationSteps(Tables tables, Coverage coverage) {
        this.world = tables.world();
        this.folding = new Folding(tables);
        this.coverage = coverage;
    }

    void addTo(State state, Successors successors) {
        if (state.writesLeft == 0) {
            return;
        }
        for (int who = 0; who < state.participants(); who++) {
            boolean may = state.masters[who].written < world.writes().get(who) && !state.isTakingIn(world, who);
            for (int i = 0; may && i < world.wallClocks().size(); i++) {
                write(state, who, world.wallClocks().get(i), false, successors);
                if (world.deletes() && !Data.isAbsent(state.masters[who].data)) {
                    write(state, who, world.wallClocks().get(i), true, successors);
                }
            }
        }
    }

    private void write(State state, int who, int wallClock, boolean delete, Successors successors) {
        State next = state.copy();
        Master master = next.masters[who];
        if (delete) {
            coverage.reached(Coverage.Event.DELETE);
        } else if (master.data != Data.NOTHING && Data.isAbsent(master.data)) {
            coverage.reached(Coverage.Event.RE_INSERT);
        }
        if (master.notes > 0 && wallClock < master.notedAt) {
            coverage.reached(Coverage.Event.WALL_CLOCK_GOES_BACK);
        }
        master.written++;
        next.writesLeft--;
        folding.note(master, who, Data.of(who, master.written, delete), wallClock);
        successors.add(Step.of(Kind.WRITE, who, who, wallClock), next, List.of());
    }
}
