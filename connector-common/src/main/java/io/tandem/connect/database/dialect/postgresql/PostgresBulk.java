package io.tandem.connect.database.dialect.postgresql;

import io.tandem.connect.aggregate.AggregateKey;
import io.tandem.connect.aggregate.Column;
import io.tandem.connect.aggregate.Row;
import io.tandem.connect.aggregate.TableId;
import io.tandem.connect.database.dialect.BulkDialect;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One statement per batch: the rows travel as one array per column and are unnested in the database.
 *
 * <p>What is no number, date or the like ({@link PostgresArgument}) travels as text, cast to the column's type in the
 * statement: every type of PostgreSQL has a text form, so there is no exception for bytea, enums, arrays or JSON. The cast
 * names the type without its length, since an explicit cast to {@code varchar(3)} would cut a longer text silently where
 * the assignment refuses it.
 */
final class PostgresBulk implements BulkDialect {

    private static final int MAX_KEYS = 5000;

    private final PostgresDialect dialect;

    PostgresBulk(PostgresDialect dialect) {
        this.dialect = dialect;
    }

    @Override
    public int maxKeys() {
        return MAX_KEYS;
    }

    @Override
    public Condition keyIn(List<Column> columns, List<AggregateKey> keys) {
        Binder binder = (statement, first) -> {
            for (int i = 0; i < columns.size(); i++) {
                int position = i;
                statement.setArray(
                        first + i,
                        PostgresArgument.of(columns.get(i))
                                .array(
                                        statement.getConnection(),
                                        keys,
                                        key -> key.values().get(position)));
            }
            return first + columns.size();
        };
        if (columns.size() == 1) {
            Column column = columns.get(0);
            return new Condition(dialect.quote(column.name()) + " = ANY(" + list(column) + ")", binder);
        }
        return new Condition(
                "(" + names(columns) + ") IN (SELECT " + casts(columns, 0) + " FROM " + unnest(columns) + ")", binder);
    }

    @Override
    public Condition after(List<Column> columns, AggregateKey key) {
        String values = columns.stream()
                .map(column -> "CAST(? AS " + column.castType() + ")")
                .collect(Collectors.joining(", "));
        return new Condition("(" + names(columns) + ") > (" + values + ")", (statement, first) -> {
            int index = first;
            for (Object value : key.values()) {
                statement.setString(index++, PostgresText.of(value));
            }
            return index;
        });
    }

    @Override
    public void insert(Connection connection, TableId table, List<Column> columns, List<Row> rows) throws SQLException {
        execute(
                connection,
                "INSERT INTO " + dialect.quote(table) + " (" + names(columns)
                        // the key of another master is taken as it is, also where this one would make up its own
                        + ") OVERRIDING SYSTEM VALUE SELECT " + casts(columns, 0)
                        + " FROM " + unnest(columns),
                columns,
                rows);
    }

    @Override
    public void update(Connection connection, TableId table, List<Column> columns, List<Column> key, List<Row> rows)
            throws SQLException {
        String assignments = IntStream.range(0, columns.size())
                .filter(i -> !key.contains(columns.get(i)))
                .mapToObj(i -> dialect.quote(columns.get(i).name()) + " = " + cast(columns.get(i), i))
                .collect(Collectors.joining(", "));
        if (!assignments.isEmpty()) {
            execute(
                    connection,
                    "UPDATE " + dialect.quote(table) + " AS t SET " + assignments + " FROM " + unnest(columns)
                            + " WHERE " + matches(columns, key),
                    columns,
                    rows);
        }
    }

    @Override
    public void raise(Connection connection, TableId table, Column column, List<Column> key, List<Row> rows)
            throws SQLException {
        String name = dialect.quote(column.name());
        List<Column> written = Stream.concat(key.stream(), Stream.of(column)).toList();
        execute(
                connection,
                "UPDATE " + dialect.quote(table) + " AS t SET " + name + " = " + cast(column, key.size()) + " FROM "
                        + unnest(written) + " WHERE " + matches(key, key) + " AND t." + name + " < "
                        + cast(column, key.size()),
                written,
                rows);
    }

    @Override
    public void delete(Connection connection, TableId table, List<Column> key, List<Row> rows) throws SQLException {
        execute(
                connection,
                "DELETE FROM " + dialect.quote(table) + " AS t USING " + unnest(key) + " WHERE " + matches(key, key),
                key,
                rows);
    }

    private void execute(Connection connection, String sql, List<Column> columns, List<Row> rows) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < columns.size(); i++) {
                int position = i;
                statement.setArray(
                        i + 1, PostgresArgument.of(columns.get(i)).array(connection, rows, row -> row.get(position)));
            }
            statement.executeUpdate();
        }
    }

    /** A list of values of the column as one parameter. */
    private static String list(Column column) {
        PostgresArgument argument = PostgresArgument.of(column);
        return argument.isCast()
                ? "CAST(" + argument.placeholder() + " AS " + column.castType() + "[])"
                : argument.placeholder();
    }

    private String names(List<Column> columns) {
        return columns.stream().map(column -> dialect.quote(column.name())).collect(Collectors.joining(", "));
    }

    private static String casts(List<Column> columns, int from) {
        return IntStream.range(0, columns.size())
                .mapToObj(i -> cast(columns.get(i), from + i))
                .collect(Collectors.joining(", "));
    }

    private static String cast(Column column, int position) {
        String value = "v.c" + position;
        return PostgresArgument.of(column).isCast() ? PostgresValues.cast(value, column) : value;
    }

    private String matches(List<Column> columns, List<Column> key) {
        return IntStream.range(0, columns.size())
                .filter(i -> key.contains(columns.get(i)))
                .mapToObj(i -> "t." + dialect.quote(columns.get(i).name()) + " = " + cast(columns.get(i), i))
                .collect(Collectors.joining(" AND "));
    }

    private static String unnest(List<Column> columns) {
        String arrays = columns.stream()
                .map(column -> PostgresArgument.of(column).placeholder())
                .collect(Collectors.joining(", "));
        String names = IntStream.range(0, columns.size()).mapToObj(i -> "c" + i).collect(Collectors.joining(", "));
        return "unnest(" + arrays + ") AS v(" + names + ")";
    }

    @Override
    public String selected(Column column) {
        return PostgresValues.selected(dialect.quote(column.name()), column);
    }

    @Override
    public @Nullable Object read(ResultSet result, int index, Column column) throws SQLException {
        return PostgresValues.read(result, index, column);
    }

    @Override
    public String hash(List<String> quotedColumns) {
        return "(hashtext(concat_ws(',', " + String.join(", ", quotedColumns) + ")) & 2147483647)";
    }
}
