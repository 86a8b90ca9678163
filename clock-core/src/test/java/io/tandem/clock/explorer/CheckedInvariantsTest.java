package io.tandem.clock.explorer;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.clock.ConflictPolicy;
import io.tandem.clock.explorer.BrokenRules.ClockNotMerged;
import io.tandem.clock.explorer.BrokenRules.DataReadLater;
import io.tandem.clock.explorer.BrokenRules.DecidesBeforeFold;
import io.tandem.clock.explorer.BrokenRules.FoldNotDurable;
import io.tandem.clock.explorer.BrokenRules.HardDelete;
import io.tandem.clock.explorer.BrokenRules.PlainWallClock;
import io.tandem.clock.explorer.BrokenRules.StoredWinsTies;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** No check is idle: each invariant is found broken by rules that break it. */
@Tag("explorer")
class CheckedInvariantsTest {

    private static final World WORLD = World.ofTwo("checked", 2, 3).withDeletes();
    private static final ConflictPolicy POLICY = WORLD.policy();

    @ParameterizedTest
    @EnumSource
    void rulesThatBreakItAreFound(Invariant invariant) {
        World world = switch (invariant) {
            case IDEMPOTENCE -> WORLD.withRewinds(1);
            case ONE_WRITE_ONE_STAMP, NO_ALARM -> WORLD.withCrashes(1);
            default -> WORLD;
        };

        Exploration exploration = new Explorer(world, breaking(invariant))
                .explore(violation -> violation.invariant() == invariant, end -> {});

        assertThat(exploration.counterexample()).isNotNull();
    }

    private static Rules breaking(Invariant invariant) {
        return switch (invariant) {
            case CONVERGENCE -> new StoredWinsTies();
            case CAUSALITY -> new DataReadLater(POLICY);
            case NO_LOST_UPDATE -> new DecidesBeforeFold(POLICY);
            case IDEMPOTENCE -> new HardDelete(POLICY);
            case FOLD_EQUALS_SEQUENCE, LOCAL_WRITES_BEAT -> new PlainWallClock(POLICY);
            case CLOCKS_ARE_MERGED -> ClockNotMerged.whereStoredWins(POLICY);
            case ONE_WRITE_ONE_STAMP, NO_ALARM -> new FoldNotDurable(POLICY);
        };
    }
}
