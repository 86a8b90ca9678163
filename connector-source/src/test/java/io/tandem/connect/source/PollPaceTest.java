package io.tandem.connect.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PollPaceTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final PollPace pace = new PollPace(Duration.ofMillis(50));

    private Duration rest() {
        return pace.rest(NOW);
    }

    @Test
    void the_first_look_is_due() {
        assertThat(pace.isDue(NOW)).isTrue();
    }

    @Test
    void looks_at_once_while_there_may_be_more() {
        pace.found(NOW, true);
        assertThat(pace.isDue(NOW)).isTrue();
    }

    @Test
    void looks_soon_while_there_is_traffic() {
        pace.found(NOW, false);
        assertThat(rest()).isEqualTo(PollPace.SHORTEST);
        assertThat(pace.isDue(NOW.plus(PollPace.SHORTEST).minusNanos(1))).isFalse();
        assertThat(pace.isDue(NOW.plus(PollPace.SHORTEST))).isTrue();
    }

    @Test
    void looks_less_often_the_longer_there_is_nothing_up_to_the_interval() {
        pace.found(NOW, false);
        pace.foundNothing(NOW);
        assertThat(rest()).hasMillis(40);
        pace.foundNothing(NOW);
        assertThat(rest()).hasMillis(50);
        pace.foundNothing(NOW);
        assertThat(rest()).hasMillis(50);

        pace.found(NOW, false);
        assertThat(rest()).isEqualTo(PollPace.SHORTEST);
    }

    @Test
    void an_interval_that_is_shorter_is_kept() {
        PollPace quick = new PollPace(Duration.ofMillis(3));
        quick.found(NOW, false);
        assertThat(quick.rest(NOW)).hasMillis(3);
        quick.foundNothing(NOW);
        assertThat(quick.rest(NOW)).hasMillis(3);
    }

    @Test
    void a_clock_that_is_set_back_holds_up_nothing() {
        pace.found(NOW, false);
        assertThat(pace.isDue(NOW.minusSeconds(3600))).isTrue();
    }
}
