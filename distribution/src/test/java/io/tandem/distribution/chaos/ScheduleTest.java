package io.tandem.distribution.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A seed stands for one order of faults. */
class ScheduleTest {

    private static final List<FaultKind> ALL = List.of(FaultKind.values());

    private static List<Strike> strikes(long seed, int count) {
        Schedule schedule = new Schedule(seed, ALL, 6_000);
        return Stream.generate(schedule::next).limit(count).toList();
    }

    @Test
    void the_same_seed_gives_the_same_faults_and_another_one_others() {
        assertThat(strikes(5, 60)).isEqualTo(strikes(5, 60)).isNotEqualTo(strikes(6, 60));
    }

    @Test
    void every_kind_strikes_before_any_strikes_again() {
        List<Strike> strikes = strikes(1, 2 * ALL.size());

        for (List<Strike> round :
                List.of(strikes.subList(0, ALL.size()), strikes.subList(ALL.size(), 2 * ALL.size()))) {
            assertThat(round).extracting(strike -> strike.first().kind()).containsExactlyInAnyOrderElementsOf(ALL);
        }
    }

    @Test
    void only_faults_that_need_neither_worker_nor_broker_join_another_one() {
        List<FaultKind> second = strikes(3, 300).stream()
                .map(Strike::second)
                .filter(Objects::nonNull)
                .map(Strike.Fault::kind)
                .toList();

        assertThat(second).hasSizeBetween(60, 140).allMatch(FaultKind::joins);
        assertThat(strikes(3, 300))
                .noneMatch(strike -> strike.second() != null
                        && strike.second().kind() == strike.first().kind());
    }
}
