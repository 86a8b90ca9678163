package io.tandem.benchmarks.latency;

import io.tandem.benchmarks.rig.Cpu;
import java.util.List;

/**
 * Processor time used so far, in seconds.
 *
 * @param parts that of worker, broker, registry and both database servers together, but for the sessions that look for
 *     arrivals, which only the measurement needs
 * @param application what part of it is that of the writing sessions, with the triggers that their statements fire
 */
record Cores(double parts, double application) {

    static Cores now(List<Direction> directions) {
        double observing = 0;
        double application = 0;
        for (Direction direction : directions) {
            observing += direction.arrivals().used();
            application += direction.writers().used();
        }
        return new Cores(Cpu.ofParts() - observing, application);
    }

    /** How many cores were at work on average since an earlier moment. */
    Cores since(Cores earlier, double seconds) {
        return new Cores((parts - earlier.parts) / seconds, (application - earlier.application) / seconds);
    }
}
