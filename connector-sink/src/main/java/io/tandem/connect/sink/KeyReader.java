package io.tandem.connect.sink;

import io.tandem.connect.aggregate.Aggregate;
import io.tandem.connect.aggregate.AggregateKey;
import io.tandem.connect.aggregate.Column;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;

/** Reads the local key out of record keys of one schema. Immutable. */
final class KeyReader {

    private final List<ColumnReader> columns = new ArrayList<>();

    KeyReader(Aggregate aggregate, Schema schema, String who) {
        for (Column column : aggregate.key()) {
            Field field = schema.field(column.name());
            if (field == null) {
                throw new DataException(who + ": the record's key lacks the column " + column.name() + " of "
                        + aggregate.root().id() + "; does the mapping map the key?");
            }
            columns.add(new ColumnReader(aggregate.root().id(), column, field, who));
        }
    }

    AggregateKey read(Struct key, String who) {
        List<Object> values = new ArrayList<>(columns.size());
        for (ColumnReader column : columns) {
            Object value = column.read(key, who);
            if (value == null) {
                throw new DataException(who + ": the record's key is null in "
                        + column.column().name() + "; expected a value; look what writes to the topic");
            }
            values.add(value);
        }
        return new AggregateKey(values);
    }
}
