package io.tandem.benchmarks;

import java.io.PrintStream;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

/** Prints the scores of a run, and ratios between them. */
final class Ratios {

    private final Map<String, Result<?>> scores;
    private final PrintStream out;

    Ratios(Collection<RunResult> results, PrintStream out) {
        this.scores = results.stream()
                .<Result<?>>map(result -> result.getPrimaryResult())
                .collect(Collectors.toMap(Result::getLabel, result -> result));
        this.out = out;
    }

    /** A line of the table: both scores with the half width of their 99.9 % interval. */
    void compare(String title, String ours, String theirs) {
        out.printf(
                Locale.ROOT,
                "%-28s ours %s   theirs %s   ratio %.2f%n",
                title,
                text(ours),
                text(theirs),
                ratio(ours, theirs));
    }

    private String text(String label) {
        Result<?> result = result(label);
        return String.format(
                Locale.ROOT, "%8.1f ± %5.1f %s", result.getScore(), result.getScoreError(), result.getScoreUnit());
    }

    /** The line that scripts read. */
    void print(String name, String ours, String theirs) {
        out.printf(Locale.ROOT, "RATIO %s %.2f%n", name, ratio(ours, theirs));
    }

    private double ratio(String ours, String theirs) {
        return result(ours).getScore() / result(theirs).getScore();
    }

    private Result<?> result(String label) {
        Result<?> result = scores.get(label);
        if (result == null) {
            throw new IllegalStateException("the benchmark " + label + " gave no result, see its output above");
        }
        return result;
    }
}
