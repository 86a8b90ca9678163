package io.tandem.clock.explorer;

/**
 * One participant: what its database holds, and what its source holds in memory. Mutable while a step is made; a state
 * of the world that was reached is never changed.
 */
final class Master {

    // the clock table

    /** Id in {@link Versions}. */
    int version;

    /** Whether the clock row says deleted. */
    boolean tombstone;

    /** The own counter as last acknowledged by Kafka. */
    int published;

    // the change journal: a fold needs no more of it than this

    /** How many notes wait. */
    int notes;

    /** The latest wall clock of the notes that wait. */
    int notedAt;

    /** The writes that they are about, as a set of bits; only for checking. */
    int noted;

    /** The timestamp that the last of the notes would have, had each been folded by itself; only for checking. */
    int sequence;

    // the application's tables

    /** See {@link Data}. */
    int data;

    // the truth about the data

    /** The writes in the causal past of the data, its own included. */
    int knows;

    /** The largest timestamp in the causal past. */
    int latest;

    /** How often the application has written, whatever became of it. */
    int written;

    // the memory of the source, lost in a crash

    /** What was read and is not sent yet: id in {@link ShownTable} + 1, or 0. */
    int held;

    /** The own counter that was sent and is not acknowledged yet, or 0. */
    int awaited;

    Master copy() {
        Master copy = new Master();
        copy.version = version;
        copy.tombstone = tombstone;
        copy.published = published;
        copy.notes = notes;
        copy.notedAt = notedAt;
        copy.noted = noted;
        copy.sequence = sequence;
        copy.data = data;
        copy.knows = knows;
        copy.latest = latest;
        copy.written = written;
        copy.held = held;
        copy.awaited = awaited;
        return copy;
    }

    void dropNotes() {
        notes = 0;
        notedAt = 0;
        noted = 0;
        sequence = 0;
    }

    /** Drops the clock row, as only broken rules do. */
    void forgetVersion() {
        version = Versions.UNCLOCKED;
        tombstone = false;
        published = 0;
    }
}
