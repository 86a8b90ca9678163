package io.tandem.benchmarks.sink;

import io.tandem.benchmarks.rig.Accounts;
import io.tandem.benchmarks.rig.Connectors;
import io.tandem.benchmarks.rig.Progress;
import io.tandem.benchmarks.rig.Rig;
import io.tandem.benchmarks.rig.Scratch;
import java.util.HashMap;
import java.util.Map;

/** A sink connector in the worker. */
abstract class ConnectorContender implements Contender {

    private final Rig rig;
    private int runs;

    ConnectorContender(Rig rig) {
        this.rig = rig;
    }

    /** Makes the topic, if it is not there. */
    abstract String topic(Case what);

    /** Creates tables and what is in them before. */
    abstract void prepare(Scratch database, Case what);

    /** What is special to this connector's configuration. */
    abstract Map<String, String> settings(Scratch database, Case what);

    @Override
    public final double run(Case what) {
        String topic = topic(what);
        try (Scratch database = rig.scratch(what.vendor());
                Connectors connectors = new Connectors(rig)) {
            prepare(database, what);
            Map<String, String> settings = new HashMap<>(settings(database, what));
            settings.put("topics", topic);
            settings.put("tasks.max", Integer.toString(what.tasks()));
            settings.put("consumer.override.auto.offset.reset", "earliest");
            settings.putIfAbsent("connection.url", database.url());
            // a group of its own for each run, so that it reads from the beginning
            connectors.start(name() + "-" + what.name() + "-" + ++runs, settings);
            return Progress.of(
                            database,
                            what.records(),
                            new Records(new Accounts(what.children()), what)::coldNumber,
                            rig.pair()::requireNoFailure)
                    .afterTheFirstTenth();
        }
    }
}
