package io.tandem.benchmarks.application;

import io.tandem.benchmarks.rig.Accounts;
import io.tandem.benchmarks.rig.Direction;
import io.tandem.benchmarks.rig.Direction.Master;
import io.tandem.benchmarks.rig.Rig;
import io.tandem.benchmarks.rig.Scratch;
import io.tandem.testbed.Vendor;
import java.time.Duration;
import org.awaitility.Awaitility;

/**
 * How long an application's transactions take at a rate that the database bears easily: next to running connectors of
 * both masters in both directions, or alone. Only this application writes. For one thread.
 */
final class AlignedLatency {

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
     * Nanoseconds, the shortest first.
     *
     * @param vendor of the application's database; the other master has the other
     */
    long[] of(Vendor vendor, Side side) {
        try (Scratch own = rig.scratch(vendor)) {
            Master here = new Master(own, "modern");
            side.create(own, accounts, ROWS, here.id());
            return side == Side.TANDEM ? aligned(here, vendor.choose(Vendor.MARIADB, Vendor.POSTGRESQL)) : measure(own);
        }
    }

    private long[] aligned(Master here, Vendor other) {
        try (Scratch peer = rig.scratch(other)) {
            Master there = new Master(peer, "legacy");
            Side.TANDEM.create(peer, accounts, ROWS, there.id());
            String id = "latency" + ++runs;
            try (Direction out = Direction.start(rig, accounts, id + "-out", here, there);
                    Direction back = Direction.start(rig, accounts, id + "-back", there, here)) {
                awaitTravel(here.database(), peer, 1);
                awaitTravel(peer, here.database(), 2);
                long[] nanos = measure(here.database());
                // whoever stopped on the way has measured nothing
                awaitTravel(here.database(), peer, 3);
                out.requireNoFailure();
                back.requireNoFailure();
                return nanos;
            }
        }
    }

    private long[] measure(Scratch database) {
        try (Sessions sessions = new Sessions(database, Write.UPDATE, ROWS)) {
            sessions.latencyNanos(PER_SECOND, warmUp);
            return sessions.latencyNanos(PER_SECOND, measured);
        }
    }

    private static void awaitTravel(Scratch from, Scratch to, int account) {
        from.execute("UPDATE account SET revision = 1 WHERE id = " + account);
        Awaitility.await("account " + account + " travels")
                .atMost(TRAVEL_LIMIT)
                .until(() -> to.number("SELECT revision FROM account WHERE id = " + account) == 1);
    }
}
