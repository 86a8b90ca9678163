package io.tandem.benchmarks;

import io.tandem.benchmarks.mapping.MappingBenchmark;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** The entry point of {@code benchmarks/run.sh}. */
public final class Benchmarks {

    private Benchmarks() {}

    /**
     * Runs what the arguments name.
     *
     * @param args {@code mapping}, and {@code --quick} for a short run whose figures mean less
     */
    public static void main(String[] args) throws RunnerException {
        List<String> arguments = List.of(args);
        boolean quick = arguments.contains("--quick");
        if (arguments.contains("mapping")) {
            mapping(quick);
        } else {
            throw new IllegalArgumentException("expected: mapping [--quick]");
        }
    }

    private static void mapping(boolean quick) throws RunnerException {
        Collection<RunResult> results = new Runner(new OptionsBuilder()
                        .include(MappingBenchmark.class.getName())
                        .forks(quick ? 1 : 3)
                        .warmupIterations(quick ? 2 : 4)
                        .warmupTime(TimeValue.seconds(1))
                        .measurementIterations(quick ? 3 : 5)
                        .measurementTime(TimeValue.seconds(1))
                        .build())
                .run();
        Ratios ratios = new Ratios(results, System.out);
        System.out.println();
        ratios.compare("local → canonical", "mappingToCanonical", "kafkaToCanonical");
        ratios.compare("canonical → local", "mappingFromCanonical", "kafkaFromCanonical");
        ratios.print("mapping-to-canonical-vs-kafka-transforms", "mappingToCanonical", "kafkaToCanonical");
        ratios.print("mapping-vs-kafka-transforms", "mappingFromCanonical", "kafkaFromCanonical");
    }
}
