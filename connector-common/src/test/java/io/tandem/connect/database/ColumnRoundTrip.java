package io.tandem.connect.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.connect.aggregate.Column;
import io.tandem.connect.aggregate.Row;
import io.tandem.connect.record.Coercion;
import io.tandem.connect.record.ColumnFit;
import io.tandem.connect.record.ColumnSchemas;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.kafka.connect.data.ConnectSchema;
import org.apache.kafka.connect.data.Schema;
import org.jspecify.annotations.Nullable;

/** Takes values of a type of column through a table and back, and through Connect. */
final class ColumnRoundTrip {

    static final byte[] ALL_BYTES = allBytes();
    static final String TEXT = "é ß 漢字 😀 \\ ' \" \n\t {a,\"b\"} NULL ?:x";

    private ColumnRoundTrip() {}

    /** Inserts the values after a NULL, reads them, swaps them by an update, and reads again. */
    static void roundTrips(TestDatabase database, String type, @Nullable Object... values) throws SQLException {
        database.execute("DROP TABLE IF EXISTS sample", "CREATE TABLE sample (id BIGINT PRIMARY KEY, v " + type + ")");
        TestTable table = TestTable.of(database, "sample");
        List<@Nullable Object> all =
                Stream.concat(Stream.of((Object) null), Stream.of(values)).toList();

        table.insert(rows(all));
        // often enough for the driver to prepare the statement in the server and to take the binary form
        for (int i = 0; i < 7; i++) {
            assertThat(read(table, all.size())).as("%s, read %s", type, i).isEqualTo(rows(all));
        }
        travels(table.table().columns().get(1), all);
        List<@Nullable Object> swapped = new ArrayList<>(all);
        Collections.reverse(swapped);
        table.update(rows(swapped));

        assertThat(read(table, all.size())).as("%s after update", type).isEqualTo(rows(swapped));
    }

    /** What was read is a value of the column's Connect schema, comes back as it was, and fits the column. */
    private static void travels(Column column, List<@Nullable Object> values) {
        Schema schema = ColumnSchemas.schema(column);
        for (Object value : values) {
            Object travelling = ColumnSchemas.toConnect(column.type(), value);
            ConnectSchema.validateValue(schema, travelling);
            Object arrived = ColumnSchemas.fromConnect(
                    column.type(), Coercion.between(schema, schema).convert(travelling));
            assertThat(arrived).as(column.nativeType()).isEqualTo(value);
            ColumnFit.of(column).check(arrived);
        }
    }

    private static List<Row> rows(List<@Nullable Object> values) {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            rows.add(new Row((long) i, values.get(i)));
        }
        return rows;
    }

    private static List<Row> read(TestTable table, int size) {
        Object[] ids = LongStream.range(0, size).boxed().toArray();
        return table.select(TestTable.keys(ids)).stream()
                .sorted(Comparator.comparing(row -> (Long) row.required(0)))
                .toList();
    }

    static List<@Nullable Object> list(@Nullable Object... elements) {
        return Arrays.asList(elements);
    }

    static BigDecimal decimal(String text) {
        return new BigDecimal(text);
    }

    private static byte[] allBytes() {
        byte[] bytes = new byte[256];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) i;
        }
        return bytes;
    }
}
