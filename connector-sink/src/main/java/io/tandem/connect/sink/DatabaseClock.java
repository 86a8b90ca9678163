package io.tandem.connect.sink;

import io.tandem.connect.database.Database;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The wall clock that stamps the writes on this master, which need not be the worker's. The database is asked rarely; in
 * between the machine's own running time counts on.
 *
 * <p>Not thread-safe: used by one task's thread.
 */
final class DatabaseClock {

    private static final long VALID_NANOS = Duration.ofMinutes(1).toNanos();

    private final Database database;
    private final LongSupplier nanoTime;
    private @Nullable Reading last;

    /** What the database said, and the running time then. */
    private record Reading(long micros, long nanos) {}

    /** @param nanoTime a running time in nanoseconds, such as {@link System#nanoTime} */
    DatabaseClock(Database database, LongSupplier nanoTime) {
        this.database = database;
        this.nanoTime = nanoTime;
    }

    /**
     * The time, in microseconds since the epoch; the database is asked at most once a minute.
     *
     * @throws io.tandem.connect.database.DatabaseException if it has to be asked and does not answer
     */
    long nowMicros() {
        Reading reading = last;
        long now = nanoTime.getAsLong();
        if (reading == null || now - reading.nanos() > VALID_NANOS) {
            return askedMicros();
        }
        return reading.micros() + (now - reading.nanos()) / 1000;
    }

    /** Like {@link #nowMicros}, but the database is asked in any case. */
    long askedMicros() {
        String sql = "SELECT " + database.dialect().session().nowMicrosSql();
        long micros = database.withHandle(
                handle -> handle.select(sql).mapTo(Long.class).one());
        last = new Reading(micros, nanoTime.getAsLong());
        return micros;
    }
}
