package io.tandem.benchmarks.core;

import java.io.PrintStream;
import java.util.Collection;
import java.util.Locale;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

/** Prints what decisions cost: a line for each benchmark, as {@code core-apply  12.3 ns/op  0.0 B/op}. */
public final class CoreTable {

    private static final String ALLOCATED = "gc.alloc.rate.norm";

    private CoreTable() {}

    /**
     * Prints results of {@link CoreBenchmark}.
     *
     * @throws IllegalStateException if they were made without JMH's GC profiler
     */
    public static void print(Collection<RunResult> results, PrintStream out) {
        for (RunResult result : results) {
            Result<?> time = result.getPrimaryResult();
            Result<?> bytes = result.getSecondaryResults().get(ALLOCATED);
            if (bytes == null) {
                throw new IllegalStateException("the profiler gave no " + ALLOCATED + ", but "
                        + result.getSecondaryResults().keySet());
            }
            out.printf(
                    Locale.ROOT,
                    "core-%-12s %8.1f ± %5.1f %s %8.1f %s%n",
                    time.getLabel(),
                    time.getScore(),
                    time.getScoreError(),
                    time.getScoreUnit(),
                    bytes.getScore(),
                    bytes.getScoreUnit());
        }
    }
}
