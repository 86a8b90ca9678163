package io.tandem.distribution.chaos;

import io.tandem.examples.ExamplePair;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * One run on real parts, in rounds: applications write while faults strike; then everything is mended, and when nothing is
 * left to do both masters are compared. What one round leaves wrong the next might write over, so every round counts.
 */
final class ChaosRun {

    private static final Duration QUIET_LIMIT = Duration.ofMinutes(4);

    private final Rig rig;
    private final Plan plan;
    private final Consumer<String> progress;
    private final Course course = new Course();
    private final WriteLog log = new WriteLog();
    private final Statements statements = new Statements();
    private final List<Difference> differences = new ArrayList<>();
    private final Caretaker caretaker;
    private final SentAgain again;
    private final Schedule schedule;
    private int unquiet;

    /**
     * @param pair just started, for this run alone
     * @param progress told about each step
     */
    ChaosRun(ExamplePair pair, Plan plan, Consumer<String> progress) {
        this.plan = plan;
        this.progress = progress;
        progress.accept("creating tables and connectors");
        this.rig = Rig.install(pair);
        this.caretaker = new Caretaker(rig);
        this.again = new SentAgain(rig);
        this.schedule =
                new Schedule(plan.seed(), plan.kinds(), plan.longestHold().toMillis());
    }

    /** Runs, and tells what is left in the end. */
    Verdict run() {
        for (int round = 1; round <= plan.rounds(); round++) {
            progress.accept("the applications write, round " + round + " of " + plan.rounds());
            turmoil(round);
            settle();
            compare(round);
        }
        caretaker.causes().forEach(cause -> course.remark("restarted by hand, " + cause));
        progress.accept("judging");
        return new Judge(rig, log).verdict(plan.seed(), differences, statements, course, again, unquiet);
    }

    private void turmoil(int round) {
        Applications applications = new Applications(
                plan.seed(),
                round,
                plan.pace(),
                logins(side -> rig.master(side).application()),
                logins(side -> rig.master(side).server().connect(side.id())),
                log,
                statements);
        try (applications) {
            Turmoil turmoil = new Turmoil(new Faults(rig, again), caretaker, applications, course, progress);
            long began = Work.now();
            Waiting.until("the first writes arrive", QUIET_LIMIT, () -> applications.arrivedMicros() >= began);
            long end = System.nanoTime() + plan.duration().toNanos() / plan.rounds();
            while (System.nanoTime() < end) {
                turmoil.endure(schedule.next());
            }
        }
    }

    private void settle() {
        Waiting.until("everything is mended", QUIET_LIMIT, () -> {
            rig.mend();
            return true;
        });
        String left = new Quiet(rig, new Masters(rig), caretaker).await(QUIET_LIMIT);
        if (!left.isEmpty()) {
            unquiet++;
            course.remark("not quiet: " + left);
        }
    }

    private void compare(int round) {
        Masters masters = new Masters(rig);
        List<Difference> found = Difference.between(masters.shown(Side.LEGACY), masters.shown(Side.MODERN));
        differences.addAll(found);
        progress.accept("all is quiet, " + found.size() + " differences after round " + round);
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
