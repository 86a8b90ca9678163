package io.tandem.connect.database;

import io.tandem.clock.Version;
import io.tandem.connect.aggregate.AggregateKey;
import org.jspecify.annotations.Nullable;

/**
 * What the ledger keeps of one event, so that a person can see later what was overruled and why, and bring it back.
 * Immutable.
 *
 * @param kind what happened
 * @param key the aggregate
 * @param notedAtMicros when it was written down, microseconds since the epoch, by the worker's clock
 * @param stored the version that the database held; {@link Version#UNCLOCKED} if it held none
 * @param incoming the version that arrived
 * @param winner whose data is shown now
 * @param rule what decided: the conflict policy's id, the alarm in words, or the constraint
 * @param overruledDeleted whether what was overruled is a delete, so that there is no data
 * @param overruledData what is not shown: the whole aggregate as JSON, in this master's columns; null for a delete
 * @param topic the topic of the incoming record
 * @param partition its partition
 * @param offset its offset
 */
public record LedgerEntry(
        Kind kind,
        AggregateKey key,
        long notedAtMicros,
        Version stored,
        Version incoming,
        Winner winner,
        String rule,
        boolean overruledDeleted,
        @Nullable String overruledData,
        String topic,
        int partition,
        long offset) {

    /** What happened. */
    public enum Kind {
        /** Two masters wrote without knowing of each other; the policy named the winner. */
        CONFLICT,
        /** A comparison of versions proves that a rule of alignment was broken somewhere. */
        ALARM,
        /** A row that existed without a version was overwritten with different data. */
        UNCLOCKED,
        /** Another row holds a unique value of the incoming data, which was therefore not written. */
        UNIQUE_KEY
    }

    /** Whose data is shown. */
    public enum Winner {
        STORED,
        INCOMING
    }

    /** Shows no data: what was overruled must not get into logs by accident. */
    @Override
    public String toString() {
        return kind + " of " + key + " by " + rule;
    }
}
