package io.tandem.clock.explorer;

import static io.tandem.clock.Outcome.APPLY;
import static io.tandem.clock.Outcome.CONFLICT_INCOMING_WINS;
import static io.tandem.clock.Outcome.CONFLICT_STORED_WINS;
import static io.tandem.clock.Outcome.DUPLICATE;
import static io.tandem.clock.Outcome.MERGE;
import static io.tandem.clock.Outcome.STALE;
import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.clock.Outcome;
import io.tandem.clock.explorer.Coverage.Event;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * The production rules keep every small world aligned: no violation of any {@link Invariant} in any state, and the same
 * data under the same version at all participants wherever nothing is on its way.
 *
 * <p>{@code -Dexplorer.writes=+1} allows one write more in every world (any number will do). That takes many times the
 * time and memory.
 */
@Tag("explorer")
class ExplorerTest {

    private static final int MORE_WRITES = Integer.getInteger("explorer.writes", 0);

    // two masters whose records come once and in order never meet a stale one, nor one of a write that they show
    private static final Set<Outcome> IN_ORDER = EnumSet.of(APPLY, CONFLICT_INCOMING_WINS, CONFLICT_STORED_WINS);
    private static final Set<Outcome> OUT_OF_ORDER = with(IN_ORDER, STALE);
    private static final Set<Outcome> REPEATED = with(OUT_OF_ORDER, DUPLICATE);
    // two states that show one write and are yet concurrent need a third master
    private static final Set<Outcome> AMONG_THREE = with(OUT_OF_ORDER, MERGE);
    private static final Set<Outcome> ALL = EnumSet.allOf(Outcome.class);

    /** A world, the decisions that are possible in it, and what must be met lest it be empty. */
    record Case(World world, Set<Outcome> outcomes, Set<Event> events) {

        Case(World world, Set<Outcome> outcomes, Event... events) {
            this(world, outcomes, events.length == 0 ? Set.of() : EnumSet.copyOf(List.of(events)));
        }

        @Override
        public String toString() {
            return world.toString();
        }
    }

