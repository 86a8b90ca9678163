package io.tandem.connect.database;

import io.tandem.connect.aggregate.AggregateKey;
import io.tandem.connect.aggregate.Column;
import io.tandem.connect.aggregate.Row;
import io.tandem.connect.aggregate.Table;
import io.tandem.connect.aggregate.TableId;
import io.tandem.connect.database.dialect.BulkDialect;
import io.tandem.connect.database.dialect.CatalogDialect;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;

/** A table as the catalog shows it, with bulk statements on a pool of Tandem's. */
final class TestTable {

    private final Table table;
    private final Database pool;
    private final BulkDialect bulk;
    private final KeyQueries queries;

    private TestTable(Table table, Database pool) {
        this.table = table;
        this.pool = pool;
        this.bulk = pool.dialect().bulk();
        this.queries = new KeyQueries(pool.dialect());
    }

    static TestTable of(TestDatabase database, String name) {
        Database pool = database.open();
        TableId id = new TableId(database.schema(), name);
        CatalogDialect catalog = database.dialect().catalog();
        return new TestTable(
                pool.withHandle(handle -> new Table(
                        id,
                        catalog.columns(handle, id),
                        catalog.primaryKey(handle, id),
                        catalog.foreignKeys(handle, id))),
                pool);
    }

    /** Work with a connection. */
    @FunctionalInterface
    interface Work {
        void run(Connection connection) throws SQLException;
    }

    Table table() {
        return table;
    }

    List<Column> key() {
        return table.columns(table.primaryKey());
    }

    void inTransaction(Work work) {
        pool.inTransaction(handle -> {
            work.run(handle.getConnection());
            return null;
        });
    }

    void insert(List<Row> rows) {
        inTransaction(connection -> bulk.insert(connection, table.id(), table.columns(), rows));
    }

    void update(List<Row> rows) {
        inTransaction(connection -> bulk.update(connection, table.id(), table.columns(), key(), rows));
    }

    void delete(List<AggregateKey> keys) {
        List<Row> rows =
                keys.stream().map(key -> new Row(key.values().toArray())).toList();
        inTransaction(connection -> bulk.delete(connection, table.id(), key(), rows));
    }

    void raise(String column, List<Row> rows) {
        inTransaction(connection -> bulk.raise(
                connection, table.id(), table.columns(List.of(column)).get(0), key(), rows));
    }

    /** The rows of these keys, all columns. */
    List<Row> select(List<AggregateKey> keys) {
        return pool.inTransaction(handle ->
                queries.select(handle.getConnection(), table.id(), table.columns(), key(), keys, KeyQueries.NO_LOCK));
    }

    /** The values of a single-column key. */
    static List<AggregateKey> keys(Object... values) {
        return Stream.of(values).map(value -> new AggregateKey(List.of(value))).toList();
    }
}
