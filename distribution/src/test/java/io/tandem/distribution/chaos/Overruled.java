package io.tandem.distribution.chaos;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A row of a ledger about a conflict.
 *
 * @param side the master whose ledger it is
 * @param root the aggregate
 * @param notedMicros when the sink noted it
 * @param deleted whether what was overruled was a delete
 * @param markers the write that each row of the overruled aggregate was of, by position; empty for a delete
 * @param told both versions and the winner, for people
 */
record Overruled(
        Side side, Register root, long notedMicros, boolean deleted, Map<Integer, String> markers, String told) {

    Overruled {
        markers = Map.copyOf(markers);
    }

    /** Which write the row of a register was of in what was overruled; null if there was no such row. */
    @Nullable
    String marker(Register register) {
        return markers.get(register.position());
    }
}
