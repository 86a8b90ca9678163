package io.tandem.benchmarks.application;

import io.tandem.benchmarks.rig.Accounts;
import io.tandem.benchmarks.rig.Connectors;
import io.tandem.benchmarks.rig.Delays;
import io.tandem.benchmarks.rig.Rig;
import io.tandem.benchmarks.rig.Scratch;
import io.tandem.benchmarks.rig.State;
import io.tandem.testbed.Vendor;
import java.time.Duration;
import org.awaitility.Awaitility;

/**
 * How long an application's transactions take at a rate that the database bears easily: next to running connectors of
 * both masters in both directions, or alone. Only this application writes. For one thread.
 */
final class AlignedLatency {

    private static final String HERE = "modern";
    private static final String THERE = "legacy";
    private static final int PER_SECOND = 500;
    private static final int ROWS = 100_000;
    private static final Duration TRAVEL_LIMIT = Duration.ofSeconds(60);

    private final Rig rig;
    private final Duration warmUp;
    private final Duration measured;
    private final Accounts accounts = new Accounts(false);
    private int runs;

    AlignedLatency(Rig rig, Duration warmUp, Duration measured) {
        this.rig = rig;
        this.warmUp = warmUp;
        this.measured = measured;
    }

    /**
     * Measures, each transaction from when it is due.
     *
     * @param vendor of the application's database; the other master has the other
     */
    Delays of(Vendor vendor, Side side) {
        try (Scratch own = rig.scratch(vendor)) {
            side.create(own, accounts, ROWS, HERE);
            return side == Side.TANDEM ? aligned(own, vendor.choose(Vendor.MARIADB, Vendor.POSTGRESQL)) : measure(own);
        }
    }

    private Delays aligned(Scratch own, Vendor other) {
        try (Scratch peer = rig.scratch(other);
                Connectors connectors = new Connectors(rig)) {
            Side.TANDEM.create(peer, accounts, ROWS, THERE);
            String id = "application" + ++runs;
            String out = id + "-out";
            connectors.start(out + "-source", State.source(own, accounts, HERE, out));
            connectors.start(out + "-sink", State.sink(peer, accounts, THERE, out));
            String back = id + "-back";
            connectors.start(back + "-source", State.source(peer, accounts, THERE, back));
            connectors.start(back + "-sink", State.sink(own, accounts, HERE, back));
            awaitTravel(own, peer, 1);
            awaitTravel(peer, own, 2);
            Delays delays = measure(own);
            // whoever stopped on the way has measured nothing
            awaitTravel(own, peer, 3);
            rig.pair().requireNoFailure();
            return delays;
        }
    }

    private Delays measure(Scratch database) {
        try (Sessions sessions = new Sessions(database, Write.UPDATE, ROWS)) {
            sessions.latencies(PER_SECOND, warmUp);
            return sessions.latencies(PER_SECOND, measured);
        }
    }

    private static void awaitTravel(Scratch from, Scratch to, int account) {
        from.execute("UPDATE account SET revision = 1 WHERE id = " + account);
        Awaitility.await("account " + account + " travels")
                .atMost(TRAVEL_LIMIT)
                .until(() -> to.number("SELECT revision FROM account WHERE id = " + account) == 1);
    }
}
