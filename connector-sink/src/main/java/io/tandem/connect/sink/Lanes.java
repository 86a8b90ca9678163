package io.tandem.connect.sink;

import io.tandem.connect.database.BatchPace;
import io.tandem.connect.database.DatabaseException;
import io.tandem.connect.database.ErrorKind;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import org.apache.kafka.connect.errors.RetriableException;

/**
 * The sessions that one task applies in. While one of them waits for its commit to be durable, or for its thread to decide,
 * the database works for another one.
 *
 * <p><b>Invariant (one aggregate, one lane).</b> What is applied side by side has no aggregate in common: it is of one
 * {@linkplain Inbox#take pass}. So records of an aggregate are applied one after the other, as with one session.
 *
 * <p>Not thread-safe: used by one thread at a time, which is one of those that work.
 *
 * @param <L> what applies in one session, one batch after the other
 */
final class Lanes<L> {

    private final List<L> lanes;
    private final Executor executor;

    /**
     * Nothing runs yet.
     *
     * @param lanes what applies in each session, at least one
     * @param executor runs the lanes but the first one; those that it has not begun when all is handed out have nothing to do
     */
    Lanes(List<L> lanes, Executor executor) {
        this.lanes = List.copyOf(lanes);
        this.executor = executor;
    }

    /** The lane for what is done alone. */
    L first() {
        return lanes.get(0);
    }

    /** Whether so many aggregates are worth more than one session: one transaction is cheaper than two halves of it. */
    boolean share(int aggregates, BatchPace pace) {
        return lanes.size() > 1 && aggregates > pace.size();
    }

    /**
     * Has entries applied side by side, and waits until no lane works any more.
     *
     * @param entries what is to be applied, of different aggregates
     * @param pace how large batches may be
     * @param work applies a batch in a lane; called by several threads
     * @return the batches that the database has refused. If one is refused for a reason that has nothing to do with what
     *     is in it, as that the database does not answer, others may be left out
     * @throws RetriableException if a lane is interrupted; it may have left some out
     * @throws RuntimeException the first other error of {@code work}; then no lane has begun another batch
     */
    <E> List<List<E>> apply(List<E> entries, BatchPace pace, BiConsumer<L, List<E>> work) {
        Batches<L, E> batches = new Batches<>(entries, pace, lanes.size());
        List<Run> others = new ArrayList<>();
        try {
            for (L lane : lanes.subList(1, lanes.size())) {
                Run run = new Run(() -> batches.run(lane, work));
                executor.execute(run);
                others.add(run);
            }
            batches.run(first(), work);
        } finally {
            // also after a failure: nobody may touch the entries when this returns
            others.forEach(Run::endOrWithdraw);
        }
        others.forEach(Run::tellFailure);
        return batches.refused();
    }

    /**
     * What one lane does. Withdrawn if no thread has begun it when there is nothing left to do: an executor that is shut
     * down drops what it has not begun, and whoever waited for that would wait for ever.
     */
    private static final class Run implements Runnable {

        private final Runnable work;
        private final AtomicBoolean taken = new AtomicBoolean();
        private final CompletableFuture<Void> end = new CompletableFuture<>();

        Run(Runnable work) {
            this.work = work;
        }

        @Override
        public void run() {
            if (taken.compareAndSet(false, true)) {
                try {
                    work.run();
                    end.complete(null);
                } catch (RuntimeException | Error e) {
                    end.completeExceptionally(e);
                }
            }
        }

        void endOrWithdraw() {
            if (taken.compareAndSet(false, true)) {
                end.complete(null);
            }
            end.exceptionally(failure -> null).join();
        }

        void tellFailure() {
            try {
                end.join();
            } catch (CompletionException e) {
                if (e.getCause() instanceof Error error) {
                    throw error;
                }
                throw e.getCause() instanceof RuntimeException cause ? cause : e;
            }
        }
    }

    /** Hands out what is to be applied. Thread-safe. */
    private static final class Batches<L, E> {

        private final List<E> entries;
        private final BatchPace pace;
        private final int lanes;
        private final List<List<E>> refused = new ArrayList<>();
        private int next;

        Batches(List<E> entries, BatchPace pace, int lanes) {
            this.entries = entries;
            this.pace = pace;
            this.lanes = lanes;
        }

        void run(L lane, BiConsumer<L, List<E>> work) {
            try {
                for (List<E> batch = next(); !batch.isEmpty(); batch = next()) {
                    if (Thread.currentThread().isInterrupted()) {
                        throw new RetriableException("the task is being stopped");
                    }
                    attempt(lane, batch, work);
                }
            } catch (RuntimeException | Error e) {
                end();
                throw e;
            }
        }

        private void attempt(L lane, List<E> batch, BiConsumer<L, List<E>> work) {
            try {
                work.accept(lane, batch);
            } catch (DatabaseException e) {
                // perhaps for what another lane holds or has not committed yet: it is found out when nothing else runs
                refuse(batch);
                if (!concernsBatch(e.kind())) {
                    end();
                }
            }
        }

        private static boolean concernsBatch(ErrorKind kind) {
            return switch (kind) {
                case LOCK, DUPLICATE_KEY, FOREIGN_KEY, DATA -> true;
                case UNAVAILABLE, OUTDATED, ACCESS, OTHER -> false;
            };
        }

        private synchronized List<E> next() {
            int left = entries.size() - next;
            int size = pace.size();
            int taken = left > size ? Math.min(size, (left + lanes - 1) / lanes) : left;
            List<E> batch = entries.subList(next, next + taken);
            next += taken;
            return batch;
        }

        private synchronized void end() {
            next = entries.size();
        }

        private synchronized void refuse(List<E> batch) {
            refused.add(batch);
        }

        synchronized List<List<E>> refused() {
            return List.copyOf(refused);
        }
    }
}
