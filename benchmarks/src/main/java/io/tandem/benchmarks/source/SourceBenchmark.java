package io.tandem.benchmarks.source;

import io.tandem.benchmarks.rig.Accounts;
import io.tandem.benchmarks.rig.AvroTopics;
import io.tandem.benchmarks.rig.Connectors;
import io.tandem.benchmarks.rig.Figures;
import io.tandem.benchmarks.rig.Progress;
import io.tandem.benchmarks.rig.Rig;
import io.tandem.benchmarks.rig.Scratch;
import io.tandem.benchmarks.rig.State;
import io.tandem.testbed.Vendor;

/** From rows that the application has changed to records that are acknowledged, and noted as such. */
public final class SourceBenchmark {

    private static final String MASTER = "legacy";
    private static final int ROUNDS = 5;
    private static final int QUICK_ROUNDS = 2;
    private static final int RECORDS = 200_000;
    private static final int QUICK_RECORDS = 60_000;

    private final boolean quick;
    private final String only;
    private final int records;
    private int runs;

    /**
     * A measurement.
     *
     * @param quick two rounds with fewer records
     * @param only a part of the names of the cases to be measured; empty for all
     */
    public SourceBenchmark(boolean quick, String only) {
        this.quick = quick;
        this.only = only;
        this.records = quick ? QUICK_RECORDS : RECORDS;
    }

    /** Runs. */
    public Figures run(Rig rig) {
        Figures figures = new Figures("records/s");
        try (AvroTopics topics = new AvroTopics(rig.pair())) {
            for (int round = 0; round < (quick ? QUICK_ROUNDS : ROUNDS); round++) {
                for (Vendor vendor : Vendor.values()) {
                    run(rig, topics, figures, vendor, new Accounts(false), "source-" + Scratch.name(vendor));
                    run(
                            rig,
                            topics,
                            figures,
                            vendor,
                            new Accounts(true),
                            "source-" + Scratch.name(vendor) + "-children");
                }
            }
        }
        return figures;
    }

    private void run(Rig rig, AvroTopics topics, Figures figures, Vendor vendor, Accounts accounts, String name) {
        if (!name.contains(only)) {
            return;
        }
        figures.add(name, Figures.OURS, connector(rig, vendor, accounts));
        if (vendor == Vendor.POSTGRESQL) {
            try (Scratch database = pending(rig, vendor, accounts)) {
                figures.add(name, "bare", new BareSource(rig, topics, database, accounts).run(records, topic()));
            }
        }
    }

    private double connector(Rig rig, Vendor vendor, Accounts accounts) {
        String topic = topic();
        try (Scratch database = pending(rig, vendor, accounts);
                Connectors connectors = new Connectors(rig)) {
            connectors.start(topic, State.source(database, accounts, MASTER, topic));
            return Progress.published(database, records, MASTER, rig.pair()::requireNoFailure)
                    .afterTheFirstTenth();
        }
    }

    private String topic() {
        return "source" + ++runs;
    }

    private Scratch pending(Rig rig, Vendor vendor, Accounts accounts) {
        Scratch database = rig.scratch(vendor);
        State.create(database, accounts, records, MASTER);
        database.execute("UPDATE account SET revision = 1");
        return database;
    }
}
