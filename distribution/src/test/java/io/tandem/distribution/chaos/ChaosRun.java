package io.tandem.distribution.chaos;

import io.tandem.distribution.Topics;
import io.tandem.examples.ExamplePair;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** One run on real parts: applications write, faults strike, then everything is mended, and what is left is judged. */
final class ChaosRun {

    private static final Duration QUIET_LIMIT = Duration.ofMinutes(4);

    private final Rig rig;
    private final Plan plan;
    private final Consumer<String> progress;

    /**
     * @param pair just started, for this run alone
     * @param progress told about each step
     */
    ChaosRun(ExamplePair pair, Plan plan, Consumer<String> progress) {
        this.plan = plan;
        this.progress = progress;
        progress.accept("creating tables and connectors");
        this.rig = Rig.install(pair);
    }

    /** Runs, and tells what is left in the end. */
    Verdict run() {
        Course course = new Course();
        Caretaker caretaker = new Caretaker(rig);
        SentAgain again = new SentAgain(rig);
        Applications applications = new Applications(
                plan.seed(),
                plan.pace(),
                logins(side -> rig.master(side).application()),
                logins(side -> rig.master(side).server().connect(side.id())));
        try (applications) {
            progress.accept("the applications write");
            Turmoil turmoil = new Turmoil(new Faults(rig, again), caretaker, applications, course, progress);
            Schedule schedule =
                    new Schedule(plan.seed(), plan.kinds(), plan.longestHold().toMillis());
            long end = System.nanoTime() + plan.duration().toNanos();
            while (System.nanoTime() < end) {
                turmoil.endure(schedule.next());
            }
        }
        progress.accept("the applications have stopped, everything is mended");
        Waiting.until("everything is mended", QUIET_LIMIT, () -> {
            rig.mend();
            return true;
        });
        Masters masters = new Masters(rig);
        String left = new Quiet(rig, masters, caretaker).await(QUIET_LIMIT);
        if (!left.isEmpty()) {
            course.remark("not quiet: " + left);
        }
        caretaker.causes().forEach(cause -> course.remark("restarted by hand, " + cause));
        progress.accept("judging");
        return judge(masters, applications, course, again, !left.isEmpty());
    }

    private Verdict judge(Masters masters, Applications applications, Course course, SentAgain again, boolean unquiet) {
        Shown legacy = masters.shown(Side.LEGACY);
        Shown modern = masters.shown(Side.MODERN);
        Ledgers ledgers = Ledgers.read(rig);
        WorkerLogs logs = WorkerLogs.read(rig);
        WriteLog log = applications.log();
        List<Write> writes = log.all();
        WithoutLedger interim = new WithoutLedger(writes);
        List<Write> lost = new Losses(
                        log.byRegister(), modern, ledgers.overruled(), write -> !ledgers.kept() && interim.test(write))
                .all();
        return new Verdict(
                plan.seed(),
                log.byRegister(),
                Map.of(Side.LEGACY, legacy, Side.MODERN, modern),
                ledgers.overruled(),
                conflicts(ledgers, logs),
                Difference.between(legacy, modern),
                lost,
                applications.statements(),
                ledgers.kept() ? ledgers.alarms() : logs.alarms(),
                course,
                new Verdict.Repeats(duplicates(), again.read(), again.sent()),
                unquiet);
    }

    private static Map<Side, Long> conflicts(Ledgers ledgers, WorkerLogs logs) {
        Map<Side, Long> conflicts = new EnumMap<>(Side.class);
        for (Side side : Side.values()) {
            long kept = ledgers.overruled().stream()
                    .filter(row -> row.side() == side)
                    .count();
            conflicts.put(side, ledgers.kept() ? kept : logs.conflicts(side));
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

    /** A connection to a master. */
    @FunctionalInterface
    private interface Connecting {
        Connection to(Side side) throws SQLException;
    }

    private static Map<Side, Session.Login> logins(Connecting connecting) {
        Map<Side, Session.Login> logins = new EnumMap<>(Side.class);
        for (Side side : Side.values()) {
            logins.put(side, () -> connecting.to(side));
        }
        return logins;
    }
}
