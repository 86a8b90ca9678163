package io.tandem.clock;

import static io.tandem.clock.Clocks.clock;
import static io.tandem.clock.Clocks.version;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** One local write for many statements, against one for each of them: master a wrote three times. */
class FoldTest {

    private static final Version PREVIOUS = version(clock(1, 1, 1), 10, "b");
    static final List<ConflictPolicy> POLICIES =
            List.of(new TimestampPolicy(Clocks.THREE_MASTERS), new PriorityPolicy(Clocks.TWO_MASTERS));

    private record Folded(Version sequence, Version fold, boolean wallClockMovedOn) {

        static Folded of(long first, long second, long third) {
            Version sequence = PREVIOUS;
            for (long changedAt : new long[] {first, second, third}) {
                sequence = LocalWrite.after(sequence, "a", changedAt);
            }
            boolean movedOn = PREVIOUS.timestampMicros() < first && first < second && second < third;
            long latest = Math.max(first, Math.max(second, third));
            return new Folded(sequence, LocalWrite.after(PREVIOUS, "a", latest), movedOn);
        }
    }

    /** Three statements at every wall clock from 9 to 13, so also ones that stand still and go back. */
    private static List<Folded> everyFold() {
        List<Folded> folds = new ArrayList<>();
        for (long first = 9; first <= 13; first++) {
            for (long second = 9; second <= 13; second++) {
                for (long third = 9; third <= 13; third++) {
                    folds.add(Folded.of(first, second, third));
                }
            }
        }
        return folds;
    }

    /** What other masters may hold: none of them has seen a write of the sequence. */
    private static List<Version> everyOther() {
        List<Version> others = new ArrayList<>();
        for (long i = 0; i < 18; i++) {
            for (long timestamp = 9; timestamp <= 15; timestamp++) {
                others.add(version(clock(i / 9, i / 3 % 3, i % 3), timestamp, "b"));
                others.add(version(clock(i / 9, i / 3 % 3, i % 3), timestamp, "c"));
            }
        }
        return others;
    }

    @ParameterizedTest
    @FieldSource("POLICIES")
    @DisplayName("Invariant: fold equals sequence")
    void theFoldStandsToEveryOtherVersionAsTheLastOfTheSequence(ConflictPolicy policy) {
        Reconciler reconciler = new Reconciler(policy);
        for (Folded folded : everyFold()) {
            for (Version other : everyOther()) {
                assertThat(folded.fold().clock().compare(other.clock()))
                        .as("%s and %s", folded, other)
                        .isEqualTo(folded.sequence().clock().compare(other.clock()));
                if (folded.wallClockMovedOn()) {
                    assertThat(reconciler.reconcile(other, folded.fold()).outcome())
                            .as("%s and %s", folded, other)
                            .isEqualTo(reconciler
                                    .reconcile(other, folded.sequence())
                                    .outcome());
                    assertThat(reconciler.reconcile(folded.fold(), other).outcome())
                            .as("%s and %s", folded, other)
                            .isEqualTo(reconciler
                                    .reconcile(folded.sequence(), other)
                                    .outcome());
                }
            }
        }
    }

    @ParameterizedTest
    @FieldSource("POLICIES")
    @DisplayName("Invariant: fold equals sequence, also when the wall clock goes back, but for an earlier timestamp")
    void theFoldIsNeverLaterThanTheSequenceAndStillBeatsWhatItOverwrites(ConflictPolicy policy) {
        Reconciler reconciler = new Reconciler(policy);
        for (Folded folded : everyFold()) {
            assertThat(folded.fold().timestampMicros())
                    .as("%s", folded)
                    .isGreaterThan(PREVIOUS.timestampMicros())
                    .isLessThanOrEqualTo(folded.sequence().timestampMicros());
            assertThat(folded.wallClockMovedOn() && !folded.fold().sameWrite(folded.sequence()))
                    .as("%s", folded)
                    .isFalse();
            assertThat(reconciler.reconcile(PREVIOUS, folded.fold())).isSameAs(Decision.APPLY);
        }
    }
}
