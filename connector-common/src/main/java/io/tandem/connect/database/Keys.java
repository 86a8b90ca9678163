package io.tandem.connect.database;

import io.tandem.connect.aggregate.AggregateKey;
import io.tandem.connect.aggregate.Row;
import java.util.List;

/** Keys out of rows. */
final class Keys {

    private Keys() {}

    /** The key in the first columns of a row. */
    static AggregateKey of(Row row, int size) {
        Object[] values = new Object[size];
        for (int i = 0; i < size; i++) {
            values[i] = row.required(i);
        }
        return AggregateKey.of(values);
    }

    /** The keys of rows that consist of nothing else. */
    static List<AggregateKey> of(List<Row> rows) {
        return rows.stream().map(row -> of(row, row.size())).toList();
    }
}
