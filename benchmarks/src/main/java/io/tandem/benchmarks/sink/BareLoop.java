package io.tandem.benchmarks.sink;

import io.tandem.benchmarks.rig.Accounts;
import io.tandem.benchmarks.rig.Rig;
import io.tandem.benchmarks.rig.Scratch;
import io.tandem.benchmarks.rig.State;
import io.tandem.testbed.Vendor;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Date;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

/**
 * The ceiling: what the database can do. A loop in one session that runs the statements of an applying transaction on
 * data that is decoded already: locks clocks and rows, looks into the journal, writes rows and versions in bulk. It
 * reads what the sink would have to read, decides nothing, and knows beforehand what is an insert.
 */
final class BareLoop implements Contender {

    private static final int BATCH = 5000;
    private static final double WARM_UP = 0.1;

    private final Rig rig;

    BareLoop(Rig rig) {
        this.rig = rig;
    }

    @Override
    public String name() {
        return "bare";
    }

    @Override
    public boolean takes(Case what) {
        return what.vendor() == Vendor.POSTGRESQL
                && !what.inRoot()
                && what.tasks() == 1
                && (what.workload() == Workload.INSERT || what.workload() == Workload.UPDATE);
    }

    @Override
    public double run(Case what) {
        try (Scratch database = rig.scratch(what.vendor())) {
            Accounts accounts = new Accounts(what.children());
            State.create(database, accounts, new Records(accounts, what).stored(), "modern");
            try (Connection connection = database.connect()) {
                connection.setAutoCommit(false);
                connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
                int warm = (int) (what.records() * WARM_UP);
                long start = 0;
                for (int from = 0; from < what.records(); from += BATCH) {
                    if (start == 0 && from >= warm) {
                        start = System.nanoTime();
                        warm = from;
                    }
                    apply(new Batch(connection, from, Math.min(BATCH, what.records() - from)), what);
                }
                return (what.records() - warm) * (double) TimeUnit.SECONDS.toNanos(1) / (System.nanoTime() - start);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A part of the records. */
    private record Batch(Connection connection, int from, int size) {

        /** An array with a value for each record, or for each of several rows of one. */
        java.sql.Array array(String type, int rows, IntFunction<Object> value) throws SQLException {
            Object[] values = new Object[size * rows];
            for (int i = 0; i < values.length; i++) {
                values[i] = value.apply(i);
            }
            return connection.createArrayOf(type, values);
        }

        long number(int index) {
            return 1L + from + index;
        }
    }

    private static void apply(Batch batch, Case what) throws SQLException {
        boolean insert = what.workload() == Workload.INSERT;
        java.sql.Array keys = batch.array("int8", 1, batch::number);
        execute(batch, "SET LOCAL tandem.applying = 'on'", List.of());
        read(batch, "SELECT * FROM tandem_account_clock WHERE key_id = ANY(?) FOR UPDATE SKIP LOCKED", keys);
        read(batch, "SELECT id FROM account WHERE id = ANY(?) FOR UPDATE SKIP LOCKED", keys);
        if (insert) {
            read(batch, "SELECT id FROM account WHERE id = ANY(?)", keys);
        }
        if (what.children()) {
            read(batch, "SELECT * FROM account_line WHERE account_id = ANY(?) FOR UPDATE SKIP LOCKED", keys);
            read(batch, "SELECT * FROM account_note WHERE account_id = ANY(?) FOR UPDATE SKIP LOCKED", keys);
        }
        read(batch, "SELECT * FROM tandem_account_journal WHERE key_id = ANY(?) ORDER BY key_id LIMIT 50000", keys);
        execute(batch, "SET LOCAL lock_timeout = '50ms'", List.of());
        writeRoots(batch, insert);
        if (what.children()) {
            writeChildren(batch, insert);
        }
        execute(
                batch,
                insert
                        ? "INSERT INTO tandem_account_clock (key_id, clock_legacy, clock_modern, clock_timestamp, "
                                + "clock_writer, clock_deleted, published) SELECT k, c, 0, t, 'legacy', false, 0 "
                                + "FROM unnest(?, ?, ?) AS v(k, c, t)"
                        : "UPDATE tandem_account_clock AS t SET clock_legacy = v.c, clock_modern = 0, "
                                + "clock_timestamp = v.t, clock_writer = 'legacy', clock_deleted = false, published = 0 "
                                + "FROM unnest(?, ?, ?) AS v(k, c, t) WHERE t.key_id = v.k",
                List.of(
                        keys,
                        batch.array("int8", 1, i -> insert ? 1L : 2L),
                        batch.array("int8", 1, i -> 1_750_000_000_000_000L)));
        batch.connection().commit();
    }

    private static void writeRoots(Batch batch, boolean insert) throws SQLException {
        List<java.sql.Array> columns = List.of(
                batch.array("int8", 1, batch::number),
                column(batch, "text", 1),
                column(batch, "text", 2),
                column(batch, "text", 3),
                column(batch, "numeric", 4),
                batch.array("date", 1, i -> new java.sql.Date(((Date) Accounts.values(batch.number(i))[5]).getTime())),
                column(batch, "bool", 6),
                column(batch, "int4", 7));
        execute(
                batch,
                insert
                        ? "INSERT INTO account (id, name, email, city, balance, opened, active, revision) "
                                + "SELECT * FROM unnest(?, ?, ?, ?, ?, ?, ?, ?)"
                        : "UPDATE account AS t SET name = v.b, email = v.c, city = v.d, balance = v.e, opened = v.f, "
                                + "active = v.g, revision = v.h "
                                + "FROM unnest(?, ?, ?, ?, ?, ?, ?, ?) AS v(a, b, c, d, e, f, g, h) WHERE t.id = v.a",
                columns);
    }

    private static void writeChildren(Batch batch, boolean insert) throws SQLException {
        int lines = Accounts.LINES;
        execute(
                batch,
                insert
                        ? "INSERT INTO account_line (account_id, position, article, quantity) "
                                + "SELECT * FROM unnest(?, ?, ?, ?)"
                        : "UPDATE account_line AS t SET article = v.c, quantity = v.d FROM unnest(?, ?, ?, ?) "
                                + "AS v(a, b, c, d) WHERE t.account_id = v.a AND t.position = v.b",
                List.of(
                        batch.array("int8", lines, i -> batch.number(i / lines)),
                        batch.array("int4", lines, i -> 1 + i % lines),
                        batch.array("text", lines, i -> "Article " + batch.number(i / lines)),
                        batch.array("int4", lines, i -> 2)));
        execute(
                batch,
                insert
                        ? "INSERT INTO account_note (account_id, position, remark) SELECT * FROM unnest(?, ?, ?)"
                        : "UPDATE account_note AS t SET remark = v.c FROM unnest(?, ?, ?) AS v(a, b, c) "
                                + "WHERE t.account_id = v.a AND t.position = v.b",
                List.of(
                        batch.array("int8", 1, batch::number),
                        batch.array("int4", 1, i -> 1),
                        batch.array("text", 1, i -> "A note about account " + batch.number(i))));
    }

    private static java.sql.Array column(Batch batch, String type, int position) throws SQLException {
        return batch.array(type, 1, i -> Accounts.values(batch.number(i))[position]);
    }

    private static void read(Batch batch, String sql, java.sql.Array keys) throws SQLException {
        try (PreparedStatement statement = batch.connection().prepareStatement(sql)) {
            statement.setArray(1, keys);
            try (var result = statement.executeQuery()) {
                int columns = result.getMetaData().getColumnCount();
                while (result.next()) {
                    for (int i = 1; i <= columns; i++) {
                        result.getObject(i);
                    }
                }
            }
        }
    }

    private static void execute(Batch batch, String sql, List<java.sql.Array> arrays) throws SQLException {
        try (PreparedStatement statement = batch.connection().prepareStatement(sql)) {
            for (int i = 0; i < arrays.size(); i++) {
                statement.setArray(i + 1, arrays.get(i));
            }
            statement.execute();
        }
    }
}
