package io.tandem.connect.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class LookaheadTest {

    private final List<Runnable> begun = new ArrayList<>();
    private final AtomicInteger looks = new AtomicInteger();
    private final Lookahead<Integer> lookahead = new Lookahead<>(begun::add, looks::incrementAndGet);
    private final ExecutorService thread = Executors.newSingleThreadExecutor();

    @AfterEach
    void stop() {
        thread.shutdownNow();
    }

    @Test
    void looks_when_it_is_asked_if_nothing_was_begun() throws Exception {
        assertThat(lookahead.next()).isEqualTo(1);
        assertThat(lookahead.next()).isEqualTo(2);
        assertThat(begun).isEmpty();
    }

    @Test
    void gives_what_was_found_ahead_once() throws Exception {
        lookahead.begin();
        begun.forEach(Runnable::run);
        assertThat(looks).hasValue(1);
        assertThat(lookahead.next()).isEqualTo(1);
        assertThat(looks).hasValue(1);
        assertThat(lookahead.next()).isEqualTo(2);
    }

    @Test
    void looks_itself_if_the_thread_has_not_come_to_it_yet() throws Exception {
        lookahead.begin();
        assertThat(lookahead.next()).isEqualTo(1);
        begun.forEach(Runnable::run);
        assertThat(looks).hasValue(1);
    }

    @Test
    void waits_for_a_look_that_is_under_way() throws Exception {
        CountDownLatch underWay = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        Lookahead<String> slow = new Lookahead<>(thread, () -> {
            underWay.countDown();
            goOn.await();
            return Thread.currentThread().getName();
        });
        slow.begin();
        underWay.await();
        Thread me = Thread.currentThread();
        ExecutorService other = Executors.newSingleThreadExecutor();
        try {
            other.execute(() -> {
                while (me.getState() != Thread.State.WAITING) {
                    Thread.onSpinWait();
                }
                goOn.countDown();
            });
            assertThat(slow.next()).isNotEqualTo(me.getName());
        } finally {
            other.shutdownNow();
        }
    }

    @Test
    void an_error_of_the_look_comes_to_the_one_who_asks_and_is_over_then() throws Exception {
        AtomicInteger count = new AtomicInteger();
        Lookahead<Integer> failing = new Lookahead<>(begun::add, () -> {
            if (count.incrementAndGet() == 1) {
                throw new IllegalStateException("the first one");
            }
            return count.get();
        });
        failing.begin();
        begun.forEach(Runnable::run);
        assertThatThrownBy(failing::next)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the first one");
        assertThat(failing.next()).isEqualTo(2);
    }

    @Test
    void who_is_interrupted_while_waiting_loses_nothing() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        CountDownLatch underWay = new CountDownLatch(1);
        Lookahead<Thread> slow = new Lookahead<>(thread, () -> {
            underWay.countDown();
            goOn.await();
            return Thread.currentThread();
        });
        slow.begin();
        underWay.await();
        Thread.currentThread().interrupt();
        assertThatThrownBy(slow::next).isInstanceOf(InterruptedException.class);
        goOn.countDown();
        assertThat(slow.next()).isNotSameAs(Thread.currentThread());
    }

    @Test
    void settles_with_what_was_found_and_with_nothing_after_an_error() throws Exception {
        assertThat(lookahead.settle()).isEmpty();
        lookahead.begin();
        assertThat(lookahead.settle()).contains(1);
        assertThat(lookahead.settle()).isEmpty();

        Lookahead<Integer> failing = new Lookahead<>(begun::add, () -> {
            throw new IllegalStateException("expected");
        });
        failing.begin();
        assertThat(failing.settle()).isEmpty();
    }
}
