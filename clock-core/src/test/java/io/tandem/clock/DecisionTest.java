package io.tandem.clock;

import static io.tandem.clock.Clocks.clock;
import static io.tandem.clock.Clocks.version;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.FieldSource;

class DecisionTest {

    private static final Version STORED = version(clock(2, 0), 10, "a");
    private static final Version INCOMING = version(clock(1, 3), 12, "b");
    private static final Version MERGED = version(clock(2, 3), 12, "b");
    static final List<Decision> SHARED = List.of(Decision.APPLY, Decision.STALE, Decision.DUPLICATE);

    @Test
    void withoutAMergeTheVersionAfterwardsIsTheOneWhoseDataIsShown() {
        assertThat(Decision.APPLY.version(STORED, INCOMING)).isSameAs(INCOMING);
        assertThat(Decision.STALE.version(STORED, INCOMING)).isSameAs(STORED);
        assertThat(Decision.DUPLICATE.version(STORED, INCOMING)).isSameAs(STORED);
    }

    @ParameterizedTest
    @EnumSource(names = {"MERGE", "CONFLICT_INCOMING_WINS", "CONFLICT_STORED_WINS"})
    void afterAMergeTheVersionAfterwardsIsTheMergedOneWhoeverWon(Outcome merge) {
        assertThat(new Decision(merge, MERGED, null).version(STORED, INCOMING)).isSameAs(MERGED);
    }

    @ParameterizedTest
    @EnumSource(names = {"MERGE", "CONFLICT_INCOMING_WINS", "CONFLICT_STORED_WINS"})
    void aMergeWithoutAMergedVersionIsRefused(Outcome merge) {
        assertThatThrownBy(() -> new Decision(merge, null, null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(merge.name());
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.EXCLUDE,
            names = {"MERGE", "CONFLICT_INCOMING_WINS", "CONFLICT_STORED_WINS"})
    void aMergedVersionWithoutAMergeIsRefused(Outcome other) {
        assertThatThrownBy(() -> new Decision(other, MERGED, null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(other.name())
                .hasMessageContaining(MERGED.toString());
    }

    @ParameterizedTest
    @FieldSource("SHARED")
    void anAlarmIsRaisedBesideTheSharedDecisionAndNotInIt(Decision shared) {
        Decision raised = shared.raising(Alarm.DOMINATED_BUT_LATER);

        assertThat(raised).isEqualTo(new Decision(shared.outcome(), null, Alarm.DOMINATED_BUT_LATER));
        assertThat(shared.alarm()).isNull();
        assertThat(shared.raising(null)).isSameAs(shared);
    }

    @Test
    void anAlarmLeavesWhatWasMergedAsItIs() {
        Decision merge = new Decision(Outcome.MERGE, MERGED, null);

        assertThat(merge.raising(Alarm.FORGOTTEN_OWN_WRITES))
                .isEqualTo(new Decision(Outcome.MERGE, MERGED, Alarm.FORGOTTEN_OWN_WRITES));
    }
}
