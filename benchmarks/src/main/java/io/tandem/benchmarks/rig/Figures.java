package io.tandem.benchmarks.rig;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * What several contenders reached in several cases, one figure each, in some rounds. What has no contender, or more
 * figures than one, is for {@link Measures}. Not thread-safe.
 */
public final class Figures {

    /** The contender that all others are a measure for. */
    public static final String OURS = "tandem";

    private static final double DECIMALS_BELOW = 100;

    private final String unit;
    private final Map<String, Map<String, List<Double>>> cases = new LinkedHashMap<>();
    private final Map<String, String> otherUnits = new HashMap<>();

    /** @param unit as {@code records/s}, for all cases that have none of their own; more is better */
    public Figures(String unit) {
        this.unit = unit;
    }

    /** Notes what a contender reached in one round of a case. */
    public void add(String what, String contender, double figure) {
        cases.computeIfAbsent(what, key -> new LinkedHashMap<>())
                .computeIfAbsent(contender, key -> new ArrayList<>())
                .add(figure);
        System.err.printf(Locale.ROOT, "%-40s %-10s %12s %s%n", what, contender, text(figure), unit(what));
    }

    /** As {@link #add(String, String, double)}, for a case that is measured in milliseconds; less is better. */
    public void addMillis(String what, String contender, double figure) {
        otherUnits.put(what, "ms");
        add(what, contender, figure);
    }

    /** Prints medians with the lowest and highest of the rounds, then a line for each ratio of medians. */
    public void print(PrintStream out) {
        out.printf(Locale.ROOT, "%-40s %-10s %12s %12s %12s%n", "", "", "median", "lowest", "highest");
        cases.forEach((what, contenders) -> contenders.forEach((contender, rounds) -> out.printf(
                Locale.ROOT,
                "%-40s %-10s %12s %12s %12s %s%n",
                what,
                contender,
                text(median(rounds)),
                text(rounds.stream().min(Double::compare).orElseThrow()),
                text(rounds.stream().max(Double::compare).orElseThrow()),
                unit(what))));
        cases.forEach((what, contenders) -> contenders.forEach((contender, rounds) -> {
            if (!contender.equals(OURS) && contenders.containsKey(OURS)) {
                double ratio = median(Objects.requireNonNull(contenders.get(OURS))) / median(rounds);
                out.printf(Locale.ROOT, "RATIO %s-vs-%s %.2f%n", what, contender, ratio);
            }
        }));
    }

    /** The unit of a case. */
    String unit(String what) {
        return otherUnits.getOrDefault(what, unit);
    }

    /** A figure as people read it: with decimals where they are a noteworthy part of it. */
    static String text(double figure) {
        return String.format(Locale.ROOT, figure < DECIMALS_BELOW ? "%.2f" : "%,.0f", figure);
    }

    /** For each case the median of each contender's rounds, in the order in which they came. */
    Map<String, Map<String, Double>> medians() {
        Map<String, Map<String, Double>> medians = new LinkedHashMap<>();
        cases.forEach((what, contenders) -> contenders.forEach((contender, rounds) ->
                medians.computeIfAbsent(what, key -> new LinkedHashMap<>()).put(contender, median(rounds))));
        return medians;
    }

    static double median(List<Double> rounds) {
        List<Double> sorted = rounds.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
