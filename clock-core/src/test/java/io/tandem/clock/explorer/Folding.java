package io.tandem.clock.explorer;

import io.tandem.clock.ClockOrder;
import io.tandem.clock.Version;

/** Makes one local write of the notes that wait, as source and sink do, and checks it. */
final class Folding {

    private final Tables tables;
    private final Rules rules;

    Folding(Tables tables) {
        this.tables = tables;
        this.rules = tables.rules();
    }

    /** The application of a participant wrote {@code data}: the journal has a note more. */
    void note(Master master, int participant, int data, int wallClock) {
        Version before = tables.version(master);
        long previous = master.notes == 0 ? before.timestampMicros() : master.sequence;
        Version last = new Version(before.clock(), previous, before.writer());
        master.sequence = (int)
                rules.localWrite(last, tables.name(participant), wallClock).timestampMicros();
        master.notedAt = master.notes == 0 ? wallClock : Math.max(master.notedAt, wallClock);
        master.notes++;
        master.noted |= Data.bit(data);
        master.data = data;
        master.knows |= Data.bit(data);
    }

    /** Folds what waits at a participant of {@code state}; returns how many notes that were. */
    int fold(State state, int participant, Checks checks) {
        Master master = state.masters[participant];
        int notes = master.notes;
        if (notes == 0) {
            return 0;
        }
        Version before = tables.version(master);
        boolean restarts = master.tombstone && !rules.goesOnFromTombstone() && !Data.isAbsent(master.data);
        if (restarts) {
            master.published = 0;
        }
        Version after =
                rules.localWrite(restarts ? Version.UNCLOCKED : before, tables.name(participant), master.notedAt);
        check(state, participant, before, after, checks);
        master.version = tables.versions().id(after);
        master.latest = Math.max(master.latest, (int) after.timestampMicros());
        master.tombstone = Data.isAbsent(master.data);
        master.dropNotes();
        return notes;
    }

    private void check(State state, int participant, Version before, Version after, Checks checks) {
        Master master = state.masters[participant];
        String name = tables.name(participant);
        boolean beats = after.clock().compare(before.clock()) == ClockOrder.AFTER
                && after.timestampMicros() > before.timestampMicros();
        if (!beats) {
            checks.add(Invariant.LOCAL_WRITES_BEAT, name + " goes from " + before + " to " + after);
        }
        if (tables.rules().latestWins() && after.timestampMicros() <= master.latest) {
            checks.add(Invariant.CAUSALITY, name + " writes " + after + " and knows a write at " + master.latest);
        }
        if (master.notes > 1) {
            long earlier = master.sequence - after.timestampMicros();
            if (earlier < 0 || earlier >= master.notes) {
                checks.add(
                        Invariant.FOLD_EQUALS_SEQUENCE,
                        name + " folds " + master.notes + " writes into " + after + ", the last of which would be at "
                                + master.sequence);
            }
            compareWithOthers(state, participant, before, after, checks);
        }
    }

    /** The fold stands to all that others have or were sent as the last of the sequence would. */
    private void compareWithOthers(State state, int participant, Version before, Version after, Checks checks) {
        Version last = before;
        for (int i = 0; i < state.masters[participant].notes; i++) {
            last = rules.localWrite(last, tables.name(participant), 0);
        }
        for (int other = 0; other < state.participants(); other++) {
            if (other != participant) {
                compare(after, last, tables.version(state.masters[other]), checks);
            }
            for (int record : state.topics[other]) {
                compare(after, last, tables.version(tables.shown().get(record)), checks);
            }
        }
    }

    private static void compare(Version fold, Version last, Version other, Checks checks) {
        if (fold.clock().compare(other.clock()) != last.clock().compare(other.clock())) {
            checks.add(
                    Invariant.FOLD_EQUALS_SEQUENCE,
                    fold + " does not stand to " + other + " as the last of the sequence, " + last + ", does");
        }
    }
}
