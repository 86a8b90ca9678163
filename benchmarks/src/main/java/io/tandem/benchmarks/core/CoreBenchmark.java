package io.tandem.benchmarks.core;

import io.tandem.benchmarks.core.Arrivals.Arrival;
import io.tandem.clock.Decision;
import io.tandem.clock.Masters;
import io.tandem.clock.Reconciler;
import io.tandem.clock.TimestampPolicy;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * One decision of the {@link Reconciler} of a master about what arrives there. The decision is returned as a whole, as
 * the sink keeps it as a whole: what it takes of the heap counts.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CoreBenchmark {

    private final Reconciler reconciler =
            new Reconciler(new TimestampPolicy(new Masters(Arrivals.MASTERS)), Arrivals.SELF);
    private final Arrivals newer = Arrivals.newer();
    private final Arrivals older = Arrivals.older();
    private final Arrivals again = Arrivals.again();
    private final Arrivals concurrent = Arrivals.concurrent();

    /** What arrives knows all that is stored. */
    @Benchmark
    public Decision apply() {
        return decide(newer);
    }

    /** What arrives was written over. */
    @Benchmark
    public Decision stale() {
        return decide(older);
    }

    /** What arrives is stored. */
    @Benchmark
    public Decision duplicate() {
        return decide(again);
    }

    /** Neither knows the other. */
    @Benchmark
    public Decision conflict() {
        return decide(concurrent);
    }

    private Decision decide(Arrivals arrivals) {
        Arrival arrival = arrivals.next();
        return reconciler.reconcile(arrival.stored(), arrival.incoming());
    }
}
