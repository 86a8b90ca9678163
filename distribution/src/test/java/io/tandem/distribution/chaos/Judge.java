package io.tandem.distribution.chaos;

import io.tandem.distribution.Topics;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Judges what is left of a run when nothing is left to do. For one thread. */
final class Judge {

    private final Rig rig;
    private final WriteLog log;

    Judge(Rig rig, WriteLog log) {
        this.rig = rig;
        this.log = log;
    }

    /**
     * Looks for lost writes and counts what came twice.
     *
     * @param differences those that were found already
     * @param unquiet how often something was left to do
     */
    Verdict verdict(
            long seed,
            List<Difference> differences,
            Statements statements,
            Course course,
            SentAgain again,
            int unquiet) {
        Masters masters = new Masters(rig);
        Shown modern = masters.shown(Side.MODERN);
        Ledgers ledgers = Ledgers.read(rig);
        Map<Register, List<Write>> writes = log.byRegister();
        List<Write> lost = new Losses(writes, modern, ledgers.overruled()).all();
        return new Verdict(
                seed,
                writes,
                Map.of(Side.LEGACY, masters.shown(Side.LEGACY), Side.MODERN, modern),
                ledgers.overruled(),
                conflicts(ledgers),
                differences,
                lost,
                statements,
                ledgers.alarms(),
                course,
                new Verdict.Repeats(duplicates(), again.read(), again.sent()),
                unquiet);
    }

    private static Map<Side, Long> conflicts(Ledgers ledgers) {
        Map<Side, Long> conflicts = new EnumMap<>(Side.class);
        for (Side side : Side.values()) {
            long kept = ledgers.overruled().stream()
                    .filter(row -> row.side() == side)
                    .count();
            conflicts.put(side, kept);
        }
        return conflicts;
    }

    /** How many records are in a topic a second time, byte for byte. */
    private long duplicates() {
        long duplicates = 0;
        try (Topics topics = new Topics(rig.pair())) {
            for (String topic : rig.topics()) {
                Set<Integer> seen = new HashSet<>();
                for (ConsumerRecord<byte[], byte[]> record : topics.records(topic)) {
                    if (!seen.add(31 * Arrays.hashCode(record.key()) + Arrays.hashCode(record.value()))) {
                        duplicates++;
                    }
                }
            }
        }
        return duplicates;
    }
}
