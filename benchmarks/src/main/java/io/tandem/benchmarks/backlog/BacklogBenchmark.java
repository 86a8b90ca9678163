package io.tandem.benchmarks.backlog;

import io.tandem.benchmarks.rig.Accounts;
import io.tandem.benchmarks.rig.Connectors;
import io.tandem.benchmarks.rig.Figures;
import io.tandem.benchmarks.rig.Progress;
import io.tandem.benchmarks.rig.Rig;
import io.tandem.benchmarks.rig.Scratch;
import io.tandem.benchmarks.rig.State;
import io.tandem.testbed.Vendor;
import java.util.Locale;

/** Many rows are changed by one statement; source, Kafka and sink take them to the other master. */
public final class BacklogBenchmark {

    private static final int ROUNDS = 5;
    private static final int QUICK_ROUNDS = 1;

    private final boolean quick;
    private final int rows;
    private final String only;
    private int runs;

    /**
     * A measurement.
     *
     * @param quick one round
     * @param rows how many rows are changed
     * @param only a part of the names of the cases to be measured; empty for all
     */
    public BacklogBenchmark(boolean quick, int rows, String only) {
        this.quick = quick;
        this.rows = rows;
        this.only = only;
    }

    /** Runs. */
    public Figures run(Rig rig) {
        Figures figures = new Figures("rows/s");
        for (int round = 0; round < (quick ? QUICK_ROUNDS : ROUNDS); round++) {
            for (Vendor from : Vendor.values()) {
                for (Vendor to : Vendor.values()) {
                    String name = "backlog-" + Scratch.name(from) + "-to-" + Scratch.name(to);
                    if (name.contains(only)) {
                        figures.add(name, Figures.OURS, run(rig, from, to));
                    }
                }
            }
        }
        return figures;
    }

    private double run(Rig rig, Vendor from, Vendor to) {
        Accounts accounts = new Accounts(false);
        String id = "backlog" + ++runs;
        try (Scratch legacy = rig.scratch(from);
                Scratch modern = rig.scratch(to);
                Connectors connectors = new Connectors(rig)) {
            State.create(legacy, accounts, rows, "legacy");
            State.create(modern, accounts, rows, "modern");
            connectors.start(id + "-source", State.source(legacy, accounts, "legacy", id));
            connectors.start(id + "-sink", State.sink(modern, accounts, "modern", id));
            return drain(rig, legacy, modern);
        }
    }

    private double drain(Rig rig, Scratch legacy, Scratch modern) {
        legacy.execute("UPDATE account SET revision = 1");
        long start = System.nanoTime();
        try (LongestTransaction ofSource = LongestTransaction.of(legacy);
                LongestTransaction ofSink = LongestTransaction.of(modern)) {
            double rate = Progress.of(modern, rows, number -> number, rig.pair()::requireNoFailure)
                    .since(start);
            System.err.printf(
                    Locale.ROOT,
                    "longest transactions: source %.2f s (%s), sink %.2f s (%s)%n",
                    ofSource.end().seconds(),
                    ofSource.end().statement(),
                    ofSink.end().seconds(),
                    ofSink.end().statement());
            return rate;
        }
    }
}
