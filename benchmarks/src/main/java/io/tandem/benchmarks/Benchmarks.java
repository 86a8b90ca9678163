package io.tandem.benchmarks;

import io.tandem.benchmarks.application.ApplicationBenchmark;
import io.tandem.benchmarks.backlog.BacklogBenchmark;
import io.tandem.benchmarks.core.CoreBenchmark;
import io.tandem.benchmarks.core.CoreTable;
import io.tandem.benchmarks.idle.IdleBenchmark;
import io.tandem.benchmarks.latency.LatencyBenchmark;
import io.tandem.benchmarks.mapping.MappingBenchmark;
import io.tandem.benchmarks.rig.Chart;
import io.tandem.benchmarks.rig.Figures;
import io.tandem.benchmarks.rig.Measures;
import io.tandem.benchmarks.rig.Rig;
import io.tandem.benchmarks.sink.SinkBenchmark;
import io.tandem.benchmarks.size.SizeBenchmark;
import io.tandem.benchmarks.source.SourceBenchmark;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** The entry point of {@code benchmarks/run.sh}. */
public final class Benchmarks {

    private static final int ROWS = 200_000;
    // a tenth of the default: for users who count milliseconds
    private static final int POLL_MILLIS = 5;

    private Benchmarks() {}

    /**
     * Runs what the arguments name.
     *
     * @param args what to measure; {@code --quick} for a short run whose figures mean less; {@code --only=} and a part of
     *     the names of the cases to be measured; {@code --chart=} and a file for a picture of what is compared
     */
    public static void main(String[] args) throws RunnerException {
        List<String> arguments = List.of(args);
        boolean quick = arguments.contains("--quick");
        String only = option(arguments, "--only=");
        String chart = option(arguments, "--chart=");
        switch (args.length == 0 ? "" : args[0]) {
            case "core" -> core(quick);
            case "mapping" -> mapping(quick);
            case "sink" -> onRig(chart, rig -> new SinkBenchmark(quick, only).run(rig));
            case "source" -> onRig(chart, rig -> new SourceBenchmark(quick, only).run(rig));
            case "backlog" ->
                onRig(chart, rig -> new BacklogBenchmark(quick, Integer.getInteger("rows", ROWS), only).run(rig));
            case "latency" ->
                measure(rig -> new LatencyBenchmark(quick, Integer.getInteger("poll", POLL_MILLIS), only).run(rig));
            case "application" -> onRig(chart, rig -> new ApplicationBenchmark(quick, only).run(rig));
            case "idle" -> measure(rig -> new IdleBenchmark(quick, only).run(rig));
            case "size" -> measure(rig -> new SizeBenchmark(quick, only).run(rig));
            default ->
                throw new IllegalArgumentException(
                        "expected: core|mapping|sink|source|backlog|latency|application|idle|size"
                                + " [--quick] [--only=<part of a case's name>] [--chart=<file>]");
        }
    }

    private static String option(List<String> arguments, String name) {
        return arguments.stream()
                .filter(argument -> argument.startsWith(name))
                .map(argument -> argument.substring(name.length()))
                .findFirst()
                .orElse("");
    }

    private static void onRig(String chart, Function<Rig, Figures> benchmark) {
        try (Rig rig = rig()) {
            Figures figures = benchmark.apply(rig);
            if (!chart.isEmpty()) {
                Chart.write(figures, Path.of(chart));
            }
            figures.print(System.out);
        }
    }

    private static void measure(Function<Rig, Measures> benchmark) {
        try (Rig rig = rig()) {
            benchmark.apply(rig).print(System.out);
        }
    }

    private static Rig rig() {
        return Rig.start(
                Path.of(System.getProperty("tandem.archive", "")), Path.of(System.getProperty("other.plugins", "")));
    }

    private static void core(boolean quick) throws RunnerException {
        Collection<RunResult> results = new Runner(options(CoreBenchmark.class, quick)
                        .addProfiler(GCProfiler.class)
                        .build())
                .run();
        System.out.println();
        CoreTable.print(results, System.out);
    }

    private static void mapping(boolean quick) throws RunnerException {
        Collection<RunResult> results =
                new Runner(options(MappingBenchmark.class, quick).build()).run();
        Ratios ratios = new Ratios(results, System.out);
        System.out.println();
        ratios.compare("local → canonical", "mappingToCanonical", "kafkaToCanonical");
        ratios.compare("canonical → local", "mappingFromCanonical", "kafkaFromCanonical");
        ratios.print("mapping-to-canonical-vs-kafka-transforms", "mappingToCanonical", "kafkaToCanonical");
        ratios.print("mapping-vs-kafka-transforms", "mappingFromCanonical", "kafkaFromCanonical");
    }

    private static ChainedOptionsBuilder options(Class<?> benchmark, boolean quick) {
        return new OptionsBuilder()
                .include(benchmark.getName())
                .forks(quick ? 1 : 3)
                .warmupIterations(quick ? 2 : 4)
                .warmupTime(TimeValue.seconds(1))
                .measurementIterations(quick ? 3 : 5)
                .measurementTime(TimeValue.seconds(1));
    }
}
