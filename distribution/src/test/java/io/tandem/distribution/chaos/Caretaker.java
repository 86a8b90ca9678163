package io.tandem.distribution.chaos;

import io.tandem.testbed.ConnectRest.ConnectorStatus;
import io.tandem.testbed.ConnectRest.TaskStatus;
import io.tandem.testbed.TestbedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The person who looks after the connectors: restarts what has failed, when its cause is gone. For one thread. */
final class Caretaker {

    private static final long PERIOD_NANOS = 1_000_000_000;

    private final Rig rig;
    private final List<String> causes = new ArrayList<>();
    private long lastLook = System.nanoTime() - PERIOD_NANOS;

    Caretaker(Rig rig) {
        this.rig = rig;
    }

    /** Looks, at most once a second, and restarts what has failed. A worker that does not answer is asked again later. */
    void look() {
        if (System.nanoTime() - lastLook < PERIOD_NANOS) {
            return;
        }
        for (String connector : rig.connectors()) {
            try {
                restartFailed(rig.rest().status(connector));
            } catch (TestbedException e) {
                // rebalancing, or not yet known: the next look will tell
                break;
            }
        }
        lastLook = System.nanoTime();
    }

    private void restartFailed(ConnectorStatus status) {
        List<String> traces = new ArrayList<>(status.tasks().stream()
                .map(TaskStatus::trace)
                .filter(Objects::nonNull)
                .toList());
        if (status.trace() != null) {
            traces.add(status.trace());
        }
        if (!traces.isEmpty()) {
            rig.rest().restart(status.name(), true);
            traces.forEach(trace -> causes.add(status.name() + ": " + cause(trace)));
        }
    }

    /** The last cause of a stack trace. */
    private static String cause(String trace) {
        return trace.lines()
                .filter(line -> line.startsWith("Caused by: "))
                .reduce((first, second) -> second)
                .orElse(trace.lines().findFirst().orElse(""));
    }

    /** Whether every connector runs with all its tasks. */
    boolean allRun() {
        look();
        return rig.connectors().stream()
                .allMatch(name -> rig.rest().status(name).isRunning());
    }

    /** Why something was restarted, one entry for each failure that was seen. */
    List<String> causes() {
        return List.copyOf(causes);
    }
}
