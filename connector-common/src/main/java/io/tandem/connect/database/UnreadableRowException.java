package io.tandem.connect.database;

import io.tandem.connect.aggregate.AggregateKey;
import io.tandem.connect.aggregate.Column;
import io.tandem.connect.aggregate.TableId;
import io.tandem.connect.database.dialect.UnreadableValue;
import org.jspecify.annotations.Nullable;

/**
 * A row of the application holds a value that cannot be carried exactly. The message names table, column and key, and
 * what to do; it never holds the value.
 */
public final class UnreadableRowException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient @Nullable AggregateKey key;
    private final String place;
    private final String reason;

    UnreadableRowException(TableId table, Column column, @Nullable AggregateKey key, UnreadableValue reason) {
        this("column " + column.name() + " (" + column.nativeType() + ") of table " + table, key, reason);
    }

    private UnreadableRowException(String place, @Nullable AggregateKey key, UnreadableValue reason) {
        super(
                place + (key == null ? ", which is part of a key" : ", key " + key) + ": the value "
                        + reason.getMessage()
                        + ", so it cannot be carried to another master; correct it in the table, then "
                        + "restart the task",
                reason);
        this.key = key;
        this.place = place;
        this.reason = "the value " + reason.getMessage();
    }

    /** The aggregate, null if it is the key itself that cannot be read. */
    public @Nullable AggregateKey key() {
        return key;
    }

    /** The column with its type and its table. */
    public String place() {
        return place;
    }

    /** Why the value cannot be carried; without the key, so that the same trouble in other rows reads the same. */
    public String reason() {
        return reason;
    }
}
