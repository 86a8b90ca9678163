package io.tandem.distribution.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A short run with faults from which everything recovers quickly. The long one is {@code distribution/chaos.sh}. */
class ChaosIT {

    private static final long SEED = 1;
    private static final List<FaultKind> KINDS = List.of(
            FaultKind.KILL_MODERN,
            FaultKind.CUT_LEGACY,
            FaultKind.READ_ONLY_LEGACY,
            FaultKind.READ_AGAIN,
            FaultKind.SEND_AGAIN,
            FaultKind.PAUSE);

    @Test
    void nothing_is_lost_and_both_masters_are_equal_when_the_faults_are_over() {
        Plan plan = Plan.brief(SEED, Duration.ofSeconds(25), KINDS);

        Verdict verdict = Chaos.run(plan, Path.of(System.getProperty("tandem.archive")), System.out::println);

        assertThat(verdict.line()).endsWith(" differences=0 lost=0 application_errors=0");
        assertThat(verdict.written()).isGreaterThan(1_000);
        assertThat(verdict.course().faults()).isGreaterThanOrEqualTo(5);
        assertThat(verdict.conflicts())
                .allSatisfy((side, conflicts) -> assertThat(conflicts).isPositive());
    }
}
