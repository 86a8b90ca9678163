package io.tandem.connect.transform;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import org.apache.kafka.connect.errors.DataException;

/** Microseconds since the epoch as java.time values. Every int64 is in the range of java.time. */
final class Micros {

    private static final long PER_SECOND = 1_000_000;
    private static final int NANOS = 1_000;

    private Micros() {}

    static Instant instant(long micros) {
        return Instant.ofEpochSecond(Math.floorDiv(micros, PER_SECOND), Math.floorMod(micros, PER_SECOND) * NANOS);
    }

    static LocalDateTime dateTime(long micros) {
        return LocalDateTime.ofInstant(instant(micros), ZoneOffset.UTC);
    }

    /**
     * The microseconds of a date and time; what is finer is cut off.
     *
     * @throws DataException if int64 doesn't reach that far
     */
    static long of(LocalDateTime time) {
        try {
            return Math.addExact(
                    Math.multiplyExact(time.toEpochSecond(ZoneOffset.UTC), PER_SECOND),
                    time.get(ChronoField.MICRO_OF_SECOND));
        } catch (ArithmeticException e) {
            throw new DataException("is out of range");
        }
    }
}
