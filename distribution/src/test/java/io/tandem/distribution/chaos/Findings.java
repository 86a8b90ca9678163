package io.tandem.distribution.chaos;

import java.util.ArrayList;
import java.util.List;

/** Tells enough of what is wrong to find the cause: keys, versions and writes, but no other data. */
final class Findings {

    private static final int MOST = 20;
    private static final int AROUND = 5;

    private final Verdict verdict;

    Findings(Verdict verdict) {
        this.verdict = verdict;
    }

    /** What is wrong, line by line; nothing if all is as it must be. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        verdict.differences().stream()
                .limit(MOST)
                .forEach(difference -> lines.add("DIFFERENT " + difference.register() + ", " + difference.fields()));
        verdict.lost().stream().limit(MOST).forEach(write -> lost(write, lines));
        verdict.statements().errors().stream().limit(MOST).forEach(error -> lines.add("APPLICATION " + error));
        verdict.alarms().stream().limit(MOST).forEach(alarm -> lines.add("ALARM " + alarm));
        return lines;
    }

    /** The values of all that differs, which are for those only who look for the cause. */
    List<String> values() {
        return verdict.differences().stream()
                .map(difference -> difference.register() + ", " + difference.values())
                .toList();
    }

    private void lost(Write lost, List<String> lines) {
        Register register = lost.register();
        Register root = Register.root(register.kind(), register.key());
        lines.add("LOST " + register + ": " + told(lost));
        List<Write> all = verdict.writes().getOrDefault(register, List.of());
        int at = all.indexOf(lost);
        for (Write write : all.subList(Math.max(0, at - AROUND), Math.min(all.size(), at + AROUND + 1))) {
            lines.add((write.equals(lost) ? "  > " : "    ") + told(write));
        }
        verdict.shown()
                .forEach((side, shown) -> lines.add(
                        "    " + side.id() + " shows " + shown.marker(register) + " under " + shown.version(root)));
        verdict.overruled().stream()
                .filter(row -> row.root().equals(root))
                .filter(row -> Math.abs(row.notedMicros() - lost.endedMicros()) < 60_000_000)
                .limit(MOST)
                .forEach(row -> lines.add("    ledger at " + row.notedMicros() + ": " + row.told() + ", overruled "
                        + (row.deleted() ? "a delete" : row.marker(register))));
    }

    private static String told(Write write) {
        return write.side().id() + " session " + write.session() + " " + write.action() + " " + write.id() + " over "
                + write.previous() + ", " + write.startedMicros() + " to " + write.endedMicros() + ", "
                + write.outcome();
    }
}
