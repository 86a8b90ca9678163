package io.tandem.benchmarks.latency;

import io.tandem.benchmarks.rig.Accounts;
import io.tandem.benchmarks.rig.Connectors;
import io.tandem.benchmarks.rig.Measures;
import io.tandem.benchmarks.rig.Rig;
import io.tandem.benchmarks.rig.Scratch;
import io.tandem.benchmarks.rig.State;
import io.tandem.testbed.Vendor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;

/**
 * Single changes at a steady rate on both masters at once, each from its commit there to its commit on the other one; what
 * all parts together cost meanwhile, and what they cost while nothing is written. Two databases of one vendor share a server.
 */
public final class LatencyBenchmark {

    /** Changes per second on each master. */
    private static final List<Integer> RATES = List.of(10, 200, 1000);

    private static final List<List<Vendor>> PAIRS =
            List.of(List.of(Vendor.POSTGRESQL, Vendor.MARIADB), List.of(Vendor.POSTGRESQL, Vendor.POSTGRESQL));

    private static final int ROUNDS = 5;
    private static final Duration MEASURED = Duration.ofSeconds(20);
    private static final Duration MEASURED_QUICK = Duration.ofSeconds(5);
    // the worker's code is compiled then, at a rate that does so quickly
    private static final Duration FIRST_WARM_UP = Duration.ofSeconds(10);
    private static final int FIRST_WARM_UP_RATE = 200;
    private static final Duration WARM_UP = Duration.ofSeconds(3);
    // at the highest rate none comes again before this many milliseconds
    private static final int ACCOUNTS_PER_MASTER = 10_000;
    private static final double P50 = 0.5;
    private static final double P99 = 0.99;

    private final int rounds;
    private final Duration measured;
    private final int pollMillis;
    private final String only;
    private int runs;

    /**
     * A measurement.
     *
     * @param quick one round
     * @param pollMillis how often a source looks for changes
     * @param only a part of the names of the cases to be measured; empty for all
     */
    public LatencyBenchmark(boolean quick, int pollMillis, String only) {
        this.rounds = quick ? 1 : ROUNDS;
        this.measured = quick ? MEASURED_QUICK : MEASURED;
        this.pollMillis = pollMillis;
        this.only = only;
    }

    /** Runs. */
    public Measures run(Rig rig) {
        Measures measures = new Measures();
        for (int round = 0; round < rounds; round++) {
            for (List<Vendor> pair : PAIRS) {
                String masters = Scratch.name(pair.get(0)) + "-" + Scratch.name(pair.get(1));
                List<Integer> rates = RATES.stream()
                        .filter(rate -> name(rate, masters).contains(only))
                        .toList();
                if (!rates.isEmpty()) {
                    run(rig, pair.get(0), pair.get(1), rates, measures);
                }
            }
        }
        return measures;
    }

    private static String name(int rate, String what) {
        return "latency-" + rate + "-" + what;
    }

    private void run(Rig rig, Vendor one, Vendor other, List<Integer> rates, Measures measures) {
        Accounts accounts = new Accounts(false);
        try (Scratch legacy = rig.scratch(one);
                Scratch modern = rig.scratch(other);
                Connectors connectors = new Connectors(rig)) {
            State.create(legacy, accounts, 2 * ACCOUNTS_PER_MASTER, "legacy");
            State.create(modern, accounts, 2 * ACCOUNTS_PER_MASTER, "modern");
            String id = "latency" + ++runs;
            connectors.start(id + "-legacy-source", source(legacy, accounts, "legacy", id));
            connectors.start(id + "-modern-source", source(modern, accounts, "modern", id));
            connectors.start(id + "-legacy-sink", State.sink(legacy, accounts, "legacy", id + "-modern"));
            connectors.start(id + "-modern-sink", State.sink(modern, accounts, "modern", id + "-legacy"));
            try (Direction there = new Direction(legacy, modern, new Writers.Accounting(1, ACCOUNTS_PER_MASTER));
                    Direction back = new Direction(modern, legacy, new Writers.Accounting(2, ACCOUNTS_PER_MASTER))) {
                new Steps(List.of(there, back), rig.pair()::requireNoFailure).run(rates, measures);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted", e);
            }
        }
    }

    private Map<String, String> source(Scratch database, Accounts accounts, String master, String id) {
        Map<String, String> settings = State.source(database, accounts, master, id + "-" + master);
        settings.put("source.poll.interval.ms", Integer.toString(pollMillis));
        return settings;
    }

    /** What is done with a pair whose connectors run. */
    private final class Steps {

        private final List<Direction> directions;
        private final Runnable check;

        Steps(List<Direction> directions, Runnable check) {
            this.directions = directions;
            this.check = check;
        }

        void run(List<Integer> rates, Measures measures) throws InterruptedException {
            load(FIRST_WARM_UP, Duration.ZERO, FIRST_WARM_UP_RATE);
            Window.awaitMoment(System.nanoTime() + WARM_UP.toNanos());
            Cores before = Cores.now(directions);
            Window idle = Window.of(System.nanoTime(), measured);
            Window.awaitMoment(idle.endNanos());
            double coresIdle =
                    Cores.now(directions).since(before, idle.seconds()).parts();
            for (int rate : rates) {
                Load load = load(WARM_UP, measured, rate);
                load.seen().forEach((name, seen) -> {
                    String what = name(rate, name);
                    measures.add(what, "p50-ms", seen.delays().millis(P50));
                    measures.add(what, "p99-ms", seen.delays().millis(P99));
                    measures.add(what, "max-ms", seen.delays().millis(1));
                    measures.add(what, "cores", load.cores().parts());
                    measures.add(what, "cores-idle", coresIdle);
                    measures.add(what, "cores-application", load.cores().application());
                    double masters = directions.size() / (double) load.seen().size();
                    double written = seen.delays().count() / load.window().seconds() / masters;
                    measures.add(what, "changes-per-s-and-master", written);
                    measures.add(what, "look-p50-ms", seen.looks().millis(P50));
                    measures.add(what, "look-p99-ms", seen.looks().millis(P99));
                });
            }
        }

        private Load load(Duration warmUp, Duration length, int rate) throws InterruptedException {
            long start = System.nanoTime();
            Window window = Window.of(start + warmUp.toNanos(), length);
            List<List<Future<?>>> writing = new ArrayList<>();
            for (Direction direction : directions) {
                writing.add(direction.writers().start(start, window.endNanos(), rate));
            }
            Window.awaitMoment(window.startNanos());
            Cores before = Cores.now(directions);
            long began = System.nanoTime();
            Window.awaitMoment(window.endNanos());
            Cores after = Cores.now(directions);
            double seconds = Window.of(began, Duration.ofNanos(System.nanoTime() - began))
                    .seconds();
            Map<String, Arrivals.Seen> seen = new LinkedHashMap<>();
            for (int i = 0; i < directions.size(); i++) {
                Direction direction = directions.get(i);
                direction.await(writing.get(i), check);
                // two directions between databases of one vendor are two of one kind
                seen.merge(direction.name(), direction.arrivals().take(window), Arrivals.Seen::and);
            }
            return new Load(window, after.since(before, seconds), seen);
        }
    }

    private record Load(Window window, Cores cores, Map<String, Arrivals.Seen> seen) {}
}
