package io.tandem.connect.source;

import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * Looks for the next records while the worker converts and sends those that it just got, so that neither the database nor
 * the worker stands still for the other one. One look at a time, and whoever asks for the result waits for it: what a look
 * works on belongs to one thread at a time.
 *
 * <p>Not thread-safe: {@link #begin}, {@link #next} and {@link #settle} belong to one thread.
 *
 * @param <T> what a look gives
 */
final class Lookahead<T> {

    private final Executor executor;
    private final Callable<T> look;
    private @Nullable FutureTask<T> ahead;

    /**
     * Nothing is looked for yet.
     *
     * @param executor looks ahead; one that does nothing leaves it all to the caller of {@link #next}
     * @param look finds something; throws nothing checked but {@link InterruptedException}
     */
    Lookahead(Executor executor, Callable<T> look) {
        this.executor = executor;
        this.look = look;
    }

    /** Begins to look for what the next call of {@link #next} gives. */
    void begin() {
        FutureTask<T> task = new FutureTask<>(look);
        ahead = task;
        executor.execute(task);
    }

    /**
     * What was looked for ahead, or else what is found now.
     *
     * @throws RuntimeException as the look has thrown it
     * @throws InterruptedException if the caller is interrupted, who may ask again for what is found meanwhile
     */
    T next() throws InterruptedException {
        FutureTask<T> task = ahead == null ? new FutureTask<>(look) : ahead;
        ahead = task;
        // does nothing if it is done or being done
        task.run();
        try {
            T found = task.get();
            ahead = null;
            return found;
        } catch (ExecutionException e) {
            ahead = null;
            throw unwrapped(e);
        }
    }

    private static RuntimeException unwrapped(ExecutionException failure) throws InterruptedException {
        Throwable cause = failure.getCause();
        if (cause instanceof Error error) {
            throw error;
        }
        if (cause instanceof InterruptedException interruption) {
            throw interruption;
        }
        return cause instanceof RuntimeException problem ? problem : new IllegalStateException(cause);
    }

    /** Waits for the end of a look that was begun; what it found, if it found anything. */
    Optional<T> settle() throws InterruptedException {
        if (ahead == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(next());
        } catch (RuntimeException e) {
            // whoever looks again meets it again
            return Optional.empty();
        }
    }
}
