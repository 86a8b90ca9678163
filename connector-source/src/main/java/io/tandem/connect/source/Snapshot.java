package io.tandem.connect.source;

import io.tandem.connect.aggregate.AggregateKey;
import io.tandem.connect.aggregate.AggregateState;
import io.tandem.connect.database.ClockRow;
import io.tandem.connect.database.Note;
import io.tandem.connect.database.RowNote;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

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

    /** What there is to fold, wherever it was noted. */
    List<Note> allNotes() {
        return rowNotes.isEmpty()
                ? notes
                : Stream.concat(notes.stream(), rowNotes.stream().map(RowNote::note))
                        .toList();
    }
}