    static final List<Case> CASES = List.of(
            new Case(
                    World.ofTwo("2-masters-timestamp", 3, 6).at(10, 11, 12),
                    IN_ORDER,
                    Event.FOLD_OF_SEVERAL,
                    Event.WALL_CLOCK_GOES_BACK),
            new Case(
                    World.ofTwoByPriority("2-masters-priority", 3, 6),
                    IN_ORDER,
                    Event.FOLD_OF_SEVERAL,
                    Event.WALL_CLOCK_GOES_BACK),
            new Case(World.ofTwo("2-masters-deletes", 3, 6).withDeletes(), IN_ORDER, Event.DELETE, Event.RE_INSERT),
            new Case(
                    World.ofTwoByPriority("2-masters-deletes-priority", 3, 5).withDeletes(),
                    IN_ORDER,
                    Event.DELETE,
                    Event.RE_INSERT),
            new Case(
                    World.ofTwo("2-masters-crashes-rewinds", 3, 4)
                            .withCrashes(1)
                            .withRewinds(1),
                    REPEATED,
                    Event.CRASH_AFTER_FOLD,
                    Event.PUBLISHED_AGAIN,
                    Event.REWIND),
            new Case(
                    World.ofTwoByPriority("2-masters-crashes-rewinds-priority", 2, 4)
                            .withCrashes(1)
                            .withRewinds(1),
                    REPEATED,
                    Event.CRASH_AFTER_FOLD,
                    Event.PUBLISHED_AGAIN,
                    Event.REWIND),
            new Case(
                    World.ofTwo("2-masters-single-steps", 2, 3).inSingleSteps().withCrashes(1),
                    REPEATED,
                    Event.PUBLISHED_AGAIN),
            new Case(World.ofTwo("2-masters-dead-letters", 3, 5).withDeadLetters(2), OUT_OF_ORDER, Event.RE_INJECTED),
            new Case(
                    World.ofTwo("2-masters-batches", 3, 5).inBatchesOf(3).withRewinds(1),
                    REPEATED,
                    Event.BATCH_OF_SEVERAL),
            new Case(
                    World.ofTwo("2-masters-everything", 2, 3)
                            .withDeletes()
                            .withCrashes(1)
                            .withRewinds(1)
                            .withDeadLetters(1)
                            .inBatchesOf(2),
                    REPEATED,
                    Event.DELETE,
                    Event.RE_INSERT,
                    Event.CRASH_AFTER_FOLD,
                    Event.PUBLISHED_AGAIN,
                    Event.REWIND,
                    Event.RE_INJECTED,
                    Event.BATCH_OF_SEVERAL),
            new Case(
                    World.ofThree("3-masters-timestamp", 2, 4),
                    AMONG_THREE,
                    Event.FOLD_OF_SEVERAL,
                    Event.WALL_CLOCK_GOES_BACK),
            new Case(World.ofThree("3-masters-deletes", 2, 3).withDeletes(), AMONG_THREE, Event.DELETE),
            new Case(World.ofThree("3-masters-rewinds", 2, 3).withRewinds(1), ALL, Event.REWIND),
            new Case(World.ofThree("3-masters-dead-letters", 2, 3).withDeadLetters(1), AMONG_THREE, Event.RE_INJECTED),
            new Case(World.ofThree("3-masters-batches", 2, 3).inBatchesOf(3), AMONG_THREE, Event.BATCH_OF_SEVERAL),
            new Case(
                    World.ofTwo("2-masters-and-follower", 2, 4).withDeletes().withFollower(),
                    OUT_OF_ORDER,
                    Event.DELETE),
            new Case(
                    World.ofTwoByPriority("2-masters-and-follower-priority", 3, 4)
                            .withDeletes()
                            .withFollower(),
                    OUT_OF_ORDER,
                    Event.DELETE),
            new Case(
                    World.ofTwoByPriority("2-masters-and-follower-priority-rewinds", 2, 3)
                            .withFollower()
                            .withRewinds(1)
                            .withDeadLetters(1),
                    REPEATED,
                    Event.REWIND,
                    Event.RE_INJECTED),
            new Case(World.ofTwo("late-joiner", 2, 4).withLateJoiner(0), OUT_OF_ORDER, Event.COMPACTED),
            new Case(
                    World.ofTwoByPriority("late-joiner-priority", 2, 4).withLateJoiner(0),
                    OUT_OF_ORDER,
                    Event.COMPACTED),
            new Case(World.ofTwo("late-joiner-writes", 2, 4).withLateJoiner(1), AMONG_THREE, Event.COMPACTED),
            new Case(
                    World.ofTwo("2-masters-restore", 3, 4).withDeletes().restoring(0),
                    REPEATED,
                    Event.RESTORE,
                    Event.OWN_WRITES_TAKEN_IN,
                    Event.NOTES_OF_BACKUP_DROPPED),
            new Case(
                    World.ofTwo("2-masters-restore-crashes", 2, 3)
                            .withCrashes(1)
                            .inBatchesOf(2)
                            .restoring(1),
                    REPEATED,
                    Event.RESTORE,
                    Event.OWN_WRITES_TAKEN_IN,
                    Event.NOTES_OF_BACKUP_DROPPED,
                    Event.BATCH_OF_SEVERAL,
                    Event.PUBLISHED_AGAIN),
            new Case(
                    World.ofTwoByPriority("2-masters-restore-priority", 3, 4).restoring(1),
                    REPEATED,
                    Event.RESTORE,
                    Event.OWN_WRITES_TAKEN_IN,
                    Event.NOTES_OF_BACKUP_DROPPED),
            new Case(
                    World.ofThree("3-masters-restore", 2, 3).restoring(0),
                    ALL,
                    Event.RESTORE,
                    Event.OWN_WRITES_TAKEN_IN,
                    Event.NOTES_OF_BACKUP_DROPPED));

    @ParameterizedTest
    @FieldSource("CASES")
    @DisplayName("Invariant: convergence; causality; no lost update unless overruled and recorded; idempotence; "
            + "fold equals sequence")
    void noOrderOfEventsBreaksAnything(Case one) {
        World world = one.world().withMoreWrites(MORE_WRITES);

        Exploration exploration = new Explorer(world, new ProductionRules(world.policy())).explore();

        System.out.println(exploration);
        assertThat(exploration.counterexample()).isNull();
        assertThat(exploration.coverage().quiescent()).isGreaterThan(10);
        assertThat(exploration.coverage().outcomes()).isEqualTo(one.outcomes());
        assertThat(exploration.coverage().events()).containsAll(one.events());
    }

    private static Set<Outcome> with(Set<Outcome> outcomes, Outcome another) {
        Set<Outcome> more = EnumSet.copyOf(outcomes);
        more.add(another);
        return more;
    }
}
