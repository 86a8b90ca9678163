package io.tandem.connect.sink;

import io.tandem.clock.Decision;

/**
 * A conflict or an alarm between two records that had both arrived before either was applied. Immutable.
 *
 * @param waiting the one that was there first
 * @param arrived the other one
 * @param decision how they were merged
 */
record Merger(Incoming waiting, Incoming arrived, Decision decision) {

    /** The one whose data is not shown. */
    Incoming overruled() {
        return decision.outcome().takesIncomingData() ? waiting : arrived;
    }
}
