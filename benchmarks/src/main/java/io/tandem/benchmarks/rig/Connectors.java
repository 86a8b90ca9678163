package io.tandem.benchmarks.rig;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;

/** The connectors of one measurement, which are deleted with it. For one thread. */
public final class Connectors implements AutoCloseable {

    private final Rig rig;
    private final Deque<String> started = new ArrayDeque<>();

    /** None yet, on the rig's worker. */
    public Connectors(Rig rig) {
        this.rig = rig;
    }

    /**
     * Creates a connector and waits until it and its tasks run.
     *
     * @param name unlike that of any connector before on this rig, whose offsets it would go on from
     */
    public void start(String name, Map<String, String> settings) {
        rig.pair().rest().put(name, settings);
        started.push(name);
        rig.pair().awaitRunning(name);
    }

    @Override
    public void close() {
        while (!started.isEmpty()) {
            rig.pair().rest().delete(started.pop());
        }
    }
}
