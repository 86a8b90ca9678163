package io.tandem.clock.explorer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The steps that are made in one go leave out nothing that single steps can reach. A crash changes the way, but not where
 * it may end.
 */
@Tag("explorer")
class ReductionTest {

    private static final World WORLD = World.ofTwo("reduced", 2, 3).withDeletes();

    @Test
    void withoutCrashesSingleStepsEndInTheSameStates() {
        assertThat(endsOf(WORLD.inSingleSteps())).hasSizeGreaterThan(50).isEqualTo(endsOf(WORLD));
    }

    @Test
    void crashesAndRepetitionsEndInTheSameStatesInSingleStepsAndInOneGo() {
        Set<List<String>> ends = endsOf(WORLD);

        assertThat(endsOf(WORLD.withCrashes(1).inSingleSteps())).isEqualTo(ends);
        assertThat(endsOf(WORLD.withCrashes(1).withRewinds(1))).isEqualTo(ends);
    }

    private static Set<List<String>> endsOf(World world) {
        Set<List<String>> ends = new HashSet<>();
        Exploration exploration = new Explorer(world, new ProductionRules(world.policy()))
                .explore(violation -> true, end -> ends.add(end.get()));
        assertThat(exploration.counterexample()).isNull();
        return ends;
    }
}
