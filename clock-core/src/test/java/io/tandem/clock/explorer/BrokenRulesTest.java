package io.tandem.clock.explorer;

import static io.tandem.clock.explorer.Search.shortest;
import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.clock.ConflictPolicy;
import io.tandem.clock.Masters;
import io.tandem.clock.explorer.BrokenRules.ClockNotMerged;
import io.tandem.clock.explorer.BrokenRules.DataReadLater;
import io.tandem.clock.explorer.BrokenRules.DecidesBeforeFold;
import io.tandem.clock.explorer.BrokenRules.FoldNotDurable;
import io.tandem.clock.explorer.BrokenRules.HardDelete;
import io.tandem.clock.explorer.BrokenRules.IncomingWinsTies;
import io.tandem.clock.explorer.BrokenRules.PlainWallClock;
import io.tandem.clock.explorer.BrokenRules.PriorityOfAny;
import io.tandem.clock.explorer.BrokenRules.PurgedTombstone;
import io.tandem.clock.explorer.BrokenRules.RestartingCounters;
import io.tandem.clock.explorer.BrokenRules.StoredWinsTies;
import io.tandem.clock.explorer.Rules.Purge;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Each rule is needed: with one of them replaced, the explorer finds a shortest way to something broken, in a world in
 * which the production rules break nothing. What happens after a restore is in {@link RestoreTest}.
 */
@Tag("explorer")
class BrokenRulesTest {

    private static final World TWO = World.ofTwo("two", 2, 3);
    private static final ConflictPolicy BY_TIMESTAMP = TWO.policy();

    @Test
    @DisplayName("wall clock without the per-record maximum: masters diverge under equal clocks")
    void plainWallClock() {
        Counterexample found = shortest("plain-wall-clock", TWO, new PlainWallClock(BY_TIMESTAMP))
                .toDifferentDataUnder("equal versions");

        assertThat(found.length()).isEqualTo(9);
        assertThat(found.violation().noticed()).isFalse();
    }

    @Test
    @DisplayName("tie won by the local side: masters diverge under equal clocks")
    void storedWinsTies() {
        Counterexample found =
                shortest("tie-won-by-stored", TWO, new StoredWinsTies()).toDifferentDataUnder("equal clocks");

        assertThat(found.length()).isEqualTo(6);
        assertThat(found.violation().noticed()).isFalse();
    }

    @Test
    @DisplayName("tie won by the incoming side: masters diverge under equal clocks")
    void incomingWinsTies() {
        Counterexample found =
                shortest("tie-won-by-incoming", TWO, new IncomingWinsTies()).toDifferentDataUnder("equal clocks");

        assertThat(found.length()).isEqualTo(6);
        assertThat(found.violation().noticed()).isFalse();
    }

    @Test
    @DisplayName("clock not merged when the local side wins: versions stay different for good")
    void clockNotMergedWhereStoredWins() {
        Rules broken = ClockNotMerged.whereStoredWins(BY_TIMESTAMP);

        Counterexample found =
                shortest("clock-not-merged-where-stored-wins", TWO, broken).to(Invariant.CONVERGENCE);

        assertThat(found.violation().finding()).contains("the same data under different clocks");
        assertThat(found.length()).isEqualTo(6);
        assertThat(found.violation().noticed()).isFalse();
    }

    @Test
    @DisplayName("clock overwritten where the incoming side wins: a later write is taken for a duplicate and lost")
    void clockOverwrittenWhereIncomingWins() {
        Rules broken = ClockNotMerged.whereIncomingWins(BY_TIMESTAMP);

        Counterexample found = shortest("clock-overwritten", TWO, broken).toDifferentDataUnder("equal clocks");

        assertThat(found.length()).isEqualTo(9);
        assertThat(found.violation().noticed()).isTrue();
        assertThat(shortest("clock-overwritten-at-first", TWO, broken)
                        .to(Invariant.CONVERGENCE)
                        .length())
                .isEqualTo(6);
    }

    @Test
    @DisplayName("hard delete: an older concurrent write brings the row back on one side")
    void hardDelete() {
        World world = TWO.withDeletes();

        Counterexample found =
                shortest("hard-delete", world, new HardDelete(BY_TIMESTAMP)).toDifferentDataUnder("different clocks");

        assertThat(found.length()).isEqualTo(7);
        assertThat(found.violation().noticed()).isFalse();
    }

    @Test
    @DisplayName("tombstone whose counters restart: the re-insert is taken for a duplicate and lost")
    void restartingCounters() {
        World world = World.ofTwo("re-inserts", 3, 3).withDeletes();

        Counterexample found = shortest("restarting-counters", world, new RestartingCounters(BY_TIMESTAMP))
                .toDifferentDataUnder("equal versions");

        assertThat(found.length()).isEqualTo(7);
        assertThat(found.violation().noticed()).isFalse();
    }

