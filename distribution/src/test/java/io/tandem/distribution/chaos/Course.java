package io.tandem.distribution.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What happened in a run beside the writes. For one thread. */
final class Course {

    private final Map<FaultKind, Integer> struck = new EnumMap<>(FaultKind.class);
    private final Map<FaultKind, List<Duration>> recoveries = new EnumMap<>(FaultKind.class);
    private final List<String> remarks = new ArrayList<>();
    private int overlaps;

    /** A fault has struck. */
    void struck(FaultKind kind) {
        struck.merge(kind, 1, Integer::sum);
    }

    /** Two faults were there at the same time. */
    void overlapped() {
        overlaps++;
    }

    /** After a fault that struck alone, writes of both masters arrived again. */
    void recovered(FaultKind kind, Duration after) {
        recoveries.computeIfAbsent(kind, first -> new ArrayList<>()).add(after);
    }

    /** Something that a reader should know. */
    void remark(String remark) {
        remarks.add(remark);
    }

    Map<FaultKind, Integer> struck() {
        return Map.copyOf(struck);
    }

    Map<FaultKind, List<Duration>> recoveries() {
        return Map.copyOf(recoveries);
    }

    List<String> remarks() {
        return List.copyOf(remarks);
    }

    int overlaps() {
        return overlaps;
    }

    /** How many faults there were. */
    int faults() {
        return struck.values().stream().mapToInt(Integer::intValue).sum();
    }
}
