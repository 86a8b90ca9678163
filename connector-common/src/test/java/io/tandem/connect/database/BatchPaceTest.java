package io.tandem.connect.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class BatchPaceTest {

    private static final Duration SHORT = BatchPace.LONG.dividedBy(5);
    private static final Duration MEDIUM = BatchPace.LONG.dividedBy(2);
    private static final Duration TOO_LONG = BatchPace.LONG.plusNanos(1);

    private final AtomicLong now = new AtomicLong();
    private final BatchPace pace = new BatchPace(3000, now::get);

    private void run(int aggregates, Duration duration) {
        assertThat(pace.run(aggregates, () -> now.addAndGet(duration.toNanos())))
                .isNotNull();
    }

    @Test
    void begins_small_and_doubles_up_to_what_is_configured() {
        assertThat(pace.size()).isEqualTo(500);
        run(500, SHORT);
        assertThat(pace.size()).isEqualTo(1000);
        run(1000, SHORT);
        run(2000, SHORT);
        assertThat(pace.size()).isEqualTo(3000);
        run(3000, SHORT);
        assertThat(pace.size()).isEqualTo(3000);
    }

    @Test
    void never_takes_more_than_is_configured() {
        assertThat(new BatchPace(20, now::get).size()).isEqualTo(20);
    }

    @Test
    void a_long_transaction_is_followed_by_one_of_half_its_size() {
        run(400, TOO_LONG);
        assertThat(pace.size()).isEqualTo(200);
    }

    @Test
    void takes_one_aggregate_at_least_however_long_that_takes() {
        for (int i = 0; i < 20; i++) {
            run(pace.size(), TOO_LONG);
        }
        assertThat(pace.size()).isEqualTo(1);
        run(1, SHORT);
        assertThat(pace.size()).isEqualTo(2);
    }

    @Test
    void a_transaction_that_is_neither_short_nor_long_changes_nothing() {
        run(500, MEDIUM);
        run(500, BatchPace.LONG);
        assertThat(pace.size()).isEqualTo(500);
    }

    @Test
    void a_small_transaction_that_is_short_says_nothing_about_large_ones() {
        run(499, SHORT);
        assertThat(pace.size()).isEqualTo(500);
    }

    @Test
    void learns_from_a_transaction_that_fails_too() {
        assertThatThrownBy(() -> pace.run(500, () -> {
                    now.addAndGet(TOO_LONG.toNanos());
                    throw new IllegalStateException("rolled back");
                }))
                .hasMessage("rolled back");
        assertThat(pace.size()).isEqualTo(250);
    }
}
