package io.tandem.clock;

import static io.tandem.clock.Clocks.clock;
import static io.tandem.clock.Clocks.version;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.FieldSource;

/** Every outcome and every alarm, pinned by example. */
class ReconcilerTest {

    private static final Reconciler BY_TIMESTAMP = new Reconciler(new TimestampPolicy(Clocks.TWO_MASTERS));
    private static final Reconciler BY_PRIORITY = new Reconciler(new PriorityPolicy(Clocks.TWO_MASTERS));
    private static final Reconciler OF_THREE = new Reconciler(new TimestampPolicy(Clocks.THREE_MASTERS));
    static final List<Reconciler> RECONCILERS = List.of(BY_TIMESTAMP, BY_PRIORITY);

    private static Decision quiet(Outcome outcome, Version merged) {
        return new Decision(outcome, merged, null);
    }

    @ParameterizedTest
    @FieldSource("RECONCILERS")
    void whatKnowsMoreIsApplied(Reconciler reconciler) {
        Version stored = version(clock(1, 0), 10, "a");
        Version incoming = version(clock(1, 1), 11, "b");

        assertThat(reconciler.reconcile(stored, incoming)).isSameAs(Decision.APPLY);
    }

    @ParameterizedTest
    @FieldSource("RECONCILERS")
    void whatKnowsLessIsStale(Reconciler reconciler) {
        Version stored = version(clock(1, 1), 11, "b");
        Version incoming = version(clock(1, 0), 10, "a");

        assertThat(reconciler.reconcile(stored, incoming)).isSameAs(Decision.STALE);
    }

    @ParameterizedTest
    @FieldSource("RECONCILERS")
    void whatIsStoredAlreadyIsADuplicate(Reconciler reconciler) {
        Version stored = version(clock(1, 1), 11, "b");

        assertThat(reconciler.reconcile(stored, version(clock(1, 1), 11, "b"))).isSameAs(Decision.DUPLICATE);
    }

    @ParameterizedTest
    @FieldSource("RECONCILERS")
    void everyVersionIsAppliedOverTheUnclockedOneWhichIsStaleItself(Reconciler reconciler) {
        Version write = version(clock(0, 1), 1, "b");

        assertThat(reconciler.reconcile(Version.UNCLOCKED, write)).isSameAs(Decision.APPLY);
        assertThat(reconciler.reconcile(write, Version.UNCLOCKED)).isSameAs(Decision.STALE);
        assertThat(reconciler.reconcile(Version.UNCLOCKED, Version.UNCLOCKED)).isSameAs(Decision.DUPLICATE);
    }

    @Test
    void byTimestampTheLaterIncomingWinsUnderTheMergedClock() {
        Version stored = version(clock(2, 0), 10, "a");
        Version incoming = version(clock(1, 3), 12, "b");

        assertThat(BY_TIMESTAMP.reconcile(stored, incoming))
                .isEqualTo(quiet(Outcome.CONFLICT_INCOMING_WINS, version(clock(2, 3), 12, "b")));
    }

    @Test
    void byTimestampTheLaterStoredWinsUnderTheMergedClock() {
        Version stored = version(clock(2, 0), 10, "a");
        Version incoming = version(clock(1, 3), 7, "b");

        assertThat(BY_TIMESTAMP.reconcile(stored, incoming))
                .isEqualTo(quiet(Outcome.CONFLICT_STORED_WINS, version(clock(2, 3), 10, "a")));
    }

    @Test
    void byTimestampATieGoesToTheHigherRankAtBothMasters() {
        Version ofA = version(clock(1, 0), 10, "a");
        Version ofB = version(clock(0, 1), 10, "b");
        Version both = version(clock(1, 1), 10, "a");

        assertThat(BY_TIMESTAMP.reconcile(ofA, ofB)).isEqualTo(quiet(Outcome.CONFLICT_STORED_WINS, both));
        assertThat(BY_TIMESTAMP.reconcile(ofB, ofA)).isEqualTo(quiet(Outcome.CONFLICT_INCOMING_WINS, both));
    }

    @Test
    void byTimestampATieOfTwoMastersThatAreNotListedIsDecidedAlikeAtBoth() {
        Version ofC = version(clock(0, 0, 1), 10, "c");
        Version ofD = version(clock(0, 1), 10, "d");
        Version both = version(clock(0, 1, 1), 10, "c");

        assertThat(BY_TIMESTAMP.reconcile(ofC, ofD)).isEqualTo(quiet(Outcome.CONFLICT_STORED_WINS, both));
        assertThat(BY_TIMESTAMP.reconcile(ofD, ofC)).isEqualTo(quiet(Outcome.CONFLICT_INCOMING_WINS, both));
    }

    @Test
    void byPriorityTheMasterListedFirstWinsAtBothMastersThoughItIsEarlier() {
        Version ofA = version(clock(1, 0), 5, "a");
        Version ofB = version(clock(0, 1), 10, "b");
        Version both = version(clock(1, 1), 5, "a");

        assertThat(BY_PRIORITY.reconcile(ofA, ofB)).isEqualTo(quiet(Outcome.CONFLICT_STORED_WINS, both));
        assertThat(BY_PRIORITY.reconcile(ofB, ofA)).isEqualTo(quiet(Outcome.CONFLICT_INCOMING_WINS, both));
    }

