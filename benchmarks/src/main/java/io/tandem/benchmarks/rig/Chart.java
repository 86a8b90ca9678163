package io.tandem.benchmarks.rig;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/**
 * Draws medians as bars, in SVG: one group per case, one bar per contender. Bars compare within their group only, since
 * cases are of different kinds: the longest of each has the same length.
 */
public final class Chart {

    private static final int LABEL = 300;
    private static final int WIDTH = 340;
    private static final int BAR = 16;
    private static final int GAP = 14;
    private static final int MARGIN = 10;
    private static final int RIGHT = 130;
    private static final Map<String, String> COLORS = Map.of(Figures.OURS, "#2f6f9f", "bare", "#b5b5b5");
    private static final String OTHER = "#d08c3f";

    private Chart() {}

    /** Writes the chart of some figures into a file. */
    public static void write(Figures figures, Path file) {
        try {
            Files.writeString(file, svg(figures));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the chart", e);
        }
    }

    private static String svg(Figures figures) {
        StringBuilder bars = new StringBuilder();
        int y = MARGIN;
        for (Map.Entry<String, Map<String, Double>> what : figures.medians().entrySet()) {
            double longest =
                    what.getValue().values().stream().max(Double::compare).orElseThrow();
            for (Map.Entry<String, Double> contender : what.getValue().entrySet()) {
                int length = (int) Math.round(WIDTH * contender.getValue() / longest);
                text(bars, LABEL - 6, y, "end", what.getKey() + " · " + contender.getKey());
                bars.append(String.format(
                        Locale.ROOT,
                        "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"%s\"/>%n",
                        LABEL,
                        y,
                        length,
                        BAR - 2,
                        COLORS.getOrDefault(contender.getKey(), OTHER)));
                text(
                        bars,
                        LABEL + length + 6,
                        y,
                        "start",
                        Figures.text(contender.getValue()) + " " + figures.unit(what.getKey()));
                y += BAR;
            }
            y += GAP;
        }
        return String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%1$d\" height=\"%2$d\" viewBox=\"0 0 %1$d %2$d\" "
                        + "font-family=\"sans-serif\" font-size=\"11\">%n"
                        + "<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>%n%3$s</svg>%n",
                LABEL + WIDTH + RIGHT,
                y,
                bars);
    }

    private static void text(StringBuilder into, int x, int y, String anchor, String text) {
        into.append(String.format(
                Locale.ROOT, "<text x=\"%d\" y=\"%d\" text-anchor=\"%s\">%s</text>%n", x, y + BAR - 5, anchor, text));
    }
}
