package io.tandem.clock;

import static io.tandem.clock.Clocks.clock;
import static io.tandem.clock.Clocks.version;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class LocalWriteTest {

    @Test
    void theFirstWriteOfAnAggregateTakesTheWallClock() {
        Version first = LocalWrite.after(Version.UNCLOCKED, "a", 10);

        assertThat(first).isEqualTo(version(clock(1, 0), 10, "a"));
    }

    @Test
    void aLaterWallClockIsTakenAndOnlyTheOwnCounterIsCountedUp() {
        Version next = LocalWrite.after(version(clock(3, 1), 10, "a"), "b", 20);

        assertThat(next).isEqualTo(version(clock(3, 2), 20, "b"));
    }

    @Test
    void aWallClockThatWentBackIsLiftedAboveThePreviousTimestamp() {
        Version next = LocalWrite.after(version(clock(1, 0), 10, "a"), "a", 5);

        assertThat(next).isEqualTo(version(clock(2, 0), 11, "a"));
    }

    @Test
    void aWallClockThatStoodStillIsLiftedAboveThePreviousTimestamp() {
        Version next = LocalWrite.after(version(clock(1, 0), 10, "a"), "b", 10);

        assertThat(next).isEqualTo(version(clock(1, 1), 11, "b"));
    }

    @Test
    void aWallClockOneMicrosecondLaterIsTakenAsItIs() {
        Version next = LocalWrite.after(version(clock(1, 0), 10, "a"), "a", 11);

        assertThat(next).isEqualTo(version(clock(2, 0), 11, "a"));
    }

    @Test
    void aWallClockBeforeTheEpochIsLiftedAboveTheUnclockedVersion() {
        Version first = LocalWrite.after(Version.UNCLOCKED, "a", -5);

        assertThat(first).isEqualTo(version(clock(1, 0), 1, "a"));
    }

    @Test
    void aTimestampAtItsEndIsAnErrorAndNeverWrapsAround() {
        Version last = version(clock(1, 0), Long.MAX_VALUE, "a");

        assertThatThrownBy(() -> LocalWrite.after(last, "b", 10)).isInstanceOf(ArithmeticException.class);
    }

    @Test
    void aBlankMasterIsRefused() {
        assertThatThrownBy(() -> LocalWrite.after(Version.UNCLOCKED, " ", 10))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
