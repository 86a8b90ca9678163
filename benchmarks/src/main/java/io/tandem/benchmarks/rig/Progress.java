package io.tandem.benchmarks.rig;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Measures how fast accounts get a revision, or how fast it is published, from the outside: it looks every 20 ms at 200
 * of them by their keys, which costs the server next to nothing. Immutable.
 */
public final class Progress {

    private static final int SAMPLES = 200;
    private static final int CHECK_EVERY = 50;
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long LIMIT_NANOS = TimeUnit.MINUTES.toNanos(10);
    private static final double TENTH = 0.1;

    private final Scratch database;
    private final int records;
    private final String query;
    private final Runnable check;

    private Progress(Scratch database, int records, String query, Runnable check) {
        this.database = database;
        this.records = records;
        this.query = query;
        this.check = check;
    }

    /**
     * A measurement.
     *
     * @param records how many records make the change
     * @param number the account that the record with an index from 0 on is about
     * @param check throws if it is no use to wait any longer
     */
    public static Progress of(Scratch database, int records, IntToLongFunction number, Runnable check) {
        return of(database, records, number, 1, check);
    }

    /** As {@link #of(Scratch, int, IntToLongFunction, Runnable)}, for another revision than the first. */
    public static Progress of(Scratch database, int records, IntToLongFunction number, int revision, Runnable check) {
        return new Progress(
                database,
                records,
                "SELECT COUNT(*) FROM account WHERE revision = " + revision + " AND id IN (" + samples(records, number)
                        + ")",
                check);
    }

    /**
     * A measurement of a source: an account counts when its second write is noted as published.
     *
     * @param records how many accounts were written
     * @param master whose source it is
     * @param check throws if it is no use to wait any longer
     */
    public static Progress published(Scratch database, int records, String master, Runnable check) {
        return new Progress(
                database,
                records,
                "SELECT COUNT(*) FROM tandem_account_clock WHERE clock_" + master
                        + " = 2 AND published = 2 AND key_id IN (" + samples(records, index -> 1L + index) + ")",
                check);
    }

    private static String samples(int records, IntToLongFunction number) {
        return IntStream.rangeClosed(1, SAMPLES)
                .map(i -> (int) ((long) records * i / SAMPLES) - 1)
                .mapToLong(number)
                .mapToObj(Long::toString)
                .collect(Collectors.joining(","));
    }

    /** Records per second, from the first look that finds a tenth done to the one that finds all. */
    public double afterTheFirstTenth() {
        return watch(0);
    }

    /** Records per second, from a moment of {@link System#nanoTime} on. */
    public double since(long startNanos) {
        return watch(startNanos);
    }

    private double watch(long startNanos) {
        try (Connection connection = database.connect();
                PreparedStatement statement = connection.prepareStatement(query)) {
            long begin = System.nanoTime();
            long start = startNanos;
            double before = 0;
            for (int look = 1; System.nanoTime() - begin < LIMIT_NANOS; look++) {
                long now = System.nanoTime();
                double done = done(statement);
                if (start == 0 && done >= TENTH) {
                    start = now;
                    before = done;
                } else if (start != 0 && done == 1) {
                    return (1 - before) * records * TimeUnit.SECONDS.toNanos(1) / (now - start);
                }
                if (look % CHECK_EVERY == 0) {
                    check.run();
                }
                LockSupport.parkNanos(LOOK_NANOS);
            }
            throw new IllegalStateException("not over after ten minutes, done: " + done(statement));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static double done(PreparedStatement statement) throws SQLException {
        try (ResultSet result = statement.executeQuery()) {
            result.next();
            return result.getInt(1) / (double) SAMPLES;
        }
    }
}
