package io.tandem.distribution.chaos;

import java.util.List;
import java.util.Map;

/**
 * What was found in the end of a run.
 *
 * @param seed of the run
 * @param writes all writes, by row
 * @param shown what each master shows
 * @param overruled the conflicts that the ledgers keep
 * @param conflicts how many there were on each master
 * @param differences what was not the same on both masters, after any round
 * @param lost acknowledged writes that are lost
 * @param statements how the applications' statements went
 * @param alarms what Tandem itself has found to be wrong
 * @param course the faults
 * @param repeats records that came more than once
 * @param unquiet how often something was still left to do when a round was to be compared
 */
record Verdict(
        long seed,
        Map<Register, List<Write>> writes,
        Map<Side, Shown> shown,
        List<Overruled> overruled,
        Map<Side, Long> conflicts,
        List<Difference> differences,
        List<Write> lost,
        Statements statements,
        List<String> alarms,
        Course course,
        Repeats repeats,
        int unquiet) {

    /**
     * Records that came more than once.
     *
     * @param sent that are in a topic again, byte for byte, for whatever reason
     * @param readAgain that sinks were made to read again
     * @param sentAgain aggregates that sources were made to send again
     */
    record Repeats(long sent, long readAgain, long sentAgain) {}

    /** How many rows were written, failed transactions not counted. */
    long written() {
        return writes.values().stream()
                .flatMap(List::stream)
                .filter(write -> write.outcome() != Write.Outcome.FAILED)
                .count();
    }

    /** What is not equal, with the alarms, each of which says that versions are not what they should be. */
    int unequal() {
        return differences.size() + alarms.size() + unquiet;
    }

    /** Whether all is as it must be. */
    boolean holds() {
        return unequal() == 0 && lost.isEmpty() && statements.errors().isEmpty();
    }

    /** The last line of a run. */
    String line() {
        return "CHAOS seed=" + seed + " writes=" + written() + " conflicts="
                + conflicts.values().stream().mapToLong(Long::longValue).sum() + " faults=" + course.faults()
                + " differences=" + unequal() + " lost=" + lost.size() + " application_errors="
                + statements.errors().size();
    }
}
