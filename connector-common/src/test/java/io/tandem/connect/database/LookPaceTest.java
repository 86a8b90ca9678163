package io.tandem.connect.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LookPaceTest {

    private long now = Long.MAX_VALUE - 1000;
    private final LookPace pace = new LookPace(() -> now);

    private void look(long millis, boolean foundAll) {
        long begun = pace.begin();
        pass(millis);
        pace.looked(begun, foundAll);
    }

    private void pass(long millis) {
        now += TimeUnit.MILLISECONDS.toNanos(millis);
    }

    @Test
    void is_due_at_once_while_looks_are_short() {
        assertThat(pace.isDue()).isTrue();
        for (int i = 0; i < 5; i++) {
            look(20, true);
            assertThat(pace.isDue()).isTrue();
        }
    }

    @Test
    void one_that_was_long_by_chance_has_no_effect() {
        look(500, true);
        assertThat(pace.isDue()).isTrue();
        look(1, true);
        assertThat(pace.isDue()).isTrue();
        look(500, true);
        assertThat(pace.isDue()).isTrue();
    }

    @Test
    void long_looks_take_a_twentieth_of_the_time() {
        look(200, true);
        look(100, true);

        assertThat(pace.isDue()).isFalse();
        pass(1899);
        assertThat(pace.isDue()).isFalse();
        pass(1);
        assertThat(pace.isDue()).isTrue();
    }

    @Test
    void is_due_at_once_if_there_may_be_more() {
        look(200, true);
        look(100, false);
        assertThat(pace.isDue()).isTrue();
    }

    @Test
    void a_short_look_ends_the_pauses() {
        look(200, true);
        look(200, true);
        pass(4000);
        look(10, true);
        assertThat(pace.isDue()).isTrue();
    }
}
