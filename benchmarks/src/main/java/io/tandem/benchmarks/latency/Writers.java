package io.tandem.benchmarks.latency;

import io.tandem.benchmarks.rig.Cpu;
import io.tandem.benchmarks.rig.Scratch;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The application of one master: some sessions that change accounts one by one, each in a transaction of its own, at the
 * times of a timetable. Who is late does not wait for the next time, so a slow server makes no fewer changes. For one thread.
 */
final class Writers implements AutoCloseable {

    private static final int SESSIONS = 4;

    private final List<Connection> connections = new ArrayList<>();
    private final List<Cpu.Session> sessions = new ArrayList<>();
    private final ExecutorService threads = Executors.newFixedThreadPool(SESSIONS);
    private final Accounting accounting;
    private final Consumer<Change> committed;
    private long changes;

    /**
     * Which accounts are whose, round and round: so many that none comes again soon.
     *
     * @param first the first account's number; every other one follows
     * @param count how many there are
     */
    record Accounting(int first, int count) {

        long id(long change) {
            return first + 2 * (change % count);
        }

        int revision(long change) {
            return (int) (change / count) + 1;
        }
    }

    /** @param committed is told each change when its commit has returned, by any of several threads */
    Writers(Scratch database, Accounting accounting, Consumer<Change> committed) {
        this.accounting = accounting;
        this.committed = committed;
        try {
            for (int i = 0; i < SESSIONS; i++) {
                Connection connection = database.connect();
                connections.add(connection);
                sessions.add(new Cpu.Session(database, connection));
            }
        } catch (SQLException e) {
            close();
            throw new IllegalStateException("cannot open the writing sessions", e);
        }
    }

    /** Begins to write; the timetable is over at the end of the window. */
    List<Future<?>> start(long startNanos, long endNanos, int perSecond) {
        long first = changes;
        long count = (endNanos - startNanos) * perSecond / TimeUnit.SECONDS.toNanos(1);
        changes += count;
        List<Future<?>> running = new ArrayList<>();
        for (int i = 0; i < SESSIONS; i++) {
            int session = i;
            Callable<?> writing = () -> {
                try (PreparedStatement statement =
                        connections.get(session).prepareStatement("UPDATE account SET revision = ? WHERE id = ?")) {
                    for (long change = session; change < count; change += SESSIONS) {
                        Window.awaitMoment(startNanos + change * TimeUnit.SECONDS.toNanos(1) / perSecond);
                        write(statement, first + change);
                    }
                }
                return null;
            };
            running.add(threads.submit(writing));
        }
        return running;
    }

    private void write(PreparedStatement statement, long change) throws SQLException {
        long id = accounting.id(change);
        int revision = accounting.revision(change);
        statement.setInt(1, revision);
        statement.setLong(2, id);
        if (statement.executeUpdate() != 1) {
            throw new IllegalStateException("there is no account " + id);
        }
        committed.accept(new Change(id, revision, System.nanoTime()));
    }

    /** The processor time that the sessions have used at the server so far, in seconds. */
    double used() {
        return sessions.stream().mapToDouble(Cpu.Session::used).sum();
    }

    @Override
    public void close() {
        threads.shutdownNow();
        for (Connection connection : connections) {
            try {
                connection.close();
            } catch (SQLException e) {
                throw new IllegalStateException("cannot close a writing session", e);
            }
        }
    }
}
