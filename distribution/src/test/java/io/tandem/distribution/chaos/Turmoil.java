package io.tandem.distribution.chaos;

import io.tandem.distribution.chaos.Strike.Fault;
import java.time.Duration;
import java.util.function.Consumer;
import org.awaitility.core.ConditionTimeoutException;

/** Lets the faults of a schedule strike, one strike after the other, each when all works again. For one thread. */
final class Turmoil {

    private static final Duration HEALING_LIMIT = Duration.ofMinutes(2);
    private static final Duration RECOVERY_LIMIT = Duration.ofMinutes(2);

    private final Faults faults;
    private final Caretaker caretaker;
    private final Applications applications;
    private final Course course;
    private final Consumer<String> progress;

    Turmoil(Faults faults, Caretaker caretaker, Applications applications, Course course, Consumer<String> progress) {
        this.faults = faults;
        this.caretaker = caretaker;
        this.applications = applications;
        this.course = course;
        this.progress = progress;
    }

    /** One strike, with the wait until writes of both masters arrive again, and the calm after it. */
    void endure(Strike strike) {
        strike(strike.first());
        Fault second = strike.second();
        if (second != null) {
            Waiting.pause(strike.offsetMillis());
            strike(second);
            course.overlapped();
        }
        Waiting.pause(strike.holdMillis());
        if (second != null && strike.secondHealsFirst()) {
            heal(second);
            heal(strike.first());
        } else {
            heal(strike.first());
            if (second != null) {
                heal(second);
            }
        }
        recover(strike);
        Waiting.pause(strike.calmMillis());
    }

    private void strike(Fault fault) {
        try {
            faults.strike(fault);
            course.struck(fault.kind());
        } catch (RuntimeException e) {
            course.remark(fault.kind().told() + " could not strike: " + firstLine(e));
        }
    }

    private void heal(Fault fault) {
        try {
            Waiting.until(fault.kind().told() + " is healed", HEALING_LIMIT, () -> {
                faults.heal(fault);
                return true;
            });
        } catch (ConditionTimeoutException e) {
            course.remark(fault.kind().told() + " could not be healed: " + firstLine(e));
        }
    }

    private void recover(Strike strike) {
        long healedMicros = Work.now();
        String told = strike.first().kind().told()
                + (strike.second() == null
                        ? ""
                        : " with " + strike.second().kind().told());
        try {
            Waiting.until("writes arrive again", RECOVERY_LIMIT, () -> {
                caretaker.look();
                return applications.arrivedMicros() >= healedMicros;
            });
            Duration after = Duration.ofNanos((Work.now() - healedMicros) * 1000);
            if (strike.second() == null) {
                course.recovered(strike.first().kind(), after);
            }
            progress.accept(told + ", recovered after " + after.toMillis() + " ms");
        } catch (ConditionTimeoutException e) {
            course.remark("no recovery within " + RECOVERY_LIMIT.toSeconds() + " s from " + told);
        }
    }

    private static String firstLine(RuntimeException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }
}
