package io.tandem.distribution;

import io.tandem.examples.Master;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * An application that writes to one master in several sessions, as fast as it can. Both masters' applications write the
 * same aggregates. Sessions of one master share orders, of which each writes its own line, and otherwise keep to their
 * own aggregates, so that the application never gets into its own way: what fails, fails because of us.
 */
final class Workload implements AutoCloseable {

    /** A write of a name that the application knows to be committed, or does not know about. */
    record Write(String marker, long startedAtMicros, boolean acknowledged) {}

    private static final Duration STOP_LIMIT = Duration.ofSeconds(60);

    private final Master master;
    private final ApplicationSql sql;
    private final WorkloadKeys keys;
    private final long pauseMillis;
    private final boolean reconnects;
    private final List<Thread> sessions = new ArrayList<>();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final AtomicLong transactions = new AtomicLong();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final Map<Long, List<Write>> nameWrites = new ConcurrentHashMap<>();

    private Workload(Master master, WorkloadKeys keys, long pauseMillis, boolean reconnects) {
        this.master = master;
        this.sql = ApplicationSql.of(master);
        this.keys = keys;
        this.pauseMillis = pauseMillis;
        this.reconnects = reconnects;
    }

    /** Starts writing as fast as it can; every error counts as a failure. */
    static Workload fast(Master master, WorkloadKeys keys) {
        return new Workload(master, keys, 0, false).started();
    }

    /** Starts writing at a moderate rate; lost connections are made again, and their last write is in doubt. */
    static Workload enduring(Master master, WorkloadKeys keys) {
        return new Workload(master, keys, 5, true).started();
    }

    private Workload started() {
        for (int session = 0; session < keys.sessions(); session++) {
            int number = session;
            Thread thread = new Thread(() -> run(number), master.id() + "-application-" + number);
            thread.start();
            sessions.add(thread);
        }
        return this;
    }

    private void run(int session) {
        Random random = new Random(31L * session + master.id().hashCode());
        while (stopped.getCount() > 0) {
            try (Connection connection = master.application()) {
                connection.setAutoCommit(false);
                while (stopped.getCount() > 0) {
                    transaction(connection, session, random);
                    transactions.incrementAndGet();
                    if (pauseMillis > 0 && stopped.await(pauseMillis, TimeUnit.MILLISECONDS)) {
                        return;
                    }
                }
            } catch (SQLException e) {
                if (!reconnects) {
                    failures.add(master.id() + " session " + session + ": " + e.getSQLState() + "/" + e.getErrorCode()
                            + " " + e.getMessage());
                }
                if (pauseUnlessStopped()) {
                    return;
                }
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private boolean pauseUnlessStopped() {
        try {
            return stopped.await(20, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            return true;
        }
    }

    private void transaction(Connection connection, int session, Random random) throws SQLException {
        String marker = master.id() + "-" + session + "-" + transactions.get() + "-" + random.nextInt(1_000_000);
        switch (random.nextInt(6)) {
            case 0, 1 -> name(connection, keys.customer(session, random), marker);
            case 2 -> names(connection, session, random, marker);
            case 3 -> childThenRoot(connection, keys.order(session, random), random, marker);
            case 4 -> ownLineOfSharedOrder(connection, session, random);
            default -> replaceLine(connection, keys.order(session, random), random, marker);
        }
    }

    private void name(Connection connection, long customer, String marker) throws SQLException {
        long startedAt = System.currentTimeMillis() * 1000;
        boolean acknowledged = false;
        try {
            execute(connection, sql.rename(), marker, customer);
            connection.commit();
            acknowledged = true;
        } finally {
            nameWrites
                    .computeIfAbsent(customer, key -> new ArrayList<>())
                    .add(new Write(marker, startedAt, acknowledged));
        }
    }

    /** Several aggregates in changing order. */
    private void names(Connection connection, int session, Random random, String marker) throws SQLException {
        List<Long> customers = keys.customers(session, random);
        long startedAt = System.currentTimeMillis() * 1000;
        boolean acknowledged = false;
        try {
            for (long customer : customers) {
                execute(connection, sql.rename(), marker, customer);
            }
            connection.commit();
            acknowledged = true;
        } finally {
            for (long customer : customers) {
                nameWrites
                        .computeIfAbsent(customer, key -> new ArrayList<>())
                        .add(new Write(marker, startedAt, acknowledged));
            }
        }
    }

    private void childThenRoot(Connection connection, long order, Random random, String marker) throws SQLException {
        execute(connection, sql.quantity(), 1 + random.nextInt(99), order, 1);
        execute(connection, sql.remark(), marker, order);
        connection.commit();
    }

    private void ownLineOfSharedOrder(Connection connection, int session, Random random) throws SQLException {
        execute(connection, sql.quantity(), 1 + random.nextInt(99), keys.sharedOrder(random), session + 1);
        connection.commit();
    }

    /** Holds the root from the start, as an application does that adds a row with a number of its own choice. */
    private void replaceLine(Connection connection, long order, Random random, String marker) throws SQLException {
        execute(connection, sql.remark(), marker, order);
        execute(connection, sql.deleteLine(), order, 2);
        if (random.nextBoolean()) {
            execute(connection, sql.insertLine(), order, 2, "A-" + random.nextInt(1000), 1 + random.nextInt(9));
        }
        connection.commit();
    }

    private static void execute(Connection connection, String sql, Object... arguments) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < arguments.length; i++) {
                statement.setObject(i + 1, arguments[i]);
            }
            statement.executeUpdate();
        }
    }

    /** How many transactions were committed so far. */
    long transactions() {
        return transactions.get();
    }

    /** The application's statements that failed. */
    List<String> failures() {
        return List.copyOf(failures);
    }

    /** All writes of names, by customer, in the order in which they were made. Complete when stopped. */
    Map<Long, List<Write>> nameWrites() {
        return nameWrites;
    }

    /** Stops all sessions and waits for them. */
    @Override
    public void close() {
        stopped.countDown();
        try {
            for (Thread session : sessions) {
                session.join(STOP_LIMIT.toMillis());
                if (session.isAlive()) {
                    failures.add(session.getName() + " does not end");
                    session.interrupt();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
