package io.tandem.distribution.chaos;

import org.jspecify.annotations.Nullable;

/**
 * What one transaction of an application did to one row.
 *
 * @param register the row
 * @param side the master that was written
 * @param session which session of that master's application
 * @param id unlike that of any other write; the row shows it, unless the write is a delete
 * @param action what was done
 * @param previous the id that the row showed before, read under the row's lock; null if there was no row
 * @param startedMicros the wall clock when the transaction began
 * @param endedMicros the wall clock when its outcome was known
 * @param outcome what the application knows about it
 */
record Write(
        Register register,
        Side side,
        int session,
        String id,
        Action action,
        @Nullable String previous,
        long startedMicros,
        long endedMicros,
        Outcome outcome) {

    /** What a write does to a row. */
    enum Action {
        INSERT,
        UPDATE,
        DELETE
    }

    /** What an application knows about a transaction. */
    enum Outcome {
        /** The commit was confirmed. */
        ACKNOWLEDGED,
        /** The commit was sent, but not answered. */
        IN_DOUBT,
        /** It ended before a commit was sent. */
        FAILED
    }

    boolean deletes() {
        return action == Action.DELETE;
    }

    boolean isAcknowledged() {
        return outcome == Outcome.ACKNOWLEDGED;
    }
}
