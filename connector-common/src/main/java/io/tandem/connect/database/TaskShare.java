package io.tandem.connect.database;

/**
 * Which share of the keys a task works on: those whose hash, modulo {@code tasks}, is {@code task}.
 *
 * @param task from 0
 * @param tasks at least 1
 */
public record TaskShare(int task, int tasks) {

    /** The share of a task that has no others beside it. */
    public static final TaskShare ALL = new TaskShare(0, 1);

    public TaskShare {
        if (task < 0 || task >= tasks) {
            throw new IllegalArgumentException("task " + task + " of " + tasks);
        }
    }
}
