package io.tandem.connect.sink;

import io.tandem.connect.aggregate.AggregateKey;
import io.tandem.connect.database.ClockRow;
import io.tandem.connect.database.Note;
import io.tandem.connect.database.RowNote;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What an applying transaction holds the locks of.
 *
 * @param keys the aggregates that are locked as far as they exist
 * @param busy the others, each with a row that somebody else holds (empty if it is one of Tandem's own)
 * @param clocks the clock rows of {@code keys}; unclocked ones are missing
 * @param rows the rows of {@code keys}
 * @param notes the notes of {@code keys} in the journal, read after the locks were taken
 * @param rowNotes the notes about their rows in the journals of rows, locked after the rows themselves
 */
record Locked(
        List<AggregateKey> keys,
        Map<AggregateKey, Optional<BusyRow>> busy,
        Map<AggregateKey, ClockRow> clocks,
        StoredRows rows,
        List<Note> notes,
        List<RowNote> rowNotes) {

    /** Those of a batch that are locked. */
    List<Incoming> of(List<Incoming> batch) {
        return batch.stream()
                .filter(incoming -> !busy.containsKey(incoming.key()))
                .toList();
    }

    /** The clock row of a locked aggregate, as it is stored. */
    ClockRow stored(AggregateKey key) {
        return clocks.getOrDefault(key, ClockRow.unclocked(key));
    }

    /** What there is to fold, wherever it was noted. */
    List<Note> allNotes() {
        return rowNotes.isEmpty()
                ? notes
                : Stream.concat(notes.stream(), rowNotes.stream().map(RowNote::note))
                        .toList();
    }
}
