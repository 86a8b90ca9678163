package io.tandem.benchmarks.application;

import io.tandem.benchmarks.rig.Delays;
import io.tandem.benchmarks.rig.Scratch;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/** Four sessions of an application, each in a thread of its own. For one thread. */
final class Sessions implements AutoCloseable {

    private static final int COUNT = 4;
    private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final ExecutorService threads = Executors.newFixedThreadPool(COUNT);
    private final List<Session> sessions = new ArrayList<>();

    /**
     * Connects.
     *
     * @param rows how many accounts there are
     */
    Sessions(Scratch database, Write write, int rows) {
        LongSupplier keys = write.keys(rows);
        try {
            for (int i = 0; i < COUNT; i++) {
                sessions.add(new Session(database, write, keys));
            }
        } catch (SQLException e) {
            close();
            throw new IllegalStateException("the application cannot connect", e);
        }
    }

    /** Transactions per second, if each session does one after the other, and after they have done so for a while. */
    double perSecond(Duration warmUp, Duration measured) {
        long begin = System.nanoTime() + warmUp.toNanos();
        long end = begin + measured.toNanos();
        List<Integer> counts = inAll(session -> {
            int count = 0;
            for (long now = System.nanoTime(); now - end < 0; now = System.nanoTime()) {
                session.transact();
                count += now - begin < 0 ? 0 : 1;
            }
            return count;
        });
        return counts.stream().mapToInt(count -> count).sum() * (double) SECOND_NANOS / measured.toNanos();
    }

    /**
     * How long transactions take that come at a fixed rate, each taken by whichever session is free. Counted from when
     * each is due, not from when a session gets to it: what one that is slow makes those behind it wait is in it.
     */
    Delays latencies(int perSecond, Duration length) {
        long[] nanos = new long[Math.toIntExact(perSecond * length.toSeconds())];
        long start = System.nanoTime() + SECOND_NANOS / perSecond;
        AtomicInteger next = new AtomicInteger();
        inAll(session -> {
            int done = 0;
            for (int i = next.getAndIncrement(); i < nanos.length; i = next.getAndIncrement()) {
                long due = start + i * SECOND_NANOS / perSecond;
                for (long early = due - System.nanoTime(); early > 0; early = due - System.nanoTime()) {
                    LockSupport.parkNanos(early);
                }
                session.transact();
                nanos[i] = System.nanoTime() - due;
                done++;
            }
            return done;
        });
        return Delays.ofNanos(nanos);
    }

    /** What a session does. */
    private interface Work {
        int with(Session session) throws SQLException;
    }

    private List<Integer> inAll(Work work) {
        List<Callable<Integer>> tasks = new ArrayList<>();
        for (Session session : sessions) {
            tasks.add(() -> work.with(session));
        }
        try {
            List<Integer> results = new ArrayList<>();
            for (Future<Integer> result : threads.invokeAll(tasks)) {
                results.add(result.get());
            }
            return results;
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException("the application's statements failed", e);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
        for (Session session : sessions) {
            try {
                session.close();
            } catch (SQLException e) {
                throw new IllegalStateException("a session of the application cannot be closed", e);
            }
        }
    }
}
