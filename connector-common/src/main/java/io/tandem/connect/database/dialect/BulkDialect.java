package io.tandem.connect.database.dialect;

import io.tandem.connect.aggregate.AggregateKey;
import io.tandem.connect.aggregate.Column;
import io.tandem.connect.aggregate.Row;
import io.tandem.connect.aggregate.TableId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Statements over many rows at once. This is the hot path, so it is plain JDBC; the connection is that of the handle that
 * owns the transaction.
 */
public interface BulkDialect {

    /** How many keys one statement takes at most; callers cut longer lists. */
    int maxKeys();

    /**
     * A condition that holds for the rows whose {@code columns} are one of the keys.
     *
     * @param columns the key's columns, with the names that they have in the statement's table
     * @param keys at least one and at most {@link #maxKeys()}
     */
    Condition keyIn(List<Column> columns, List<AggregateKey> keys);

    /** A condition that holds for the rows whose {@code columns} come after the key in its order. */
    Condition after(List<Column> columns, AggregateKey key);

    /** Inserts the rows; a row that exists already is an error. */
    void insert(Connection connection, TableId table, List<Column> columns, List<Row> rows) throws SQLException;

    /**
     * Updates rows by key.
     *
     * @param columns all columns that a row carries, those of the key included
     * @param key the columns that find the row
     */
    void update(Connection connection, TableId table, List<Column> columns, List<Column> key, List<Row> rows)
            throws SQLException;

    /**
     * Sets an int64 column to the given value where that is larger.
     *
     * @param rows the values of {@code key}, then that of {@code column}
     */
    void raise(Connection connection, TableId table, Column column, List<Column> key, List<Row> rows)
            throws SQLException;

    /** Deletes rows by key; a row carries the values of {@code key}. */
    void delete(Connection connection, TableId table, List<Column> key, List<Row> rows) throws SQLException;

    /** SQL that reads a column so that {@link #read} gets its exact value. */
    String selected(Column column);

    /**
     * The value of a {@link #selected} column of a result, in the Java class of the column's type.
     *
     * @throws UnreadableValue if it has no exact counterpart there
     */
    @Nullable
    Object read(ResultSet result, int index, Column column) throws SQLException;

    /** SQL for a number of at least 0 that depends on nothing but these columns; splits keys among tasks. */
    String hash(List<String> quotedColumns);

    /**
     * A piece of SQL with its parameters.
     *
     * @param sql the condition, parameters as {@code ?}
     * @param binder binds them
     */
    record Condition(String sql, Binder binder) {}

    /** Binds the parameters of a condition. */
    @FunctionalInterface
    interface Binder {
        /**
         * Binds.
         *
         * @param first the index of the condition's first parameter, 1 for the statement's first
         * @return the index after the last one bound
         */
        int bind(PreparedStatement statement, int first) throws SQLException;
    }
}
