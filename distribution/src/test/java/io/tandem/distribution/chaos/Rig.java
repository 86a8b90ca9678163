package io.tandem.distribution.chaos;

import io.tandem.distribution.TestAggregate;
import io.tandem.examples.ExamplePair;
import io.tandem.examples.Master;
import io.tandem.testbed.ConnectRest;
import io.tandem.testbed.ConnectWorker;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The real parts with the tables and connectors of the run, and a second worker where one is wanted. For one thread. */
final class Rig {

    private static final int TASKS = 2;

    private final ExamplePair pair;
    private @Nullable ConnectWorker second;

    private Rig(ExamplePair pair) {
        this.pair = pair;
    }

    /** Creates the tables and starts the connectors in a pair. They are there until the pair is closed. */
    @SuppressWarnings("resource")
    static Rig install(ExamplePair pair) {
        for (Kind kind : Kind.values()) {
            TestAggregate.start(
                    pair,
                    kind.aggregate(),
                    Tables.canonical(kind),
                    new Tables(kind, Side.LEGACY).forConnectors(TASKS),
                    new Tables(kind, Side.MODERN).forConnectors(TASKS));
        }
        return new Rig(pair);
    }

    ExamplePair pair() {
        return pair;
    }

    Master master(Side side) {
        return side == Side.LEGACY ? pair.legacy() : pair.modern();
    }

    /** All connectors of the run. */
    List<String> connectors() {
        List<String> connectors = new ArrayList<>(connectors("source"));
        connectors.addAll(connectors("sink"));
        return connectors;
    }

    /** All sources or all sinks. */
    List<String> connectors(String sourceOrSink) {
        return Arrays.stream(Kind.values())
                .flatMap(kind -> Arrays.stream(Side.values()).map(side -> kind.connector(side, sourceOrSink)))
                .toList();
    }

    /** The topics of all sources. */
    List<String> topics() {
        return Arrays.stream(Kind.values())
                .flatMap(kind ->
                        Arrays.stream(Side.values()).map(side -> "tandem." + kind.aggregate() + "." + side.id()))
                .toList();
    }

    /** The interface of a worker that runs. */
    ConnectRest rest() {
        return pair.worker().isAlive() || second == null ? pair.rest() : second.rest();
    }

    /** Starts the second worker, for the first time or again. */
    void startSecondWorker() {
        if (second == null) {
            second = pair.anotherWorker();
        } else if (!second.isAlive()) {
            second.restart();
        }
    }

    void stopSecondWorker() {
        if (second != null) {
            second.stop();
        }
    }

    void killSecondWorker() {
        if (second != null) {
            second.kill();
        }
    }

    /** Starts whatever does not run, lets everything go on that is held, and leaves one worker. */
    void mend() {
        if (!pair.broker().isAlive()) {
            pair.broker().restart();
        }
        if (!pair.registry().isAlive()) {
            pair.registry().restart();
        }
        for (Side side : Side.values()) {
            if (!master(side).server().isAlive()) {
                master(side).server().restart();
            }
            master(side).server().setReadOnly(false);
        }
        pair.worker().thaw();
        if (!pair.worker().isAlive()) {
            pair.worker().restart();
        }
        stopSecondWorker();
        connectors().forEach(rest()::resume);
    }
}
