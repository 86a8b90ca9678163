package io.tandem.benchmarks.rig;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** What several contenders reached in several cases, in some rounds each. Not thread-safe. */
public final class Figures {

    /** The contender that all others are a measure for. */
    public static final String OURS = "tandem";

    private final String unit;
    private final Map<String, Map<String, List<Double>>> cases = new LinkedHashMap<>();

    /** @param unit as {@code records/s}; more is better */
    public Figures(String unit) {
        this.unit = unit;
    }

    /** Notes what a contender reached in one round of a case. */
    public void add(String what, String contender, double figure) {
        cases.computeIfAbsent(what, key -> new LinkedHashMap<>())
                .computeIfAbsent(contender, key -> new ArrayList<>())
                .add(figure);
        System.err.printf(Locale.ROOT, "%-40s %-10s %,12.0f %s%n", what, contender, figure, unit);
    }

    /** Prints medians with the lowest and highest of the rounds, then a line for each ratio of medians. */
    public void print(PrintStream out) {
        out.printf(Locale.ROOT, "%-40s %-10s %12s %12s %12s  %s%n", "", "", "median", "lowest", "highest", unit);
        cases.forEach((what, contenders) -> contenders.forEach((contender, rounds) -> out.printf(
                Locale.ROOT,
                "%-40s %-10s %,12.0f %,12.0f %,12.0f%n",
                what,
                contender,
                median(rounds),
                rounds.stream().min(Double::compare).orElseThrow(),
                rounds.stream().max(Double::compare).orElseThrow())));
        cases.forEach((what, contenders) -> contenders.forEach((contender, rounds) -> {
            if (!contender.equals(OURS) && contenders.containsKey(OURS)) {
                double ratio = median(Objects.requireNonNull(contenders.get(OURS))) / median(rounds);
                out.printf(Locale.ROOT, "RATIO %s-vs-%s %.2f%n", what, contender, ratio);
            }
        }));
    }

    String unit() {
        return unit;
    }

    /** For each case the median of each contender's rounds, in the order in which they came. */
    Map<String, Map<String, Double>> medians() {
        Map<String, Map<String, Double>> medians = new LinkedHashMap<>();
        cases.forEach((what, contenders) -> contenders.forEach((contender, rounds) ->
                medians.computeIfAbsent(what, key -> new LinkedHashMap<>()).put(contender, median(rounds))));
        return medians;
    }

    private static double median(List<Double> rounds) {
        List<Double> sorted = rounds.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
