package io.tandem.distribution.chaos;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Looks again and again at one aggregate of a master that only one session of the other one writes, to see up to when the
 * other master's writes have arrived.
 */
final class Probe implements Runnable {

    /** How often the aggregate is written and looked at. */
    static final long PERIOD_MILLIS = 250;

    private final Side from;
    private final Session.Login peer;
    private final CountDownLatch stopped;
    private final AtomicLong arrivedMicros = new AtomicLong();

    /** @param peer connects to the master that is looked at */
    Probe(Side from, Session.Login peer, CountDownLatch stopped) {
        this.from = from;
        this.peer = peer;
        this.stopped = stopped;
    }

    /** The transaction of the session that writes. */
    static Session.Transaction writing(Side side) {
        Register root = Keys.probe(side);
        return (Work work, Random random) -> {
            if (!work.overwrite(root, random.nextBoolean())) {
                work.insert(root, true);
            }
        };
    }

    /** The latest timestamp of a version of the writer's that was seen on the other master, µs. */
    long arrivedMicros() {
        return arrivedMicros.get();
    }

    @Override
    public void run() {
        Side seenOn = from.peer();
        String query = "SELECT clock_timestamp FROM tandem_" + Kind.JOB.aggregate() + "_clock WHERE key_" + seenOn.key()
                + " = " + Keys.probe(from).key();
        while (stopped.getCount() > 0) {
            try (Connection connection = peer.open();
                    PreparedStatement statement = connection.prepareStatement(query)) {
                while (!stopped.await(PERIOD_MILLIS, TimeUnit.MILLISECONDS)) {
                    try (ResultSet row = statement.executeQuery()) {
                        if (row.next()) {
                            arrivedMicros.accumulateAndGet(row.getLong(1), Math::max);
                        }
                    }
                }
            } catch (SQLException e) {
                // the other master is down: look again later
                try {
                    stopped.await(PERIOD_MILLIS, TimeUnit.MILLISECONDS);
                } catch (InterruptedException interrupt) {
                    return;
                }
            } catch (InterruptedException e) {
                return;
            }
        }
    }
}
