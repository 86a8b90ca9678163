package io.tandem.distribution.chaos;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One session of an application: transaction after transaction until it is stopped, on a new connection where the old one
 * is lost. What it writes is drawn from its seed.
 *
 * <p>Sessions of one application cannot get into each other's way: a transaction of a single statement holds no other
 * lock; one that only changes rows takes the guards of its aggregates shared, in the order of their keys, and then the
 * root before the parts; one that inserts, deletes or takes another order has the guards alone.
 */
final class Session implements Runnable {

    private static final long RECONNECT_MILLIS = 150;

    /** What one transaction does; it is committed by the caller. */
    @FunctionalInterface
    interface Transaction {
        void run(Work work, Random random) throws SQLException, InterruptedException;
    }

    /** What a connection is needed for. */
    @FunctionalInterface
    interface Login {
        Connection open() throws SQLException;
    }

    private final Side side;
    private final int number;
    private final Login login;
    private final Transaction transaction;
    private final Random random;
    private final int round;
    private final long pauseMillis;
    private final WriteLog log;
    private final Statements statements;
    private final CountDownLatch stopped;
    private long transactions;

    Session(
            Side side,
            int number,
            long seed,
            int round,
            Login login,
            Transaction transaction,
            long pauseMillis,
            WriteLog log,
            Statements statements,
            CountDownLatch stopped) {
        this.side = side;
        this.number = number;
        this.login = login;
        this.transaction = transaction;
        this.round = round;
        this.random = new Random((seed * 31 + round) * 31 + side.id().hashCode() * 1009L + number);
        this.pauseMillis = pauseMillis;
        this.log = log;
        this.statements = statements;
        this.stopped = stopped;
    }

    @Override
    public void run() {
        while (stopped.getCount() > 0) {
            try (Connection connection = connect()) {
                while (stopped.getCount() > 0) {
                    transact(connection);
                    if (pauseMillis > 0) {
                        stopped.await(random.nextLong(2 * pauseMillis), TimeUnit.MILLISECONDS);
                    }
                }
            } catch (SQLException e) {
                statements.failed(side, number, e);
                pause();
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                statements.broken(side, number, e);
                pause();
            }
        }
    }

    private void pause() {
        try {
            stopped.await(RECONNECT_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Locks are waited for much longer than the longest transaction takes. */
    private Connection connect() throws SQLException {
        Connection connection = login.open();
        try (var statement = connection.createStatement()) {
            statement.execute(
                    side == Side.LEGACY
                            ? "SET SESSION innodb_lock_wait_timeout = 90"
                            : "SET SESSION lock_timeout = '90s'");
            // else MariaDB locks gaps between keys, and two inserts of one application could meet in a deadlock
            connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
            connection.setAutoCommit(false);
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    private void transact(Connection connection) throws SQLException, InterruptedException {
        String name = round + "" + side.name().charAt(0) + number + "." + Long.toString(++transactions, 36);
        @Nullable Work open = new Work(connection, side, number, name, statements);
        try {
            Work work = open;
            transaction.run(work, random);
            open = null;
            work.commit(log);
        } finally {
            if (open != null) {
                open.failed(log);
            }
        }
    }
}
