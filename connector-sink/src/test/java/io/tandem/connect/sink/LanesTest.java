package io.tandem.connect.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tandem.connect.database.BatchPace;
import io.tandem.connect.database.DatabaseException;
import io.tandem.connect.database.ErrorKind;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.RetriableException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LanesTest {

    private static final int LARGEST = 10;
    private static final int FIRST = 0;
    private static final int SECOND = 1;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final BatchPace pace = new BatchPace(LARGEST, System::nanoTime);
    private final Queue<List<Integer>> batches = new ConcurrentLinkedQueue<>();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    private Lanes<Integer> lanes(int number) {
        return new Lanes<>(IntStream.range(0, number).boxed().toList(), threads);
    }

    private static List<Integer> entries(int number) {
        return IntStream.range(0, number).boxed().toList();
    }

    private static DatabaseException refusal(ErrorKind kind) {
        return new DatabaseException(kind, "refused", new SQLException("refused"));
    }

    /** So that neither lane can do all the work before the other one has begun. */
    private static void meet(CountDownLatch all) {
        all.countDown();
        try {
            assertThat(all.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "10, 1", "11, 2", "95, 3", "1000, 4", "21, 2"})
    void everything_is_handed_out_once_in_batches_that_the_pace_allows(int number, int lanes) {
        assertThat(lanes(lanes).<Integer>apply(entries(number), pace, (lane, batch) -> batches.add(batch)))
                .isEmpty();

        assertThat(batches).allSatisfy(batch -> assertThat(batch).hasSizeBetween(1, LARGEST));
        assertThat(batches.stream().flatMap(List::stream)).containsExactlyInAnyOrderElementsOf(entries(number));
    }

    @Test
    void lanes_work_side_by_side_and_what_is_left_at_the_end_is_shared() {
        CountDownLatch both = new CountDownLatch(2);

        lanes(2).<Integer>apply(entries(12), pace, (lane, batch) -> {
            batches.add(batch);
            meet(both);
        });

        assertThat(batches).extracting(List::size).containsExactly(6, 6);
    }

    @Test
    void sessions_are_shared_only_where_one_transaction_is_not_enough() {
        assertThat(lanes(2).share(LARGEST, pace)).isFalse();
        assertThat(lanes(2).share(LARGEST + 1, pace)).isTrue();
        assertThat(lanes(1).share(LARGEST + 1, pace)).isFalse();
    }

    @ParameterizedTest
    @EnumSource(
            value = ErrorKind.class,
            names = {"LOCK", "DUPLICATE_KEY", "FOREIGN_KEY", "DATA"})
    void a_batch_that_is_refused_is_given_back_and_the_others_are_applied(ErrorKind kind) {
        List<List<Integer>> refused = lanes(2).apply(entries(95), pace, (lane, batch) -> {
            if (batch.contains(25)) {
                throw refusal(kind);
            }
            batches.add(batch);
        });

        assertThat(refused).hasSize(1);
        List<Integer> all = new ArrayList<>(refused.get(0));
        batches.forEach(all::addAll);
        assertThat(all).containsExactlyInAnyOrderElementsOf(entries(95));
    }

    @ParameterizedTest
    @EnumSource(
            value = ErrorKind.class,
            names = {"LOCK", "DUPLICATE_KEY", "FOREIGN_KEY", "DATA"},
            mode = EnumSource.Mode.EXCLUDE)
    void no_further_batch_is_begun_when_it_is_the_database_that_fails(ErrorKind kind) {
        CountDownLatch both = new CountDownLatch(2);

        List<List<Integer>> refused = lanes(2).apply(entries(1000), pace, (lane, batch) -> {
            meet(both);
            throw refusal(kind);
        });

        assertThat(refused).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {FIRST, SECOND})
    void an_error_is_thrown_when_no_lane_works_any_more_and_no_further_batch_is_begun(int failing) {
        CountDownLatch both = new CountDownLatch(2);
        AtomicReference<@Nullable Thread> failed = new AtomicReference<>();

        assertThatThrownBy(() -> lanes(2).<Integer>apply(entries(1000), pace, (lane, batch) -> {
                    meet(both);
                    if (lane == failing) {
                        failed.set(Thread.currentThread());
                        throw new ConnectException("no more");
                    }
                    await().until(() -> isIdle(failed.get()));
                    batches.add(batch);
                }))
                .isInstanceOf(ConnectException.class)
                .hasMessage("no more");

        assertThat(batches).hasSize(1);
    }

    private static boolean isIdle(@Nullable Thread thread) {
        return thread != null && thread.getState() != Thread.State.RUNNABLE;
    }

    @Test
    void an_error_of_the_virtual_machine_reaches_the_caller_as_it_is() {
        CountDownLatch both = new CountDownLatch(2);

        assertThatThrownBy(() -> lanes(2).<Integer>apply(entries(20), pace, (lane, batch) -> {
                    meet(both);
                    if (lane == SECOND) {
                        throw new StackOverflowError("deep");
                    }
                }))
                .isInstanceOf(StackOverflowError.class);
    }

    @Test
    void an_interrupted_lane_begins_nothing() {
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(() -> new Lanes<>(List.of(FIRST), threads)
                            .<Integer>apply(entries(5), pace, (lane, batch) -> batches.add(batch)))
                    .isInstanceOf(RetriableException.class);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(batches).isEmpty();
    }

    @Test
    void a_lane_that_no_thread_has_begun_is_not_waited_for_and_does_nothing_later() {
        List<Runnable> dropped = new ArrayList<>();

        new Lanes<>(List.of(FIRST, SECOND), dropped::add)
                .<Integer>apply(entries(25), pace, (lane, batch) -> batches.add(batch));
        assertThat(batches.stream().flatMap(List::stream)).containsExactlyElementsOf(entries(25));

        batches.clear();
        dropped.forEach(Runnable::run);
        assertThat(dropped).hasSize(1);
        assertThat(batches).isEmpty();
    }

    @Test
    void nothing_is_applied_where_no_thread_can_be_had_any_more() {
        threads.shutdown();

        assertThatThrownBy(() -> lanes(2).<Integer>apply(entries(20), pace, (lane, batch) -> batches.add(batch)))
                .isInstanceOf(RejectedExecutionException.class);
        assertThat(batches).isEmpty();
    }
}
