package io.tandem.clock;

import static io.tandem.clock.Clocks.clock;
import static io.tandem.clock.Clocks.version;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A master whose database was put back finds out by what the others know of it. */
class ForgottenWritesTest {

    private static final TimestampPolicy LATEST = new TimestampPolicy(Clocks.TWO_MASTERS);
    private static final PriorityPolicy PRIORITY = new PriorityPolicy(Clocks.TWO_MASTERS);
    private static final Reconciler AT_A = new Reconciler(LATEST, "a");
    private static final Reconciler AT_NOBODY = new Reconciler(LATEST);

    private static final Version RESTORED = version(clock(3, 1), 10, "a");

    @Test
    void aRecordThatCountsMoreOfTheReceiverThanItKnowsIsAnAlarmWhateverTheOutcome() {
        Version after = version(clock(4, 2), 20, "b");
        Version wins = version(clock(4, 0), 20, "a");
        Version loses = version(clock(4, 0), 5, "a");

        assertThat(AT_A.reconcile(RESTORED, after))
                .isEqualTo(new Decision(Outcome.APPLY, null, Alarm.FORGOTTEN_OWN_WRITES));
        assertThat(AT_A.reconcile(RESTORED, wins))
                .isEqualTo(new Decision(
                        Outcome.CONFLICT_INCOMING_WINS, version(clock(4, 1), 20, "a"), Alarm.FORGOTTEN_OWN_WRITES));
        assertThat(AT_A.reconcile(RESTORED, loses))
                .isEqualTo(new Decision(
                        Outcome.CONFLICT_STORED_WINS, version(clock(4, 1), 10, "a"), Alarm.FORGOTTEN_OWN_WRITES));
    }

    @Test
    void itGoesBeforeTheAlarmsThatFollowFromIt() {
        Version afterYetEarlier = version(clock(4, 1), 5, "b");

        assertThat(AT_A.reconcile(RESTORED, afterYetEarlier).alarm()).isEqualTo(Alarm.FORGOTTEN_OWN_WRITES);
        assertThat(AT_NOBODY.reconcile(RESTORED, afterYetEarlier).alarm()).isEqualTo(Alarm.DOMINATED_BUT_LATER);
    }

    @Test
    void theCountersOfOthersAndTheOwnCounterThatIsKnownAreNoAlarm() {
        assertThat(AT_A.reconcile(RESTORED, version(clock(3, 9), 20, "b")).alarm())
                .isNull();
        assertThat(AT_A.reconcile(RESTORED, version(clock(2, 9), 20, "b")).alarm())
                .isNull();
        assertThat(AT_A.reconcile(Version.UNCLOCKED, version(clock(0, 1), 20, "b"))
                        .alarm())
                .isNull();
    }

    @Test
    void twoRecordsThatAreMergedOnTheWayProveNothing() {
        assertThat(AT_NOBODY.reconcile(RESTORED, version(clock(4, 1), 20, "a")).alarm())
                .isNull();
        assertThat(AT_NOBODY.provesForgottenWrites(RESTORED, version(clock(4, 1), 20, "a")))
                .isFalse();
    }

    @Test
    void aFoldCanHideWhatIsForgottenSoTheStoredVersionBeforeItIsAsked() {
        // given a backup with a note that was folded, and sent as the fourth write, after the backup was made
        Version sent = version(clock(4, 1), 12, "a");

        Version foldedAgain = LocalWrite.after(RESTORED, "a", 12);

        assertThat(AT_A.reconcile(foldedAgain, sent).alarm()).isNull();
        assertThat(AT_A.provesForgottenWrites(RESTORED, sent)).isTrue();
        assertThat(AT_A.provesForgottenWrites(foldedAgain, sent)).isFalse();
    }

    @Test
    void ifTheLatestWinsAVersionCountsNoNoteThatIsLater() {
        Version sent = version(clock(4, 1), 12, "a");

        assertThat(AT_A.countsNoted(sent, 11)).isTrue();
        assertThat(AT_A.countsNoted(sent, 12)).isTrue();
        assertThat(AT_A.countsNoted(sent, 13)).isFalse();
    }

    @Test
    void underAnotherPolicyTheTimestampsDoNotTellAndTheNoteCounts() {
        assertThat(new Reconciler(PRIORITY, "a").countsNoted(version(clock(4, 1), 12, "a"), 13))
                .isTrue();
    }
}