    @Test
    @DisplayName("tombstone purged and consumer rewound: the deleted row comes back on one side")
    void purgedTombstone() {
        Rules broken = new PurgedTombstone(BY_TIMESTAMP, Purge.EVERYWHERE);
        World withoutRewind = World.ofTwo("purge", 2, 3).withDeletes();

        Counterexample found = shortest("purged-tombstone", withoutRewind.withRewinds(1), broken)
                .toDifferentDataUnder("different clocks");

        assertThat(found.length()).isEqualTo(9);
        assertThat(found.violation().noticed()).isFalse();
        // what cannot be read again may be purged, if it is purged everywhere before the row is inserted again
        assertThat(new Explorer(withoutRewind, broken).explore().counterexample())
                .isNull();
    }

    @Test
    @DisplayName("tombstone purged on one side only: the re-insert is taken for a duplicate and lost")
    void tombstonePurgedOnOneSide() {
        World world = World.ofTwo("purge", 3, 3).withDeletes();

        Counterexample found = shortest(
                        "tombstone-purged-on-one-side", world, new PurgedTombstone(BY_TIMESTAMP, Purge.ON_ONE_SIDE))
                .toDifferentDataUnder("equal versions");

        assertThat(found.length()).isEqualTo(8);
        assertThat(found.violation().noticed()).isFalse();
    }

    @Test
    @DisplayName("priority with three masters: the order of arrival decides, under equal clocks")
    void priorityOfThree() {
        World world = World.ofThree("three", 1, 3);
        ConflictPolicy priority = new PriorityOfAny(new Masters(world.participants()));

        Counterexample found =
                shortest("priority-of-three", world, new BrokenRules(priority)).toDifferentDataUnder("equal clocks");

        assertThat(found.length()).isEqualTo(12);
        assertThat(found.violation().noticed()).isFalse();
    }

    @Test
    @DisplayName("fold that is not durable before the send: a counter is used twice, the second write is lost")
    void foldNotDurable() {
        World world = TWO.withCrashes(1);

        Counterexample found = shortest("fold-not-durable", world, new FoldNotDurable(BY_TIMESTAMP))
                .toDifferentDataUnder("equal versions");

        assertThat(found.length()).isEqualTo(6);
        assertThat(found.violation().noticed()).isFalse();
    }

    @Test
    @DisplayName("data newer than its version: a write is overruled by one that it knew")
    void dataReadLater() {
        Rules broken = new DataReadLater(BY_TIMESTAMP);
        World world = TWO.inSingleSteps();

        Counterexample found = shortest("data-newer-than-version", world, broken)
                .to(violation -> violation.invariant() == Invariant.CAUSALITY
                        && violation.finding().contains("overrule"));

        assertThat(found.length()).isEqualTo(9);
        assertThat(shortest("data-newer-than-version-at-first", world, broken)
                        .to(Invariant.CAUSALITY)
                        .violation()
                        .finding())
                .contains("which knows all of its writes")
                .contains("as CONFLICT_STORED_WINS");
        // the newer data is sent once more under its own version, so the masters end alike nevertheless
        assertThat(new Explorer(world, broken)
                        .explore(violation -> violation.invariant() == Invariant.CONVERGENCE, end -> {})
                        .counterexample())
                .isNull();
    }

    @Test
    @DisplayName("data newer than its version, sent again after a crash: it is taken for a duplicate")
    void dataReadLaterAndSentAgain() {
        World world = World.ofTwo("two", 2, 2).withCrashes(1).inSingleSteps();

        Counterexample found = shortest("data-newer-than-version-again", world, new DataReadLater(BY_TIMESTAMP))
                .to(Invariant.NO_LOST_UPDATE);

        assertThat(found.length()).isEqualTo(9);
        assertThat(found.violation().finding()).contains("drops a2 as DUPLICATE for a1");
    }

    @Test
    @DisplayName("sink that decides before it folds: a noted write is overwritten, and both masters end alike")
    void decidesBeforeFold() {
        Rules broken = new DecidesBeforeFold(BY_TIMESTAMP);

        Counterexample found = shortest("decides-before-fold", TWO, broken).to(Invariant.NO_LOST_UPDATE);

        assertThat(found.length()).isEqualTo(4);
        assertThat(found.violation().finding()).contains("drops b1 as APPLY for a1");
        assertThat(new Explorer(TWO, broken)
                        .explore(violation -> violation.invariant() == Invariant.CONVERGENCE, end -> {})
                        .counterexample())
                .isNull();
    }
}
