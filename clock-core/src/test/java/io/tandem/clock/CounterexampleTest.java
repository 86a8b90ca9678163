package io.tandem.clock;

import static io.tandem.clock.Clocks.clock;
import static io.tandem.clock.Clocks.version;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Histories in which masters without the rules diverge for good, and what the rules make of them. */
class CounterexampleTest {

    private static final Reconciler BY_TIMESTAMP = new Reconciler(new TimestampPolicy(Clocks.TWO_MASTERS));

    private static final Version A1 = LocalWrite.after(Version.UNCLOCKED, "a", 10);
    private static final Version B1 = LocalWrite.after(Version.UNCLOCKED, "b", 7);

    @Test
    void withPlainWallClocksTwoMastersDivergeUnderEqualClocks() {
        // given a's second write, stamped with a wall clock that stands before its first
        Version a2 = version(clock(2, 0), 5, "a");

        // when b takes a1 and a2, and a takes b1
        Version atB = take(BY_TIMESTAMP, take(BY_TIMESTAMP, B1, A1), a2);
        Version atA = take(BY_TIMESTAMP, a2, B1);

        // then a shows b1 and b shows a1
        assertThat(atA).isEqualTo(version(clock(2, 1), 7, "b"));
        assertThat(atB).isEqualTo(version(clock(2, 1), 10, "a"));
        assertThat(BY_TIMESTAMP.reconcile(atA, atB).alarm()).isEqualTo(Alarm.EQUAL_CLOCKS_DIFFERENT_WRITES);
    }

    @Test
    void withLocalWritesThatBeatWhatTheyOverwriteBothMastersEndAlike() {
        // given the same two writes at a, the second one at wall clock 5
        assertThat(A1).isEqualTo(version(clock(1, 0), 10, "a"));
        assertThat(B1).isEqualTo(version(clock(0, 1), 7, "b"));
        Version a2 = LocalWrite.after(A1, "a", 5);
        assertThat(a2).isEqualTo(version(clock(2, 0), 11, "a"));

        // when b takes a1
        Decision a1AtB = BY_TIMESTAMP.reconcile(B1, A1);
        assertThat(a1AtB).isEqualTo(new Decision(Outcome.CONFLICT_INCOMING_WINS, version(clock(1, 1), 10, "a"), null));
        // and a2, and a takes b1
        Decision a2AtB = BY_TIMESTAMP.reconcile(a1AtB.version(B1, A1), a2);
        Decision b1AtA = BY_TIMESTAMP.reconcile(a2, B1);

        // then both show a2
        Version both = version(clock(2, 1), 11, "a");
        assertThat(a2AtB).isEqualTo(new Decision(Outcome.CONFLICT_INCOMING_WINS, both, null));
        assertThat(b1AtA).isEqualTo(new Decision(Outcome.CONFLICT_STORED_WINS, both, null));
    }

    @Test
    void priorityAmongThreeMastersDependsOnTheOrderOfArrival() {
        // given c1 that overwrites a1, and b1 that is concurrent with both
        Version c1 = LocalWrite.after(A1, "c", 20);
        Reconciler byPriority = new Reconciler(new PriorityAmongThree());

        // when two receivers take the same three writes, in another order
        Version one = take(byPriority, take(byPriority, A1, B1), c1);
        Version other = take(byPriority, take(byPriority, A1, c1), B1);

        // then the one keeps a1 and the other shows b1, under equal clocks
        assertThat(one).isEqualTo(version(clock(1, 1, 1), 10, "a"));
        assertThat(other).isEqualTo(version(clock(1, 1, 1), 7, "b"));
    }

    @Test
    void timestampAmongThreeMastersDoesNotDependOnTheOrderOfArrival() {
        Version c1 = LocalWrite.after(A1, "c", 20);
        Reconciler byTimestamp = new Reconciler(new TimestampPolicy(Clocks.THREE_MASTERS));

        Version one = take(byTimestamp, take(byTimestamp, A1, B1), c1);
        Version other = take(byTimestamp, take(byTimestamp, A1, c1), B1);

        assertThat(one).isEqualTo(version(clock(1, 1, 1), 20, "c")).isEqualTo(other);
    }

    @Test
    void byPriorityAStampMayComeAgainButOnlyInTheFutureOfTheFirst() {
        // given b1 overruled by an earlier a1
        Reconciler byPriority = new Reconciler(new PriorityPolicy(Clocks.TWO_MASTERS));
        Version b1 = LocalWrite.after(Version.UNCLOCKED, "b", 10);
        Version overruled = take(byPriority, b1, LocalWrite.after(Version.UNCLOCKED, "a", 4));

        // when b writes again at the same wall clock
        Version b2 = LocalWrite.after(overruled, "b", 10);

        // then the two writes share a stamp, and their clocks tell them apart
        assertThat(b2).isEqualTo(version(clock(1, 2), 10, "b"));
        assertThat(b2.sameWrite(b1)).isTrue();
        assertThat(byPriority.reconcile(b1, b2)).isSameAs(Decision.APPLY);
        assertThat(byPriority.reconcile(b2, b1)).isSameAs(Decision.STALE);
    }

    private static Version take(Reconciler reconciler, Version stored, Version incoming) {
        return reconciler.reconcile(stored, incoming).version(stored, incoming);
    }

    /** What {@link PriorityPolicy} refuses to be. */
    private static final class PriorityAmongThree implements ConflictPolicy {

        @Override
        public String id() {
            return "priority among three";
        }

        @Override
        public int compare(Version left, Version right) {
            int byRank = Integer.compare(
                    Clocks.THREE_MASTERS.rank(right.writer()), Clocks.THREE_MASTERS.rank(left.writer()));
            return byRank != 0 ? byRank : Long.compare(left.timestampMicros(), right.timestampMicros());
        }

        @Override
        public boolean latestWins() {
            return false;
        }
    }
}
