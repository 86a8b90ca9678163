package io.tandem.clock;

import static io.tandem.clock.Clocks.clock;
import static io.tandem.clock.Clocks.version;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VersionTest {

    @Test
    void theSameStampIsTheSameWriteWhateverTheClockKnows() {
        Version write = version(clock(1, 0), 10, "a");

        assertThat(write.sameWrite(version(clock(1, 1), 10, "a"))).isTrue();
        assertThat(write.sameWrite(version(clock(1, 0), 11, "a"))).isFalse();
        assertThat(write.sameWrite(version(clock(1, 0), 10, "b"))).isFalse();
    }

    @Test
    void aMergeThatAddsNothingMakesNoNewVersion() {
        Version write = version(clock(1, 1), 10, "a");

        assertThat(write.withClock(clock(1, 1))).isSameAs(write);
        assertThat(write.withClock(clock(1, 2))).isEqualTo(version(clock(1, 2), 10, "a"));
    }

    @Test
    void textShowsClockTimestampAndWriter() {
        assertThat(version(clock(3, 1), 1_700_000_000_000_000L, "a")).hasToString("{a:3, b:1}@1700000000000000 by a");
        assertThat(Version.UNCLOCKED).hasToString("{}@0");
    }
}
