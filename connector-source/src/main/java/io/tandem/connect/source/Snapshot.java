package io.tandem.connect.source;

import io.tandem.connect.aggregate.AggregateKey;
import io.tandem.connect.aggregate.AggregateState;
import io.tandem.connect.database.ClockRow;
import io.tandem.connect.database.Note;
import io.tandem.connect.database.RowNote;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Everything about some aggregates, as of one moment.
 *
 * @param clocks their clock rows; unclocked ones are missing
 * @param notes all their notes in the journal
 * @param rowNotes all notes about rows of theirs in the journals of rows
 * @param states the data of those that exist
 */
record Snapshot(
        List<AggregateKey> keys,
        Map<AggregateKey, ClockRow> clocks,
        List<Note> notes,
        List<RowNote> rowNotes,
        Map<AggregateKey, AggregateState> states) {

    // when the row was written is not known: a write that was noted, on whichever master, must win against it
    private static final long BEFORE_EVERY_WRITE = 1;

    private static final long NO_ID = 0;

    /**
     * What there is to fold, wherever it was noted.
     *
     * @param seeds what counts as noted, too, if it has no version
     */
    List<Note> notesAnd(Set<AggregateKey> seeds) {
        List<Note> all = new ArrayList<>(notes);
        rowNotes.forEach(note -> all.add(note.note()));
        // a note that there is, too, is later and wins
        seeds.stream()
                .filter(key -> clocks.getOrDefault(key, ClockRow.unclocked(key)).isUnclocked())
                .forEach(key -> all.add(new Note(NO_ID, key, BEFORE_EVERY_WRITE)));
        return all;
    }
}
