package io.tandem.connect.database;

import io.tandem.connect.aggregate.AggregateKey;

/**
 * One row of the change journal.
 *
 * @param id the journal's own key
 * @param key the aggregate that was written
 * @param changedAtMicros the wall clock at the statement, microseconds since the epoch
 */
public record Note(long id, AggregateKey key, long changedAtMicros) {}
