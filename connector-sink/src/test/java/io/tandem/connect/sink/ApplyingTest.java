package io.tandem.connect.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.connect.errors.RetriableException;
import org.junit.jupiter.api.Test;

class ApplyingTest {

    private static final long LIMIT_SECONDS = 30;

    private final Deque<Runnable> handedOver = new ArrayDeque<>();
    private final AtomicInteger due = new AtomicInteger();
    private final AtomicInteger passes = new AtomicInteger();

    private Applying applying(Runnable pass) {
        return new Applying(
                handedOver::add,
                () -> {
                    passes.incrementAndGet();
                    due.decrementAndGet();
                    pass.run();
                },
                () -> due.get() > 0);
    }

    @Test
    void one_pass_at_a_time() {
        Applying applying = applying(() -> {});
        due.set(1);

        applying.start();
        applying.start();

        assertThat(handedOver).hasSize(1);
    }

    @Test
    void nothing_is_started_for_nothing() {
        applying(() -> {}).start();
        assertThat(handedOver).isEmpty();
    }

    @Test
    void goes_on_as_long_as_something_is_due_and_can_be_started_again_then() {
        Applying applying = applying(() -> {});
        due.set(3);
        applying.start();
        handedOver.remove().run();
        assertThat(passes).hasValue(3);

        due.set(1);
        applying.start();
        handedOver.remove().run();
        assertThat(passes).hasValue(4);
    }

    @Test
    void a_failure_is_told_once_and_nothing_is_started_before() {
        Applying applying = applying(() -> {
            throw new RetriableException("no answer");
        });
        due.set(3);
        applying.start();
        handedOver.remove().run();
        assertThat(passes).hasValue(1);

        applying.start();
        assertThat(handedOver).isEmpty();
        assertThatThrownBy(applying::check)
                .isInstanceOf(RetriableException.class)
                .hasMessage("no answer");
        assertThatCode(applying::check).doesNotThrowAnyException();
        applying.start();
        assertThat(handedOver).hasSize(1);
    }

    @Test
    void an_error_of_the_virtual_machine_is_told_too() {
        Applying applying = applying(() -> {
            throw new StackOverflowError("deep");
        });
        due.set(1);
        applying.start();
        handedOver.remove().run();

        assertThatThrownBy(applying::check).isInstanceOf(StackOverflowError.class);
    }

    @Test
    void what_is_done_meanwhile_waits_for_the_end_of_a_pass_and_a_pass_may_do_it_itself() throws Exception {
        CountDownLatch inPass = new CountDownLatch(1);
        CountDownLatch letGo = new CountDownLatch(1);
        AtomicBoolean over = new AtomicBoolean();
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            Applying[] self = new Applying[1];
            self[0] = new Applying(
                    threads,
                    () -> {
                        self[0].meanwhile(due::decrementAndGet);
                        inPass.countDown();
                        awaitQuietly(letGo);
                        over.set(true);
                    },
                    () -> due.get() > 0);
            due.set(1);
            self[0].start();
            assertThat(inPass.await(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();

            AtomicBoolean wasOver = new AtomicBoolean();
            Future<?> meanwhile = threads.submit(() -> self[0].meanwhile(() -> wasOver.set(over.get())));
            letGo.countDown();
            meanwhile.get(LIMIT_SECONDS, TimeUnit.SECONDS);

            assertThat(wasOver).isTrue();
        } finally {
            threads.shutdownNow();
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
