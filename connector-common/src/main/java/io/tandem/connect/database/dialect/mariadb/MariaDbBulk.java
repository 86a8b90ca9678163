package io.tandem.connect.database.dialect.mariadb;

import io.tandem.connect.aggregate.AggregateKey;
import io.tandem.connect.aggregate.Column;
import io.tandem.connect.aggregate.ColumnType.Kind;
import io.tandem.connect.aggregate.Row;
import io.tandem.connect.aggregate.TableId;
import io.tandem.connect.database.dialect.BulkDialect;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Batches that Connector/J sends in one bulk command. Its counts of affected rows are unreliable and not looked at.
 *
 * <p>Key lists are IN lists, or for composite keys ORs of ANDs, both of which the range optimizer answers by the key; a
 * list of row constructors would scan, and lock, the whole table. They are padded to a power of two so that only a few
 * statements are ever prepared, and stay below the 1000 from which the server rewrites IN lists to joins.
 */
final class MariaDbBulk implements BulkDialect {

    private static final int MAX_KEYS = 256;

    private final MariaDbDialect dialect;

    MariaDbBulk(MariaDbDialect dialect) {
        this.dialect = dialect;
    }

    @Override
    public int maxKeys() {
        return MAX_KEYS;
    }

    @Override
    public Condition keyIn(List<Column> columns, List<AggregateKey> keys) {
        int padded = paddedSize(keys.size());
        String sql = columns.size() == 1
                ? dialect.quote(columns.get(0).name()) + " IN (" + repeat("?", padded, ", ") + ")"
                : "(" + repeat("(" + equalities(columns) + ")", padded, " OR ") + ")";
        return new Condition(sql, (statement, first) -> {
            int index = first;
            for (int i = 0; i < padded; i++) {
                for (Object value : keys.get(Math.min(i, keys.size() - 1)).values()) {
                    bind(statement, index++, value);
                }
            }
            return index;
        });
    }

    /** {@code a > ? OR (a = ? AND b > ?)}: the optimizer answers it by the key, unlike a comparison of rows. */
    @Override
    public Condition after(List<Column> columns, AggregateKey key) {
        List<String> alternatives = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            String equal = i == 0 ? "" : equalities(columns.subList(0, i)) + " AND ";
            alternatives.add("(" + equal + dialect.quote(columns.get(i).name()) + " > ?)");
        }
        return new Condition("(" + String.join(" OR ", alternatives) + ")", (statement, first) -> {
            int index = first;
            for (int i = 0; i < columns.size(); i++) {
                for (Object value : key.values().subList(0, i + 1)) {
                    bind(statement, index++, value);
                }
            }
            return index;
        });
    }

    private static int paddedSize(int size) {
        return size <= 1 ? 1 : Integer.highestOneBit(size - 1) << 1;
    }

    private static String repeat(String part, int times, String separator) {
        return String.join(separator, Collections.nCopies(times, part));
    }

    @Override
    public void insert(Connection connection, TableId table, List<Column> columns, List<Row> rows) throws SQLException {
        String names =
                columns.stream().map(column -> dialect.quote(column.name())).collect(Collectors.joining(", "));
        execute(
                connection,
                "INSERT INTO " + dialect.quote(table) + " (" + names + ") VALUES (" + repeat("?", columns.size(), ", ")
                        + ")",
                positions(columns, column -> true),
                rows);
    }

    @Override
    public void update(Connection connection, TableId table, List<Column> columns, List<Column> key, List<Row> rows)
            throws SQLException {
        List<Column> changed =
                columns.stream().filter(column -> !key.contains(column)).toList();
        if (changed.isEmpty()) {
            return;
        }
        String assignments = changed.stream()
                .map(column -> dialect.quote(column.name()) + " = ?")
                .collect(Collectors.joining(", "));
        List<Column> keyInOrder = columns.stream().filter(key::contains).toList();
        int[] values = positions(columns, column -> !key.contains(column));
        int[] keys = positions(columns, key::contains);
        execute(
                connection,
                "UPDATE " + dialect.quote(table) + " SET " + assignments + " WHERE " + equalities(keyInOrder),
                concatenated(values, keys),
                rows);
    }

    @Override
    public void raise(Connection connection, TableId table, Column column, List<Column> key, List<Row> rows)
            throws SQLException {
        String name = dialect.quote(column.name());
        int[] positions = new int[key.size() + 1];
        positions[0] = key.size();
        for (int i = 0; i < key.size(); i++) {
            positions[i + 1] = i;
        }
        execute(
                connection,
                "UPDATE " + dialect.quote(table) + " SET " + name + " = GREATEST(" + name + ", ?) WHERE "
                        + equalities(key),
                positions,
                rows);
    }

    @Override
    public void delete(Connection connection, TableId table, List<Column> key, List<Row> rows) throws SQLException {
        execute(
                connection,
                "DELETE FROM " + dialect.quote(table) + " WHERE " + equalities(key),
                positions(key, column -> true),
                rows);
    }

    private String equalities(List<Column> columns) {
        return columns.stream()
                .map(column -> dialect.quote(column.name()) + " = ?")
                .collect(Collectors.joining(" AND "));
    }

    private static int[] positions(List<Column> columns, Predicate<Column> wanted) {
        return IntStream.range(0, columns.size())
                .filter(i -> wanted.test(columns.get(i)))
                .toArray();
    }

    private static int[] concatenated(int[] first, int[] second) {
        return IntStream.concat(Arrays.stream(first), Arrays.stream(second)).toArray();
    }

    private static void execute(Connection connection, String sql, int[] positions, List<Row> rows)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (Row row : rows) {
                for (int i = 0; i < positions.length; i++) {
                    bind(statement, i + 1, row.get(positions[i]));
                }
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    private static void bind(PreparedStatement statement, int index, @Nullable Object value) throws SQLException {
        // the session's zone is UTC, see the connection properties
        Object bound = value instanceof Instant instant ? LocalDateTime.ofInstant(instant, ZoneOffset.UTC) : value;
        statement.setObject(index, bound);
    }

    /** FLOAT travels as text of six digits, DOUBLE as text of all. */
    @Override
    public String selected(Column column) {
        String name = dialect.quote(column.name());
        return column.type().kind() == Kind.FLOAT32 ? "CAST(" + name + " AS DOUBLE)" : name;
    }

    @Override
    public @Nullable Object read(ResultSet result, int index, Column column) throws SQLException {
        return MariaDbValues.read(result, index, column.type());
    }

    @Override
    public String hash(List<String> quotedColumns) {
        return "CRC32(CONCAT_WS(',', " + String.join(", ", quotedColumns) + "))";
    }
}
