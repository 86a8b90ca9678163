package io.tandem.connect.database;

import io.tandem.connect.aggregate.AggregateKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Turns the notes of the change journal into one local write per aggregate. Source and sink both fold with this class.
 *
 * <p><b>Invariant (whatever reads a version folds first).</b> A version that is sent or decided about counts every write
 * that the data at hand contains.
 *
 * <p>A write that the triggers did not see (a truncated table, triggers switched off) shows when the aggregate exists
 * although its clock says deleted, or the other way round; it is stamped as a local write at the time it is found, since
 * otherwise it would stay on this master for ever.
 */
public final class Fold {

    private final String self;
    private final boolean follows;

    /** @param self the master at hand */
    public Fold(String self) {
        this(self, false);
    }

    private Fold(String self, boolean follows) {
        this.self = self;
        this.follows = follows;
    }

    /** For a follower, on which nothing is ever a local write, be it that a row has vanished or appeared unnoticed. */
    static Fold ofFollower(String self) {
        return new Fold(self, true);
    }

    /**
     * What folding gives.
     *
     * @param rows the clock row of each key, folded where there was something to fold
     * @param written the keys whose row differs from the stored one
     * @param noteIds the notes that are folded and have to be deleted in the transaction that writes the rows
     */
    public record Result(Map<AggregateKey, ClockRow> rows, Set<AggregateKey> written, List<Long> noteIds) {}

    /**
     * Folds.
     *
     * @param stored the stored clock rows; keys without one are unclocked
     * @param notes all notes of the keys
     * @param existing the keys whose root row exists, as of the same snapshot or under lock
     * @param nowMicros the wall clock, used only for writes that no trigger noted
     */
    public Result apply(
            List<AggregateKey> keys,
            Map<AggregateKey, ClockRow> stored,
            List<Note> notes,
            Set<AggregateKey> existing,
            long nowMicros) {
        Map<AggregateKey, Long> changedAt = new HashMap<>();
        List<Long> ids = new ArrayList<>(notes.size());
        for (Note note : notes) {
            changedAt.merge(note.key(), note.changedAtMicros(), Math::max);
            ids.add(note.id());
        }
        Map<AggregateKey, ClockRow> rows = new HashMap<>();
        Set<AggregateKey> written = new LinkedHashSet<>();
        for (AggregateKey key : keys) {
            ClockRow before = stored.getOrDefault(key, ClockRow.unclocked(key));
            boolean deleted = !existing.contains(key);
            Long writtenAt = writtenAt(before, changedAt.get(key), deleted, nowMicros);
            if (writtenAt == null) {
                rows.put(key, before);
            } else {
                rows.put(key, before.written(self, writtenAt, deleted));
                written.add(key);
            }
        }
        return new Result(rows, written, ids);
    }

    private @Nullable Long writtenAt(ClockRow before, @Nullable Long noted, boolean deleted, long nowMicros) {
        Long insertedAgain = before.insertedAgainMicros();
        if (noted != null) {
            return insertedAgain == null ? noted : Long.valueOf(Math.max(noted, insertedAgain));
        }
        if (insertedAgain != null) {
            return insertedAgain;
        }
        boolean unnoticed = !follows && !before.isUnclocked() && before.deleted() != deleted;
        return unnoticed ? nowMicros : null;
    }
}
