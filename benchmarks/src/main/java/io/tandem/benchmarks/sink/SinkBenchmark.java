package io.tandem.benchmarks.sink;

import io.tandem.benchmarks.rig.AvroTopics;
import io.tandem.benchmarks.rig.Figures;
import io.tandem.benchmarks.rig.Rig;
import io.tandem.testbed.Vendor;
import java.util.ArrayList;
import java.util.List;

/** Measures the sink: every case, every contender, in rounds that take turns. */
public final class SinkBenchmark {

    private static final int ROUNDS = 5;
    private static final int RECORDS = 200_000;
    private static final int QUICK_RECORDS = 60_000;
    private static final int DEBEZIUM_BATCH = 5000;

    private final boolean quick;
    private final String only;

    /**
     * A measurement.
     *
     * @param quick two rounds with fewer records
     * @param only a part of the names of the cases to be measured; empty for all
     */
    public SinkBenchmark(boolean quick, String only) {
        this.quick = quick;
        this.only = only;
    }

    private List<Case> cases() {
        int records = quick ? QUICK_RECORDS : RECORDS;
        List<Case> cases = new ArrayList<>();
        for (Workload workload : Workload.values()) {
            cases.add(new Case(Vendor.POSTGRESQL, false, false, workload, 1, records));
        }
        for (Workload workload : List.of(Workload.INSERT, Workload.UPDATE)) {
            cases.add(new Case(Vendor.POSTGRESQL, false, false, workload, 4, records));
            cases.add(new Case(Vendor.POSTGRESQL, true, false, workload, 1, records));
            cases.add(new Case(Vendor.POSTGRESQL, false, true, workload, 1, records));
            cases.add(new Case(Vendor.MARIADB, false, false, workload, 1, records));
        }
        return cases.stream().filter(what -> what.name().contains(only)).toList();
    }

    /** Runs. */
    public Figures run(Rig rig) {
        Figures figures = new Figures("records/s");
        try (AvroTopics topics = new AvroTopics(rig.pair())) {
            List<Contender> contenders = List.of(
                    TandemSink.asItComes(rig, topics),
                    new DebeziumSink(rig, topics, DEBEZIUM_BATCH),
                    new BareLoop(rig),
                    TandemSink.inOneSession(rig, topics));
            for (int round = 0; round < (quick ? 2 : ROUNDS); round++) {
                for (Case what : cases()) {
                    for (Contender contender : contenders) {
                        if (contender.takes(what)) {
                            figures.add("sink-" + what.name(), contender.name(), contender.run(what));
                        }
                    }
                }
            }
        }
        return figures;
    }
}
