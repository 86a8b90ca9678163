package io.tandem.benchmarks.application;

import io.tandem.benchmarks.rig.Accounts;
import io.tandem.benchmarks.rig.Delays;
import io.tandem.benchmarks.rig.Figures;
import io.tandem.benchmarks.rig.Rig;
import io.tandem.benchmarks.rig.Scratch;
import io.tandem.testbed.Sql;
import io.tandem.testbed.Vendor;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Measures an application's writes with Tandem and without, in rounds that take turns. For one thread. */
public final class ApplicationBenchmark {

    private static final int ROUNDS = 5;
    private static final int ROWS = 100_000;
    private static final int STATEMENT_ROWS = 200_000;
    private static final String MASTER = "modern";
    private static final int[] PERCENTILES = {50, 99};
    private static final double NANOS_PER_MILLI = TimeUnit.MILLISECONDS.toNanos(1);

    private final boolean quick;
    private final String only;
    private final Figures figures = new Figures("transactions/s");
    private final Accounts accounts = new Accounts(false);

    /**
     * A measurement.
     *
     * @param quick one short round
     * @param only a part of the names of the cases to be measured; empty for all
     */
    public ApplicationBenchmark(boolean quick, String only) {
        this.quick = quick;
        this.only = only;
    }

    /** Runs. */
    public Figures run(Rig rig) {
        AlignedLatency latency = new AlignedLatency(rig, seconds(5, 2), seconds(20, 5));
        for (Vendor vendor : Vendor.values()) {
            tellDurability(rig, vendor);
        }
        for (int round = 0; round < (quick ? 1 : ROUNDS); round++) {
            // neither is always the one that finds the server as the other one has left it
            List<Side> sides = round % 2 == 0 ? List.of(Side.WITHOUT, Side.TANDEM) : List.of(Side.TANDEM, Side.WITHOUT);
            for (Vendor vendor : Vendor.values()) {
                for (Write write : Write.values()) {
                    rates(rig, vendor, write, sides);
                }
                statements(rig, vendor, sides);
                latencies(latency, vendor, sides);
            }
        }
        return figures;
    }

    private void rates(Rig rig, Vendor vendor, Write write, List<Side> sides) {
        String name = "application-" + write + "-" + Scratch.name(vendor);
        Duration measured = seconds(10, 3);
        for (Side side : wanted(sides, name)) {
            try (Scratch database = rig.scratch(vendor)) {
                side.create(database, accounts, ROWS, MASTER);
                try (Sessions sessions = new Sessions(database, write, ROWS)) {
                    double perSecond = sessions.perSecond(seconds(3, 2), measured);
                    side.requireNotes(database, Math.round(perSecond * measured.toSeconds()));
                    figures.add(name, side.title(), perSecond);
                }
            }
        }
    }

    private void statements(Rig rig, Vendor vendor, List<Side> sides) {
        String name = "application-statement-" + Scratch.name(vendor);
        for (Side side : wanted(sides, name)) {
            try (Scratch database = rig.scratch(vendor)) {
                side.create(database, accounts, STATEMENT_ROWS, MASTER);
                double millis = millisOfStatement(database);
                side.requireNotes(database, STATEMENT_ROWS);
                figures.addMillis(name, side.title(), millis);
            }
        }
    }

    private static double millisOfStatement(Scratch database) {
        try (Connection connection = database.connect()) {
            long start = System.nanoTime();
            Sql.run(connection, "UPDATE account SET balance = balance + 1");
            return (System.nanoTime() - start) / NANOS_PER_MILLI;
        } catch (SQLException e) {
            throw new IllegalStateException("the application's statement failed", e);
        }
    }

    private void latencies(AlignedLatency latency, Vendor vendor, List<Side> sides) {
        String name = "application-latency-" + Scratch.name(vendor);
        for (Side side : wanted(sides, name)) {
            Delays delays = latency.of(vendor, side);
            for (int percent : PERCENTILES) {
                figures.addMillis(name + "-p" + percent, side.title(), delays.millis(percent / 100.0));
            }
        }
    }

    private List<Side> wanted(List<Side> sides, String name) {
        return name.contains(only) ? sides : List.of();
    }

    private Duration seconds(int usual, int ifQuick) {
        return Duration.ofSeconds(quick ? ifQuick : usual);
    }

    /** What a commit waits for decides how much there is to be slowed down. */
    private static void tellDurability(Rig rig, Vendor vendor) {
        try (Scratch database = rig.scratch(vendor)) {
            System.err.println(Scratch.name(vendor) + ": "
                    + database.query(vendor.choose(
                            "SELECT 'fsync', current_setting('fsync'), "
                                    + "'synchronous_commit', current_setting('synchronous_commit')",
                            "SELECT 'innodb_flush_log_at_trx_commit', @@innodb_flush_log_at_trx_commit, "
                                    + "'log_bin', @@log_bin")));
        }
    }
}
