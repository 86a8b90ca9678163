package io.tandem.clock.explorer;

import io.tandem.clock.Decision;
import io.tandem.clock.Outcome;
import io.tandem.clock.explorer.Coverage.Event;
import io.tandem.clock.explorer.Versions.Judgement;

/** What a sink does with a record: fold the journal, decide, store. The same for a merged batch. */
final class Reception {

    private final Tables tables;
    private final Rules rules;
    private final Folding folding;
    private final Coverage coverage;

    Reception(Tables tables, Coverage coverage) {
        this.tables = tables;
        this.rules = tables.rules();
        this.folding = new Folding(tables);
        this.coverage = coverage;
    }

    /** Merges what waits with what has arrived, as a sink does before it opens a transaction. */
    Shown merge(String receiver, Shown waiting, Shown arrived, Checks checks) {
        Judgement judgement = tables.versions().reconcile(waiting.version(), arrived.version());
        Decision decision = judgement.decision();
        Shown merged = after(waiting, arrived, judgement);
        checks.decided("the batch of " + receiver, waiting, arrived, decision, merged);
        return merged;
    }

    /** Changes {@code next}; returns what was decided. */
    Outcome take(State next, int who, Shown incoming, Checks checks) {
        Master master = next.masters[who];
        String name = tables.name(who);
        long incomingOwn = tables.version(incoming).clock().counter(name);
        boolean takingIn = next.isTakingIn(tables.world(), who);
        boolean folds = takingIn ? rules.afterRestore().foldsMeanwhile() : rules.foldsBeforeDeciding();
        boolean provesForgotten = incomingOwn > tables.ownCounter(master, who);
        if (takingIn && !folds && !provesForgotten) {
            // it is read once more when recovery is over
            return Outcome.STALE;
        }
        if (takingIn && master.notes > 0 && provesForgotten) {
            dropNotes(master, name, incoming, checks);
        }
        if (takingIn && incomingOwn > tables.ownCounter(master, who)) {
            coverage.reached(Event.OWN_WRITES_TAKEN_IN);
        }
        if (folds && folding.fold(next, who, checks) > 1) {
            coverage.reached(Event.FOLD_OF_SEVERAL);
        }
        if (incomingOwn > tables.ownCounter(master, who) && !takingIn) {
            next.detected = true;
            checks.add(Invariant.NO_ALARM, name + " is told of more own writes than it knows, as after a restore");
        }
        Shown stored = tables.show(master);
        Judgement judgement = tables.versions().reconcile(stored.version(), incoming.version());
        Shown result = after(stored, incoming, judgement);
        Outcome outcome = judgement.decision().outcome();
        checks.decided(name, stored, incoming, judgement.decision(), result);
        coverage.reached(outcome);
        next.alarmed |= judgement.decision().alarm() != null;
        store(master, result, outcome.takesIncomingData(), (int) incomingOwn);
        return outcome;
    }

    /** What the notes of the backup are about was folded then, and published; the record knows it. */
    private void dropNotes(Master master, String name, Shown incoming, Checks checks) {
        coverage.reached(Event.NOTES_OF_BACKUP_DROPPED);
        if ((master.noted & ~incoming.knows()) != 0) {
            checks.add(
                    Invariant.NO_LOST_UPDATE,
                    name + " drops notes that " + Data.name(incoming.data()) + " does not know");
        }
        // the row holds what was not folded; whatever follows has to replace it
        master.data = Data.NOTHING;
        master.knows &= ~master.noted;
        master.dropNotes();
    }

    private static Shown after(Shown stored, Shown incoming, Judgement judgement) {
        boolean taken = judgement.decision().outcome().takesIncomingData();
        return new Shown(
                judgement.version(),
                taken ? incoming.data() : stored.data(),
                stored.knows() | incoming.knows(),
                Math.max(stored.latest(), incoming.latest()));
    }

    private void store(Master master, Shown result, boolean taken, int incomingOwn) {
        master.version = result.version();
        master.data = result.data();
        master.knows = result.knows();
        master.latest = result.latest();
        master.tombstone = taken ? Data.isAbsent(result.data()) : master.tombstone;
        // only spares the source a repetition: everything converges without this as well
        master.published = Math.max(master.published, incomingOwn);
        if (taken && master.tombstone && !rules.keepsTombstones()) {
            master.forgetVersion();
        }
    }
}
