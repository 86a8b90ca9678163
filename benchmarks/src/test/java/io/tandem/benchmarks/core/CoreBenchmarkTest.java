package io.tandem.benchmarks.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.clock.Decision;
import io.tandem.clock.Outcome;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CoreBenchmarkTest {

    private final CoreBenchmark benchmark = new CoreBenchmark();

    @Test
    void measuresTheOutcomesThatItNames() {
        assertThat(outcomes(benchmark::apply)).containsExactly(Outcome.APPLY);
        assertThat(outcomes(benchmark::stale)).containsExactly(Outcome.STALE);
        assertThat(outcomes(benchmark::duplicate)).containsExactly(Outcome.DUPLICATE);
        assertThat(outcomes(benchmark::conflict))
                .containsExactlyInAnyOrder(Outcome.CONFLICT_INCOMING_WINS, Outcome.CONFLICT_STORED_WINS);
    }

    private static Set<Outcome> outcomes(Supplier<Decision> decisions) {
        return Stream.generate(decisions)
                .limit(Arrivals.COUNT)
                .peek(decision -> assertThat(decision.alarm()).isNull())
                .map(Decision::outcome)
                .collect(Collectors.toSet());
    }
}
