package io.tandem.connect.source;

import io.tandem.connect.aggregate.AggregateKey;
import io.tandem.connect.aggregate.AggregateState;
import io.tandem.connect.database.ClockRow;
import io.tandem.connect.database.Note;
import java.util.List;
import java.util.Map;

/**
 * Everything about some aggregates, as of one moment.
 *
 * @param clocks their clock rows; unclocked ones are missing
 * @param notes all their notes in the journal
 * @param states the data of those that exist
 */
record Snapshot(
        List<AggregateKey> keys,
        Map<AggregateKey, ClockRow> clocks,
        List<Note> notes,
        Map<AggregateKey, AggregateState> states) {}
