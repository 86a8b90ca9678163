package io.tandem.benchmarks.latency;

import io.tandem.benchmarks.rig.Cpu;
import io.tandem.benchmarks.rig.Delays;
import io.tandem.benchmarks.rig.Scratch;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/**
 * Sees changes arrive at a master, from the outside: about every millisecond it asks for the accounts whose changes are
 * under way, by their keys. A change counts as arrived when the look that sees it is over, so what is told is too long by
 * up to one look and the pause before; {@link Seen#looks} says how much that is.
 *
 * <p>{@link #await} may be called by any thread; everything else belongs to one.
 */
final class Arrivals implements AutoCloseable {

    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long IDLE_PAUSE_NANOS = TimeUnit.MICROSECONDS.toNanos(300);
    // keeps a look short, also while changes arrive late
    private static final int MOST_PER_LOOK = 500;
    private static final long LIMIT_SECONDS = 60;

    private final Queue<Change> committed = new ConcurrentLinkedQueue<>();
    private final AtomicInteger underWay = new AtomicInteger();
    private final List<Arrival> arrived = new ArrayList<>();
    private final List<Look> looks = new ArrayList<>();
    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private final Connection connection;
    private final Cpu.Session session;
    private final Future<?> watch;

    private record Arrival(long committedNanos, long nanos) {}

    private record Look(long endNanos, long nanos) {}

    /**
     * What was seen.
     *
     * @param delays from commit to commit, of what was committed in the window
     * @param looks how long after its predecessor each look was over, for those that followed another one
     */
    record Seen(Delays delays, Delays looks) {

        /** All that both have seen. */
        Seen and(Seen other) {
            return new Seen(delays.and(other.delays), looks.and(other.looks));
        }
    }

    Arrivals(Scratch database) {
        connection = database.connect();
        try {
            session = new Cpu.Session(database, connection);
        } catch (SQLException e) {
            throw new IllegalStateException("cannot open the observing session", e);
        }
        watch = thread.submit(() -> {
            watch();
            return null;
        });
    }

    /** From now on the change is looked for. Thread-safe. */
    void await(Change change) {
        underWay.incrementAndGet();
        committed.add(change);
    }

    private void watch() throws SQLException {
        List<Change> awaited = new ArrayList<>();
        long before = 0;
        try (Statement statement = connection.createStatement()) {
            while (!Thread.currentThread().isInterrupted()) {
                for (Change next = committed.poll(); next != null; next = committed.poll()) {
                    awaited.add(next);
                }
                if (awaited.isEmpty()) {
                    before = 0;
                    LockSupport.parkNanos(IDLE_PAUSE_NANOS);
                    continue;
                }
                Map<Long, Integer> revisions = revisions(statement, awaited);
                long now = System.nanoTime();
                note(awaited, revisions, before, now);
                before = now;
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    private static Map<Long, Integer> revisions(Statement statement, List<Change> awaited) throws SQLException {
        String keys = awaited.stream()
                .limit(MOST_PER_LOOK)
                .map(change -> Long.toString(change.id()))
                .collect(Collectors.joining(","));
        Map<Long, Integer> revisions = new HashMap<>();
        try (ResultSet result = statement.executeQuery("SELECT id, revision FROM account WHERE id IN (" + keys + ")")) {
            while (result.next()) {
                revisions.put(result.getLong(1), result.getInt(2));
            }
        }
        return revisions;
    }

    private synchronized void note(List<Change> awaited, Map<Long, Integer> revisions, long before, long now) {
        awaited.removeIf(change -> {
            // a later one holds it, too
            boolean isHere = revisions.getOrDefault(change.id(), 0) >= change.revision();
            if (isHere) {
                arrived.add(new Arrival(change.committedNanos(), now - change.committedNanos()));
                underWay.decrementAndGet();
            }
            return isHere;
        });
        if (before != 0) {
            looks.add(new Look(now, now - before));
        }
    }

    /**
     * Waits until all has arrived.
     *
     * @param check throws if it is no use to wait any longer
     */
    void awaitAll(Runnable check) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        while (underWay.get() > 0) {
            if (watch.isDone()) {
                requireWatching();
            }
            check.run();
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(
                        underWay.get() + " changes have not arrived " + LIMIT_SECONDS + " s after the last one");
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    private void requireWatching() throws InterruptedException {
        try {
            watch.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("cannot see what arrives", e);
        }
    }

    /** What was seen of a window; forgets everything before its end. All of it must have arrived. */
    synchronized Seen take(Window window) {
        Delays delays = Delays.ofNanos(arrived.stream()
                .filter(arrival -> window.contains(arrival.committedNanos()))
                .mapToLong(Arrival::nanos)
                .toArray());
        Delays between = Delays.ofNanos(looks.stream()
                .filter(look -> window.contains(look.endNanos()))
                .mapToLong(Look::nanos)
                .toArray());
        arrived.clear();
        looks.clear();
        return new Seen(delays, between);
    }

    /** The processor time that the looks have cost the server so far, in seconds. */
    double used() {
        return session.used();
    }

    @Override
    public void close() {
        thread.shutdownNow();
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException("cannot close the observing session", e);
        }
    }
}
