package io.tandem.clock.explorer;

import io.tandem.clock.Outcome;
import java.util.EnumSet;
import java.util.Set;

/** What an exploration has really met, so that a world in which nothing happens does not pass. Not thread-safe. */
final class Coverage {

    /** What may happen on the way. */
    enum Event {
        DELETE,
        RE_INSERT,
        WALL_CLOCK_GOES_BACK,
        FOLD_OF_SEVERAL,
        CRASH_AFTER_FOLD,
        PUBLISHED_AGAIN,
        BATCH_OF_SEVERAL,
        REWIND,
        RE_INJECTED,
        COMPACTED,
        RESTORE,
        OWN_WRITES_TAKEN_IN,
        NOTES_OF_BACKUP_DROPPED
    }

    private final Set<Outcome> outcomes = EnumSet.noneOf(Outcome.class);
    private final Set<Event> events = EnumSet.noneOf(Event.class);
    private int quiescent;

    void reached(Outcome outcome) {
        outcomes.add(outcome);
    }

    void reached(Event event) {
        events.add(event);
    }

    void reachedQuiescence() {
        quiescent++;
    }

    Set<Outcome> outcomes() {
        return outcomes;
    }

    Set<Event> events() {
        return events;
    }

    /** How many states were compared. */
    int quiescent() {
        return quiescent;
    }
}
