package io.tandem.connect.database;

import io.tandem.connect.aggregate.Aggregate;
import io.tandem.connect.aggregate.Column;
import io.tandem.connect.aggregate.ColumnType;
import io.tandem.connect.aggregate.ColumnType.Kind;
import java.util.List;
import java.util.stream.Stream;

/** The columns of the ledger. Texts of any length are {@code TEXT} here, which a vendor may spell otherwise. */
public final class LedgerColumns {

    /** The ledger's own key, made up by the database. */
    public static final String ID = "id";

    /** Whether the entry was sent to Kafka; false unless the source says otherwise. */
    public static final String SENT = "sent";

    private LedgerColumns() {}

    /** What is written of an entry, in the order of {@link Ledger#insert}. */
    public static List<Column> written(Aggregate aggregate) {
        Stream<Column> entry = Stream.of(
                words("kind", 30, false),
                number("noted_at", "BIGINT", Kind.INT64, false),
                text("stored_clock"),
                number("stored_timestamp", "BIGINT", Kind.INT64, true),
                words("stored_writer", 30, true),
                text("incoming_clock"),
                number("incoming_timestamp", "BIGINT", Kind.INT64, true),
                words("incoming_writer", 30, true),
                words("winner", 10, true),
                words("rule", 500, false),
                new Column("overruled_deleted", ColumnType.of(Kind.BOOLEAN), "BOOLEAN", "BOOLEAN", false, false),
                text("overruled_data"),
                words("record_topic", 249, true),
                number("record_partition", "INT", Kind.INT32, true),
                number("record_offset", "BIGINT", Kind.INT64, true));
        return Stream.concat(ClockColumns.key(aggregate).stream(), entry).toList();
    }

    /** A whole entry as it is read: its id, then what was written. */
    public static List<Column> read(Aggregate aggregate) {
        return Stream.concat(Stream.of(ClockColumns.int64(ID)), written(aggregate).stream())
                .toList();
    }

    private static Column number(String name, String type, Kind kind, boolean nullable) {
        return new Column(name, ColumnType.of(kind), type, type, nullable, false);
    }

    private static Column words(String name, int length, boolean nullable) {
        return new Column(name, ColumnType.of(Kind.STRING), "VARCHAR(" + length + ")", "VARCHAR", nullable, false);
    }

    private static Column text(String name) {
        return new Column(name, ColumnType.of(Kind.STRING), "TEXT", "TEXT", true, false);
    }
}
