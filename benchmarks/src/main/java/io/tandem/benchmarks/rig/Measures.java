package io.tandem.benchmarks.rig;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What Tandem alone does in several cases: some quantities each, of any unit, of which less may be better, in some rounds.
 * Unlike {@link Figures} it has no contenders; which cases are to be compared is said. Not thread-safe.
 */
public final class Measures {

    private final Map<String, Map<String, List<Double>>> cases = new LinkedHashMap<>();
    private final Set<Ratio> ratios = new LinkedHashSet<>();

    private record Ratio(String what, String quantity, String of, String to) {}

    /**
     * Notes what a quantity of a case was in one round.
     *
     * @param what the case
     * @param quantity with its unit, as {@code p50-ms}
     */
    public void add(String what, String quantity, double value) {
        cases.computeIfAbsent(what, key -> new LinkedHashMap<>())
                .computeIfAbsent(quantity, key -> new ArrayList<>())
                .add(value);
        System.err.printf(Locale.ROOT, "%-44s %-14s %s%n", what, quantity, text(value));
    }

    /** Has a ratio of medians told: of one case to another one, which must have been measured by the time of printing. */
    public void ratio(String what, String quantity, String of, String to) {
        ratios.add(new Ratio(what, quantity, of, to));
    }

    /**
     * Prints a line per case with the medians, and the lowest and the highest of several rounds; then the medians as lines
     * that scripts read, and the ratios.
     */
    public void print(PrintStream out) {
        cases.forEach((what, quantities) -> {
            out.printf(Locale.ROOT, "%-44s", what);
            quantities.forEach((quantity, rounds) -> out.printf("  %s %s", quantity, spread(rounds)));
            out.println();
        });
        cases.forEach((what, quantities) -> quantities.forEach(
                (quantity, rounds) -> out.printf("FIGURE %s-%s %s%n", what, quantity, text(Figures.median(rounds)))));
        ratios.forEach(ratio -> out.printf(
                Locale.ROOT,
                "RATIO %s %.2f%n",
                ratio.what(),
                median(ratio.of(), ratio.quantity()) / median(ratio.to(), ratio.quantity())));
    }

    private double median(String what, String quantity) {
        return Figures.median(Objects.requireNonNull(
                Objects.requireNonNull(cases.get(what), what).get(quantity), quantity));
    }

    private static String spread(List<Double> rounds) {
        String median = text(Figures.median(rounds));
        return rounds.size() == 1
                ? median
                : String.format(
                        "%s (%s to %s)",
                        median,
                        text(rounds.stream().min(Double::compare).orElseThrow()),
                        text(rounds.stream().max(Double::compare).orElseThrow()));
    }

    /** Enough digits to compare, whatever the unit, and no separators. */
    private static String text(double value) {
        int digits = Math.abs(value) >= 1000 ? 0 : Math.abs(value) >= 10 ? 1 : 3;
        return String.format(Locale.ROOT, "%." + digits + "f", value);
    }
}