    @Test
    void concurrentVersionsOfTheSameWriteAreMergedAndAreNoConflict() {
        // given a's write, taken over an overruled write at b and over another one at c
        Version atB = version(clock(1, 1, 0), 10, "a");
        Version atC = version(clock(1, 0, 1), 10, "a");

        Version everywhere = version(clock(1, 1, 1), 10, "a");
        assertThat(OF_THREE.reconcile(atB, atC)).isEqualTo(quiet(Outcome.MERGE, everywhere));
        assertThat(OF_THREE.reconcile(atC, atB)).isEqualTo(quiet(Outcome.MERGE, everywhere));
    }

    @Test
    void thePolicyIsAskedOnlyAboutConcurrentVersions() {
        Reconciler unasked = new Reconciler(new ConflictPolicy() {
            @Override
            public String id() {
                return "must not be asked";
            }

            @Override
            public int compare(Version left, Version right) {
                throw new AssertionError("asked about " + left + " and " + right);
            }

            @Override
            public boolean latestWins() {
                return true;
            }
        });
        Version less = version(clock(1, 0), 1, "a");
        Version more = version(clock(1, 1), 2, "b");

        assertThat(unasked.reconcile(less, more).outcome()).isEqualTo(Outcome.APPLY);
        assertThat(unasked.reconcile(more, less).outcome()).isEqualTo(Outcome.STALE);
        assertThat(unasked.reconcile(more, more).outcome()).isEqualTo(Outcome.DUPLICATE);
        assertThat(unasked.policy().id()).isEqualTo("must not be asked");
    }

    @Test
    void aPolicyThatFailsToNameAWinnerKeepsWhatIsStored() {
        Reconciler undecided = new Reconciler(new ConflictPolicy() {
            @Override
            public String id() {
                return "no order at all";
            }

            @Override
            public int compare(Version left, Version right) {
                return 0;
            }

            @Override
            public boolean latestWins() {
                return false;
            }
        });

        assertThat(undecided.reconcile(version(clock(1, 0), 1, "a"), version(clock(0, 1), 2, "b")))
                .isEqualTo(quiet(Outcome.CONFLICT_STORED_WINS, version(clock(1, 1), 1, "a")));
    }

    @ParameterizedTest
    @FieldSource("RECONCILERS")
    void equalClocksWithAnotherTimestampRaiseAnAlarmAndKeepWhatIsStored(Reconciler reconciler) {
        Version stored = version(clock(1, 1), 10, "a");
        Version incoming = version(clock(1, 1), 11, "a");

        assertThat(reconciler.reconcile(stored, incoming))
                .isEqualTo(new Decision(Outcome.DUPLICATE, null, Alarm.EQUAL_CLOCKS_DIFFERENT_WRITES));
    }

    @ParameterizedTest
    @FieldSource("RECONCILERS")
    void equalClocksWithAnotherWriterRaiseAnAlarmAndKeepWhatIsStored(Reconciler reconciler) {
        Version stored = version(clock(1, 1), 10, "b");
        Version incoming = version(clock(1, 1), 10, "a");

        assertThat(reconciler.reconcile(stored, incoming))
                .isEqualTo(new Decision(Outcome.DUPLICATE, null, Alarm.EQUAL_CLOCKS_DIFFERENT_WRITES));
    }

    @Test
    void aDominatedVersionWithALaterTimestampRaisesAnAlarmOnBothSides() {
        Version dominated = version(clock(1, 0), 12, "a");
        Version dominating = version(clock(1, 1), 11, "b");

        assertThat(BY_TIMESTAMP.reconcile(dominated, dominating))
                .isEqualTo(new Decision(Outcome.APPLY, null, Alarm.DOMINATED_BUT_LATER));
        assertThat(BY_TIMESTAMP.reconcile(dominating, dominated))
                .isEqualTo(new Decision(Outcome.STALE, null, Alarm.DOMINATED_BUT_LATER));
    }

    @Test
    void aDominatedVersionWithTheSameTimestampRaisesNoAlarm() {
        // given b's write that lost the tie, and the outcome of that conflict
        Version overruled = version(clock(0, 1), 10, "b");
        Version outcome = version(clock(1, 1), 10, "a");

        assertThat(BY_TIMESTAMP.reconcile(overruled, outcome)).isSameAs(Decision.APPLY);
        assertThat(BY_TIMESTAMP.reconcile(outcome, overruled)).isSameAs(Decision.STALE);
    }

    @Test
    void byPriorityADominatedVersionWithALaterTimestampIsNoFalseAlarm() {
        // given b's later write that was overruled, and the outcome of that conflict
        Version overruled = version(clock(0, 1), 10, "b");
        Version outcome = version(clock(1, 1), 5, "a");

        assertThat(BY_PRIORITY.reconcile(overruled, outcome)).isSameAs(Decision.APPLY);
        assertThat(BY_PRIORITY.reconcile(outcome, overruled)).isSameAs(Decision.STALE);
    }

    @Test
    void incomingDataIsShownAndAConflictSaidByTheRightOutcomes() {
        EnumSet<Outcome> takesIncoming = EnumSet.allOf(Outcome.class);
        takesIncoming.removeIf(outcome -> !outcome.takesIncomingData());
        EnumSet<Outcome> conflicts = EnumSet.allOf(Outcome.class);
        conflicts.removeIf(outcome -> !outcome.isConflict());

        assertThat(takesIncoming).containsExactly(Outcome.APPLY, Outcome.CONFLICT_INCOMING_WINS);
        assertThat(conflicts).containsExactly(Outcome.CONFLICT_INCOMING_WINS, Outcome.CONFLICT_STORED_WINS);
    }

    @ParameterizedTest
    @EnumSource
    void everyAlarmHasWordsForTheLog(Alarm alarm) {
        assertThat(alarm.meaning()).isNotBlank().doesNotContain("_");
    }
}
