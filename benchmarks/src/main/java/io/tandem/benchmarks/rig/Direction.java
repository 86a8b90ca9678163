package io.tandem.benchmarks.rig;

import io.tandem.examples.ExamplePair;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The running source and sink that take what happens at one master to the other. For one thread. */
public final class Direction implements AutoCloseable {

    private final ExamplePair pair;
    private final List<String> connectors = new ArrayList<>();

    private Direction(ExamplePair pair) {
        this.pair = pair;
    }

    /**
     * A master.
     *
     * @param database has the tables, under clocks
     * @param id either legacy or modern
     */
    public record Master(Scratch database, String id) {}

    /**
     * Creates the connectors, which send the aggregate account over a topic of one partition, and waits until they run.
     *
     * @param id in the names of the connectors, and the topic's name
     */
    public static Direction start(Rig rig, Accounts accounts, String id, Master from, Master to) {
        Direction direction = new Direction(rig.pair());
        try {
            direction.create(id + "-source", source(accounts, id, from));
            direction.create(id + "-sink", sink(accounts, id, to));
            return direction;
        } catch (RuntimeException e) {
            direction.close();
            throw e;
        }
    }

    private void create(String connector, Map<String, String> settings) {
        pair.rest().put(connector, settings);
        connectors.add(connector);
        pair.awaitRunning(connector);
    }

    /**
     * Looks at the worker.
     *
     * @throws IllegalStateException with the trace if a connector or a task failed
     */
    public void requireNoFailure() {
        pair.requireNoFailure();
    }

    private static Map<String, String> source(Accounts accounts, String id, Master from) {
        Map<String, String> settings = State.source(from.database(), accounts, from.id());
        settings.put("topic", id);
        settings.put("topic.creation.default.replication.factor", "1");
        settings.put("topic.creation.default.partitions", "1");
        return settings;
    }

    private static Map<String, String> sink(Accounts accounts, String id, Master to) {
        Map<String, String> settings = State.sink(to.database(), accounts, to.id());
        settings.put("topics", id);
        settings.put("consumer.override.auto.offset.reset", "earliest");
        settings.put("consumer.override.metadata.max.age.ms", "1000");
        return settings;
    }

    /** Removes the connectors. */
    @Override
    public void close() {
        connectors.forEach(pair.rest()::delete);
    }
}
