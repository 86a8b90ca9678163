package io.tandem.benchmarks.rig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class DelaysTest {

    private static final long MILLI = 1_000_000;

    @Test
    void tells_the_delay_that_a_share_of_them_does_not_exceed() {
        Delays delays = Delays.ofNanos(
                LongStream.rangeClosed(1, 200).map(i -> (201 - i) * MILLI).toArray());

        assertThat(delays.millis(0.5)).isEqualTo(100);
        assertThat(delays.millis(0.99)).isEqualTo(198);
        assertThat(delays.millis(1)).isEqualTo(200);
    }

    @Test
    void takes_the_longest_of_too_few_to_leave_one_out() {
        Delays delays =
                Delays.ofNanos(LongStream.rangeClosed(1, 10).map(i -> i * MILLI).toArray());

        assertThat(delays.millis(0.99)).isEqualTo(10);
    }

    @Test
    void puts_those_of_two_directions_together() {
        Delays both = Delays.ofNanos(MILLI, 4 * MILLI).and(Delays.ofNanos(2 * MILLI, 3 * MILLI));

        assertThat(both.count()).isEqualTo(4);
        assertThat(both.millis(0.5)).isEqualTo(2);
    }

    @Test
    void has_nothing_to_tell_when_nothing_was_measured() {
        assertThatIllegalStateException().isThrownBy(() -> Delays.ofNanos().millis(1));
    }
}
