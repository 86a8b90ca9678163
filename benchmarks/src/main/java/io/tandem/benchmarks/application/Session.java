package io.tandem.benchmarks.application;

import io.tandem.benchmarks.rig.Scratch;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;

/** A session of the application's, in auto-commit. For one thread at a time. */
final class Session implements AutoCloseable {

    private static final int BALANCE_BOUND = 1_000_000_000;

    private final Connection connection;
    private final PreparedStatement statement;
    private final LongSupplier keys;

    /** Connects. */
    Session(Scratch database, Write write, LongSupplier keys) throws SQLException {
        this.connection = database.connect();
        this.statement = connection.prepareStatement(write.sql());
        this.keys = keys;
    }

    /** Does one transaction. */
    void transact() throws SQLException {
        // never the balance that is there already, or next to never
        statement.setBigDecimal(
                1, BigDecimal.valueOf(ThreadLocalRandom.current().nextInt(BALANCE_BOUND), 2));
        statement.setLong(2, keys.getAsLong());
        if (statement.executeUpdate() != 1) {
            throw new IllegalStateException("a statement of the application wrote no row");
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
