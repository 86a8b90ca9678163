package io.tandem.connect.database;

import io.tandem.connect.aggregate.Aggregate;
import io.tandem.connect.aggregate.Column;
import io.tandem.connect.aggregate.ColumnType;
import io.tandem.connect.aggregate.ColumnType.Kind;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The columns of the clock table and of the change journal. Their types are spelled alike by all vendors. */
public final class ClockColumns {

    /** When the data shown was written, microseconds since the epoch. */
    public static final Column TIMESTAMP = int64("clock_timestamp");

    /** The master whose write is shown. */
    public static final Column WRITER =
            new Column("clock_writer", ColumnType.of(Kind.STRING), "VARCHAR(30)", "VARCHAR", false, false);

    /** True for a tombstone. */
    public static final Column DELETED =
            new Column("clock_deleted", ColumnType.of(Kind.BOOLEAN), "BOOLEAN", "BOOLEAN", false, false);

    /** The own counter as last acknowledged by Kafka. */
    public static final Column PUBLISHED = int64("published");

    /** {@link #PUBLISHED} where the versions are columns of the root table. */
    public static final Column ROOT_PUBLISHED = int64("clock_published");

    /** What a vendor without partial indexes indexes of the root table: whether it is not published yet. */
    public static final String ROOT_PENDING = "clock_pending";

    /** The journal's own key. */
    public static final String NOTE_ID = "id";

    /** When the noted statement ran, microseconds since the epoch. */
    public static final String CHANGED_AT = "changed_at";

    /** The session that wrote. */
    public static final String SESSION = "session";

    private ClockColumns() {}

    /** The aggregate's key, under names that cannot collide with Tandem's own columns. */
    public static List<Column> key(Aggregate aggregate) {
        return aggregate.key().stream().map(ClockColumns::key).toList();
    }

    /** A key column as it is named in Tandem's tables. */
    public static Column key(Column column) {
        return new Column("key_" + column.name(), column.type(), column.nativeType(), column.castType(), false, false);
    }

    /** The columns of the clock table in their order, without what the database computes. */
    public static List<Column> ofTable(Aggregate aggregate, List<String> masters) {
        return Stream.of(
                        key(aggregate).stream(),
                        masters.stream().map(ClockColumns::counter),
                        Stream.of(TIMESTAMP, WRITER, DELETED, PUBLISHED))
                .flatMap(column -> column)
                .toList();
    }

    /** The columns of the root table that hold its version, without the deletion, which the root row itself tells. */
    public static List<Column> ofRoot(List<String> masters) {
        return Stream.of(masters.stream().map(ClockColumns::counter), Stream.of(TIMESTAMP, WRITER, ROOT_PUBLISHED))
                .flatMap(column -> column)
                .toList();
    }

    /** The names of all columns that Tandem may have in a root table. */
    public static Set<String> namesInRoot(List<String> masters) {
        return Stream.concat(ofRoot(masters).stream().map(Column::name), Stream.of(ROOT_PENDING))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The columns that hold a reference to a row in a journal of rows. */
    public static List<Column> row(List<Column> referenced) {
        return referenced.stream()
                .map(column -> new Column(
                        "row_" + column.name(), column.type(), column.nativeType(), column.castType(), false, false))
                .toList();
    }

    /** The counter of a master. */
    public static Column counter(String master) {
        return int64("clock_" + master);
    }

    /** A column of Tandem for a number. */
    static Column int64(String name) {
        return new Column(name, ColumnType.of(Kind.INT64), "BIGINT", "BIGINT", false, false);
    }
}
