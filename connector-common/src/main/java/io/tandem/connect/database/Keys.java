package io.tandem.connect.database;

import io.tandem.connect.aggregate.AggregateKey;
import io.tandem.connect.aggregate.Row;
import java.util.ArrayList;
import java.util.List;

/** Keys out of rows. */
final class Keys {

    private Keys() {}

    /** The key in the first columns of a row. */
    static AggregateKey of(Row row, int size) {
        List<Object> values = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            values.add(row.required(i));
        }
        return new AggregateKey(values);
    }

    /** The keys of rows that consist of nothing else. */
    static List<AggregateKey> of(List<Row> rows) {
        return rows.stream().map(row -> of(row, row.size())).toList();
    }
}
