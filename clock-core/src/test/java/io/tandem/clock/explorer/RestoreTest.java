package io.tandem.clock.explorer;

import static io.tandem.clock.explorer.Search.shortest;
import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.clock.explorer.BrokenRules.Restored;
import io.tandem.clock.explorer.Rules.AfterRestore;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What a restored database does to the others, and why the procedure afterwards is what it is. That the right procedure
 * ends well is in {@link ExplorerTest}, and in the comparison that each search makes.
 */
@Tag("explorer")
class RestoreTest {

    private static final World WORLD = World.ofTwo("restore", 2, 3).restoring(0);

    @Test
    @DisplayName("re-used counters after a restore: masters diverge under equal versions")
    void reusedCounters() {
        Counterexample found = shortest("reused-counters", WORLD, after(AfterRestore.TAKE_TOPICS_OF_OTHERS))
                .toDifferentDataUnder("equal versions");

        assertThat(found.length()).isEqualTo(8);
        assertThat(found.violation().noticed()).isFalse();
    }

    @Test
    @DisplayName("the peer raises an alarm if it is told of the same counters with another stamp")
    void anAlarmIsRaised() {
        Counterexample found = shortest("reused-counters-alarm", WORLD, after(AfterRestore.TAKE_TOPICS_OF_OTHERS))
                .to(violation -> violation.finding().contains("different timestamp or writer"));

        assertThat(found.violation().finding()).startsWith("modern");
        assertThat(found.length()).isEqualTo(8);
    }

    @Test
    @DisplayName("the restored master can tell from a record that knows more own writes than it does")
    void aRecordProvesTheRestore() {
        Counterexample found = shortest("restore-detected", WORLD, after(AfterRestore.TAKE_TOPICS_OF_OTHERS))
                .to(violation -> violation.finding().contains("told of more own writes"));

        assertThat(found.violation().finding()).startsWith("legacy");
        assertThat(found.length()).isEqualTo(8);
    }

    @Test
    @DisplayName("neither alarm nor proof comes for sure: masters diverge, different stamps and all, unnoticed")
    void theProofMayNotCome() {
        Counterexample found = shortest("reused-counters-unnoticed", WORLD, after(AfterRestore.TAKE_TOPICS_OF_OTHERS))
                .to(violation ->
                        violation.finding().contains("different data under equal clocks") && !violation.noticed());

        assertThat(found.length()).isEqualTo(11);
    }

    @Test
    @DisplayName("what the others hold is not sent again by itself: without a later write nobody notices")
    void withoutALaterWriteNobodyNotices() {
        Counterexample found = shortest("restored-and-silent", WORLD, after(AfterRestore.TAKE_TOPICS_OF_OTHERS))
                .toDifferentDataUnder("different clocks");

        assertThat(found.length()).isEqualTo(5);
        assertThat(found.violation().noticed()).isFalse();
    }

    @Test
    @DisplayName("all topics again, but another one before the own: a note of the backup uses a counter twice")
    void inAnyOrder() {
        Counterexample found = shortest("restored-any-order", WORLD, after(AfterRestore.TAKE_ALL_TOPICS_IN_ANY_ORDER))
                .to(Invariant.NO_LOST_UPDATE);

        assertThat(found.length()).isEqualTo(9);
        assertThat(found.violation().finding()).contains("drops a2 as STALE for a1");
    }

    @Test
    @DisplayName("the own topic first, but folding meanwhile: a note of the backup uses a counter twice")
    void foldingMeanwhile() {
        World world = World.ofTwo("restore", 3, 3).restoring(0);

        Counterexample found = shortest("restored-folding", world, after(AfterRestore.TAKE_OWN_TOPIC_FIRST_AND_FOLD))
                .to(Invariant.NO_LOST_UPDATE);

        assertThat(found.length()).isEqualTo(9);
        assertThat(found.violation().finding()).contains("drops a3 as DUPLICATE for a2");
    }

    private static Rules after(AfterRestore procedure) {
        return new Restored(WORLD.policy(), procedure);
    }
}
