package io.tandem.connect.sink;

import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Applies what waits while the task's thread reads the next records, so that neither the database nor the worker stands
 * still for the other one. There is never more than one pass at a time, and a pass has an aggregate once, so each aggregate's
 * records are applied in their order, in however many sessions a pass works.
 *
 * <p>Thread-safe. What goes wrong in a pass is told to whoever {@linkplain #check asks next}; then nothing is started
 * before.
 */
final class Applying {

    private final Executor executor;
    private final Runnable pass;
    private final BooleanSupplier more;
    private final ReentrantLock working = new ReentrantLock();
    private boolean running;
    private @Nullable Throwable failure;

    /**
     * Nothing runs yet.
     *
     * @param executor runs passes, one by one; one that runs them at once makes everything happen in the caller's thread
     * @param pass applies all that is due
     * @param more whether something is due
     */
    Applying(Executor executor, Runnable pass, BooleanSupplier more) {
        this.executor = executor;
        this.pass = pass;
        this.more = more;
    }

    /** Starts a pass, unless one runs, or there is nothing to do, or a failure was not told yet. */
    void start() {
        synchronized (this) {
            if (running || failure != null || !more.getAsBoolean()) {
                return;
            }
            running = true;
        }
        executor.execute(this::run);
    }

    private void run() {
        boolean goesOn = true;
        while (goesOn) {
            Throwable problem = attempt();
            synchronized (this) {
                failure = problem;
                // decided under the lock, so that what arrives now either is seen here or starts a pass itself
                goesOn = problem == null
                        && more.getAsBoolean()
                        && !Thread.currentThread().isInterrupted();
                running = goesOn;
            }
        }
    }

    /** Whatever it is, it must end the task in the task's own thread. */
    private @Nullable Throwable attempt() {
        working.lock();
        try {
            pass.run();
            return null;
        } catch (RuntimeException | Error e) {
            return e;
        } finally {
            working.unlock();
        }
    }

    /**
     * Tells what went wrong since the last call.
     *
     * @throws RuntimeException as the pass has thrown it
     */
    void check() {
        Throwable problem;
        synchronized (this) {
            problem = failure;
            failure = null;
        }
        if (problem instanceof Error error) {
            throw error;
        }
        if (problem != null) {
            throw (RuntimeException) problem;
        }
    }

    /** Does something while no pass runs; a pass may do so itself. */
    void meanwhile(Runnable work) {
        working.lock();
        try {
            work.run();
        } finally {
            working.unlock();
        }
    }
}
