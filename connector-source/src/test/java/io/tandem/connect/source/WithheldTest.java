package io.tandem.connect.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.connect.aggregate.AggregateKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WithheldTest {

    private static final AggregateKey KEY = new AggregateKey(List.of(1L));
    private static final AggregateKey OTHER = new AggregateKey(List.of(2L));
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final Withheld withheld = new Withheld();

    /** Drops a record as soon as the aggregate's pause is over; returns how long that took. */
    private Duration pause(Instant from) {
        withheld.dropped(KEY, from);
        Instant now = from;
        while (withheld.pauses(KEY, now) && now.isBefore(from.plus(Duration.ofHours(2)))) {
            now = now.plusSeconds(1);
        }
        return Duration.between(from, now);
    }

    @Test
    void an_aggregate_that_is_dropped_again_and_again_pauses_longer_and_longer_but_never_more_than_an_hour() {
        List<Long> seconds = new ArrayList<>();
        Instant now = START;
        for (int i = 0; i < 9; i++) {
            Duration pause = pause(now);
            seconds.add(pause.toSeconds());
            now = now.plus(pause);
        }

        assertThat(seconds).containsExactly(30L, 60L, 120L, 240L, 480L, 960L, 1920L, 3600L, 3600L);
    }

    @Test
    void an_aggregate_that_got_through_begins_with_the_shortest_pause() {
        pause(START);
        pause(START.plusSeconds(60));

        withheld.delivered(KEY);

        assertThat(withheld.size()).isZero();
        assertThat(pause(START.plusSeconds(600))).isEqualTo(Withheld.FIRST_PAUSE);
    }

    @Test
    void others_do_not_pause() {
        withheld.dropped(KEY, START);

        assertThat(withheld.pauses(OTHER, START)).isFalse();
    }
}
