package io.tandem.distribution.chaos;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** The applications of both masters, each in several sessions, and the probes. Stopped by {@link #close}. */
final class Applications implements AutoCloseable {

    private static final long STOP_LIMIT_MILLIS = 120_000;

    private static final int PROBE = 90;

    private final CountDownLatch stopped = new CountDownLatch(1);
    private final long seed;
    private final int round;
    private final WriteLog log;
    private final Statements statements;
    private final List<Probe> probes = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();

    /**
     * Starts writing.
     *
     * @param round so that no two transactions of a run have the same name
     * @param applications how an application logs in to its master
     * @param observers how somebody logs in who may see Tandem's tables
     */
    Applications(
            long seed,
            int round,
            Pace pace,
            Map<Side, Session.Login> applications,
            Map<Side, Session.Login> observers,
            WriteLog log,
            Statements statements) {
        this.seed = seed;
        this.round = round;
        this.log = log;
        this.statements = statements;
        Transactions transactions = new Transactions(stopped);
        List<Runnable> all = new ArrayList<>();
        applications.forEach((side, login) -> {
            for (int number = 0; number <= pace.sessions(); number++) {
                Session.Transaction transaction =
                        number == 0 ? transactions.lengthy(pace.holding()) : transactions::brief;
                all.add(session(side, number, login, transaction, pace.pause().toMillis()));
            }
            all.add(session(side, PROBE, login, Probe.writing(side), Probe.PERIOD_MILLIS));
        });
        observers.forEach((side, login) -> {
            Probe probe = new Probe(side.peer(), login, stopped);
            probes.add(probe);
            all.add(probe);
        });
        all.forEach(one -> {
            Thread thread = new Thread(one, "chaos-" + threads.size());
            threads.add(thread);
            thread.start();
        });
    }

    private Session session(
            Side side, int number, Session.Login login, Session.Transaction transaction, long pauseMillis) {
        return new Session(side, number, seed, round, login, transaction, pauseMillis, log, statements, stopped);
    }

    /** Up to when the writes of both masters have arrived on the other one, µs. */
    long arrivedMicros() {
        return probes.stream().mapToLong(Probe::arrivedMicros).min().orElse(0);
    }

    /**
     * Lets every session end its transaction.
     *
     * @throws IllegalStateException if one does not end
     */
    @Override
    public void close() {
        stopped.countDown();
        try {
            for (Thread thread : threads) {
                thread.join(STOP_LIMIT_MILLIS);
                if (thread.isAlive()) {
                    thread.interrupt();
                    throw new IllegalStateException("the session " + thread.getName() + " does not end");
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
