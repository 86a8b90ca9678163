package io.tandem.connect.sink;

import io.tandem.connect.aggregate.AggregateKey;
import io.tandem.connect.database.ClockRow;
import io.tandem.connect.database.Note;
import io.tandem.connect.database.RowNote;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Brings what is stored and what is noted together, so that what arrived can be judged: in the usual way by
 * {@link Folding}, into a database that was put back from a backup by {@link Recovering}.
 */
interface Preparation {

    /**
     * Prepares the judgement. Writes nothing.
     *
     * @param batch what arrived, at most one entry per aggregate
     * @param locked the aggregates that are locked; the others are left alone
     * @throws org.apache.kafka.connect.errors.ConnectException if nothing of the batch may be applied
     */
    Prepared prepare(List<Incoming> batch, Locked locked);

    /** Called when what was prepared is judged and committed, to tell people. */
    void committed(Prepared prepared);

    /**
     * What the judgement starts from.
     *
     * @param judged what is to be judged; what else of the locked arrived needs nothing and is done with
     * @param rows the clock row of each judged aggregate that the incoming version is compared with
     * @param written the aggregates whose row in {@code rows} is not the stored one
     * @param unclocked the aggregates whose rows never had a clock; to overwrite them is worth a warning
     * @param keepingData the aggregates that keep their rows and take the version only
     * @param notes the notes that are settled by this and have to be deleted with it
     * @param rowNotes the same, in the journals of rows
     */
    record Prepared(
            List<Incoming> judged,
            Map<AggregateKey, ClockRow> rows,
            Set<AggregateKey> written,
            Set<AggregateKey> unclocked,
            Set<AggregateKey> keepingData,
            List<Note> notes,
            List<RowNote> rowNotes) {}
}
