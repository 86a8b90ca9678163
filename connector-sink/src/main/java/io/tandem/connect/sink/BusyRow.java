package io.tandem.connect.sink;

import io.tandem.connect.aggregate.AggregateKey;
import io.tandem.connect.aggregate.Column;
import io.tandem.connect.aggregate.TableId;
import java.util.List;

/**
 * A row that somebody else holds a lock on.
 *
 * @param columns the columns that find it
 * @param key their values
 */
record BusyRow(TableId table, List<Column> columns, AggregateKey key) {}
