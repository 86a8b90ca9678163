package io.tandem.distribution.chaos;

import io.tandem.distribution.chaos.Write.Action;
import io.tandem.distribution.chaos.Write.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/** Tells people what a run was like, as tables. Stateless but for the verdict. */
final class Report {

    private final Verdict verdict;

    Report(Verdict verdict) {
        this.verdict = verdict;
    }

    /** The tables, line by line. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        faults(lines);
        writes(lines);
        Statements statements = verdict.statements();
        lines.add("");
        lines.add("conflicts                  "
                + bySide(side -> verdict.conflicts().getOrDefault(side, 0L)));
        lines.add("slowest statement, ms      "
                + bySide(side -> statements.slowest(side).toMillis()));
        lines.add("failed for want of a server " + statements.outages());
        lines.add("records sent twice         " + verdict.repeats().sent() + " (asked for: "
                + verdict.repeats().sentAgain() + " aggregates)");
        lines.add("records read again         " + verdict.repeats().readAgain());
        remarks(lines);
        return lines;
    }

    private void faults(List<String> lines) {
        lines.add(String.format(Locale.ROOT, "%-20s %6s %28s", "fault", "times", "recovery alone, ms: median max"));
        Course course = verdict.course();
        for (FaultKind kind : FaultKind.values()) {
            Integer times = course.struck().get(kind);
            if (times != null) {
                List<Long> recoveries = course.recoveries().getOrDefault(kind, List.of()).stream()
                        .map(Duration::toMillis)
                        .sorted()
                        .toList();
                String told = recoveries.isEmpty()
                        ? "-"
                        : recoveries.get(recoveries.size() / 2) + " " + recoveries.get(recoveries.size() - 1);
                lines.add(String.format(Locale.ROOT, "%-20s %6d %28s", kind.told(), times, told));
            }
        }
        lines.add("overlapping: " + course.overlaps());
        lines.add("");
    }

    private void writes(List<String> lines) {
        lines.add(String.format(Locale.ROOT, "%-26s %10s %10s", "writes", "legacy", "modern"));
        for (Action action : Action.values()) {
            line(
                    lines,
                    action.name().toLowerCase(Locale.ROOT) + " root",
                    write ->
                            write.action() == action && write.register().isRoot() && write.outcome() != Outcome.FAILED);
            line(
                    lines,
                    action.name().toLowerCase(Locale.ROOT) + " part",
                    write -> write.action() == action
                            && !write.register().isRoot()
                            && write.outcome() != Outcome.FAILED);
        }
        line(lines, "acknowledged", Write::isAcknowledged);
        line(lines, "in doubt", write -> write.outcome() == Outcome.IN_DOUBT);
        line(lines, "(rolled back)", write -> write.outcome() == Outcome.FAILED);
    }

    private void line(List<String> lines, String what, Predicate<Write> which) {
        List<Write> all = verdict.writes().values().stream()
                .flatMap(Collection::stream)
                .filter(which)
                .toList();
        lines.add(
                String.format(Locale.ROOT, "%-26s %10d %10d", what, count(all, Side.LEGACY), count(all, Side.MODERN)));
    }

    private static long count(List<Write> writes, Side side) {
        return writes.stream().filter(write -> write.side() == side).count();
    }

    private static String bySide(ToLongFunction<Side> figure) {
        return Arrays.stream(Side.values())
                .map(side -> side.id() + " " + figure.applyAsLong(side))
                .collect(Collectors.joining(", "));
    }

    private void remarks(List<String> lines) {
        verdict.course().remarks().stream()
                .collect(Collectors.groupingBy(remark -> remark, TreeMap::new, Collectors.counting()))
                .forEach((remark, times) -> lines.add(times + " x " + remark));
    }
}
