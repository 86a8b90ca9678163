package io.tandem.connect.sink;

import io.tandem.clock.Decision;
import io.tandem.clock.Version;
import io.tandem.connect.database.ClockRow;

/**
 * What was decided about one aggregate. Immutable.
 *
 * @param incoming what arrived
 * @param stored what the database knows, noted writes folded
 * @param decision what becomes of them
 */
record Judged(Incoming incoming, ClockRow stored, Decision decision) {

    /** The version of the aggregate afterwards. */
    Version version() {
        return decision.version(stored.version(), incoming.version());
    }

    boolean takesIncomingData() {
        return decision.outcome().takesIncomingData();
    }
}
