package io.tandem.connect.database;

/**
 * Which share of the keys a task works on: those whose hash, modulo {@code tasks}, is {@code task}.
 *
 * @param task from 0
 * @param tasks at least 1
 */
public record TaskShare(int task, int tasks) {

    public TaskShare {
        if (task < 0 || task >= tasks) {
            throw new IllegalArgumentException("task " + task + " of " + tasks);
        }
    }
}
