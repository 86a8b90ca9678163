package io.tandem.connect.sink;

import io.tandem.connect.aggregate.AggregateKey;
import io.tandem.connect.aggregate.Row;
import io.tandem.connect.database.ClockRow;
import io.tandem.connect.database.Note;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What an applying transaction holds the locks of.
 *
 * @param keys the aggregates that are locked as far as they exist
 * @param busy the others, each with a row that somebody else holds (empty if it is one of Tandem's own)
 * @param clocks the clock rows of {@code keys}; unclocked ones are missing
 * @param roots those of {@code keys} that have a root row
 * @param children per child collection, by aggregate, its rows: see {@code AggregateLocks.childColumns}
 * @param notes the notes of {@code keys} in the journal, read after the locks were taken
 */
record Locked(
        List<AggregateKey> keys,
        Map<AggregateKey, Optional<BusyRow>> busy,
        Map<AggregateKey, ClockRow> clocks,
        Set<AggregateKey> roots,
        List<Map<AggregateKey, List<Row>>> children,
        List<Note> notes) {}
