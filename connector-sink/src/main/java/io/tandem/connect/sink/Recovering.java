package io.tandem.connect.sink;

import io.tandem.clock.Reconciler;
import io.tandem.connect.aggregate.AggregateKey;
import io.tandem.connect.database.ClockRow;
import io.tandem.connect.database.Note;
import io.tandem.connect.database.RowNote;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The way back of a database that was restored from a backup: only records that know forgotten writes are taken, those
 * that its own master has sent among them. Afterwards the database knows every counter that has left it.
 *
 * <p><b>Invariant (nothing is folded).</b> The restored notes may have been folded and sent after the backup was made.
 * Who folds them again before the record is read that counts them uses its counter a second time. So notes wait until
 * recovery is over; a record that proves nothing forgotten is passed over, since to judge it would take the fold. (What
 * else it knows comes again when the sink reads its topics from the beginning in the usual way.)
 *
 * <p><b>Invariant (what was counted is not counted again).</b> A record that knows more writes of this master than its
 * database counts the restored notes too: its counter was folded after the backup, and a fold takes all notes that there
 * are. They are deleted unfolded, and the rows replaced. A note that is later than the record is none of them
 * ({@link Reconciler#countsNoted}): then the rows stay as they are, and so does the note, until a record comes that counts
 * it. If none comes, it is folded after recovery, as a write on top of what was forgotten.
 *
 * <p>Not thread-safe: used by one thread at a time.
 */
final class Recovering implements Preparation {

    private final Reconciler reconciler;
    private final DecisionLog log;

    /** @param reconciler one that knows the receiving master */
    Recovering(Reconciler reconciler, DecisionLog log) {
        this.reconciler = reconciler;
        this.log = log;
    }

    @Override
    public Prepared prepare(List<Incoming> batch, Locked locked) {
        Map<AggregateKey, Incoming> judged = new HashMap<>();
        Map<AggregateKey, ClockRow> rows = new HashMap<>();
        for (Incoming incoming : locked.of(batch)) {
            ClockRow stored = locked.stored(incoming.key());
            if (reconciler.provesForgottenWrites(stored.version(), incoming.version())) {
                judged.put(incoming.key(), incoming);
                rows.put(incoming.key(), stored);
            }
        }
        Set<AggregateKey> writtenLater = new HashSet<>();
        for (Note note : locked.allNotes()) {
            Incoming incoming = judged.get(note.key());
            if (incoming != null && !reconciler.countsNoted(incoming.version(), note.changedAtMicros())) {
                writtenLater.add(note.key());
            }
        }
        List<Note> notes =
                locked.notes().stream().filter(note -> counted(note, judged)).toList();
        List<RowNote> rowNotes = locked.rowNotes().stream()
                .filter(note -> counted(note.note(), judged))
                .toList();
        return new Prepared(List.copyOf(judged.values()), rows, Set.of(), Set.of(), writtenLater, notes, rowNotes);
    }

    @Override
    public void committed(Prepared prepared) {
        log.recovered(prepared.judged().stream().map(Incoming::key).toList(), prepared.keepingData());
    }

    private boolean counted(Note note, Map<AggregateKey, Incoming> judged) {
        Incoming incoming = judged.get(note.key());
        return incoming != null && reconciler.countsNoted(incoming.version(), note.changedAtMicros());
    }
}
