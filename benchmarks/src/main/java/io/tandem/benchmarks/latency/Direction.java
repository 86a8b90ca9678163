package io.tandem.benchmarks.latency;

import io.tandem.benchmarks.rig.Scratch;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/** Changes that are made on one master and seen on the other one. For one thread. */
final class Direction implements AutoCloseable {

    private final String name;
    private final Arrivals arrivals;
    private final Writers writers;

    Direction(Scratch from, Scratch to, Writers.Accounting accounting) {
        name = Scratch.name(from.vendor()) + "-to-" + Scratch.name(to.vendor());
        arrivals = new Arrivals(to);
        try {
            writers = new Writers(from, accounting, arrivals::await);
        } catch (RuntimeException e) {
            arrivals.close();
            throw e;
        }
    }

    /** As {@code postgresql-to-mariadb}. */
    String name() {
        return name;
    }

    Writers writers() {
        return writers;
    }

    Arrivals arrivals() {
        return arrivals;
    }

    /** Waits until all is written and has arrived. */
    void await(List<Future<?>> writing, Runnable check) throws InterruptedException {
        for (Future<?> one : writing) {
            try {
                one.get();
            } catch (ExecutionException e) {
                throw new IllegalStateException("cannot write", e);
            }
        }
        arrivals.awaitAll(check);
    }

    @Override
    public void close() {
        try (arrivals) {
            writers.close();
        }
    }
}
