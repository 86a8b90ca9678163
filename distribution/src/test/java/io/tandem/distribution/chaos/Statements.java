package io.tandem.distribution.chaos;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How the applications' statements went: the slowest, those that failed because a server was not there, and those that
 * failed otherwise, which is our fault, since the applications cannot get into their own way. Thread-safe.
 */
final class Statements {

    /** A statement of the application. */
    @FunctionalInterface
    interface Call<T> {
        T run() throws SQLException;
    }

    private final Queue<String> errors = new ConcurrentLinkedQueue<>();
    private final AtomicLong outages = new AtomicLong();
    private final Map<Side, AtomicLong> slowest = new ConcurrentHashMap<>();

    /** Runs a statement and remembers how long it took if it succeeds. */
    <T> T timed(Side side, Call<T> call) throws SQLException {
        long from = System.nanoTime();
        T result = call.run();
        long took = System.nanoTime() - from;
        slowest.computeIfAbsent(side, first -> new AtomicLong()).accumulateAndGet(took, Math::max);
        return result;
    }

    /** Notes what an application was told instead of a result. */
    void failed(Side side, int session, SQLException error) {
        if (isOutage(error)) {
            outages.incrementAndGet();
        } else {
            errors.add(Instant.now() + " " + side.id() + " session " + session + ": " + error.getSQLState() + "/"
                    + error.getErrorCode() + " " + error.getMessage());
        }
    }

    /** Notes what must not happen in an application at all. */
    void broken(Side side, int session, RuntimeException error) {
        errors.add(Instant.now() + " " + side.id() + " session " + session + ": " + error);
    }

    /**
     * Tells whether an application is told the same where there is no Tandem: the connection is lost, the server starts
     * or stops, or it is read-only.
     */
    static boolean isOutage(SQLException error) {
        String state = String.valueOf(error.getSQLState());
        if (state.startsWith("08")
                || List.of("57P01", "57P02", "57P03", "25006").contains(state)) {
            return true;
        }
        // MariaDB: server shutdown in progress, connection was killed, read-only; PostgreSQL's errors have no code
        return List.of(1053, 1927, 1290).contains(error.getErrorCode());
    }

    /** Statements that failed because of us. */
    List<String> errors() {
        return List.copyOf(errors);
    }

    /** How many statements failed because a server was not there or read-only. */
    long outages() {
        return outages.get();
    }

    /** The longest time that a statement took on a master. */
    Duration slowest(Side side) {
        return Duration.ofNanos(
                slowest.computeIfAbsent(side, first -> new AtomicLong()).get());
    }
}
