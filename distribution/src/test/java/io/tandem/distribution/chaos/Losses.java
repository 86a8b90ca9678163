package io.tandem.distribution.chaos;

import io.tandem.distribution.chaos.Write.Outcome;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Looks for acknowledged writes that are lost. A write is not lost if the masters show it, if a later write has overwritten
 * it that knew of it, or if a ledger keeps it as overruled. For one thread.
 *
 * <p>Who overwrites must have committed for that: an acknowledged write has. One in doubt counts only if it is not lost
 * itself by these rules; if it has committed and is lost, then what it overwrote is lost with it.
 */
final class Losses {

    private final Map<Register, List<Write>> writes;
    private final Shown shown;
    private final Map<Register, List<Overruled>> overruled;

    /**
     * @param writes all writes of a register, as the applications know them
     * @param shown what both masters show
     * @param overruled what the ledgers of both masters say
     */
    Losses(Map<Register, List<Write>> writes, Shown shown, List<Overruled> overruled) {
        this.writes = writes;
        this.shown = shown;
        this.overruled = overruled.stream().collect(Collectors.groupingBy(Overruled::root));
    }

    /** All acknowledged writes that are lost. */
    List<Write> all() {
        return writes.values().stream()
                .flatMap(List::stream)
                .filter(Write::isAcknowledged)
                .filter(write -> !isKept(write, new HashSet<>()))
                .toList();
    }

    /** @param asking writes that are being looked at because they overwrote one another; they prove nothing */
    private boolean isKept(Write write, Set<String> asking) {
        if (!asking.add(write.id())) {
            return false;
        }
        return isShown(write) || isOverruled(write) || isOverwritten(write, asking);
    }

    private boolean isShown(Write write) {
        String marker = shown.marker(write.register());
        return write.deletes() ? marker == null : write.id().equals(marker);
    }

    private boolean isOverruled(Write write) {
        Register register = write.register();
        return overruled.getOrDefault(Register.root(register.kind(), register.key()), List.of()).stream()
                .anyMatch(row -> write.deletes()
                        ? row.marker(register) == null && row.notedMicros() >= write.startedMicros()
                        : write.id().equals(row.marker(register)));
    }

    private boolean isOverwritten(Write write, Set<String> asking) {
        return writes.getOrDefault(write.register(), List.of()).stream()
                .filter(later -> knew(later, write))
                .anyMatch(later -> later.isAcknowledged() || isKept(later, asking));
    }

    /** A row that is gone has no marker, so who inserts it again knew of every delete that had ended. */
    private static boolean knew(Write later, Write write) {
        if (later.outcome() == Outcome.FAILED) {
            return false;
        }
        return write.deletes()
                ? later.previous() == null && later.endedMicros() >= write.startedMicros()
                : write.id().equals(later.previous());
    }
}
