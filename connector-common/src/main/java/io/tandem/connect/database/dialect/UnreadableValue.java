package io.tandem.connect.database.dialect;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/**
 * A value in the database that has no exact counterpart here. The message goes on after "the value" and never holds it:
 * "is a date without a day".
 */
public final class UnreadableValue extends RuntimeException {

    private static final long serialVersionUID = 1L;

    // int64 microseconds since the epoch
    private static final long LAST_SECOND = Long.MAX_VALUE / 1_000_000 - 1;

    public UnreadableValue(String problem) {
        super(problem);
    }

    /** The instant, if int64 holds its microseconds. */
    public static Instant inMicros(Instant instant) {
        check(instant.getEpochSecond());
        return instant;
    }

    /** The date and time, if int64 holds its microseconds. */
    public static LocalDateTime inMicros(LocalDateTime time) {
        check(time.toEpochSecond(ZoneOffset.UTC));
        return time;
    }

    private static void check(long second) {
        if (second < -LAST_SECOND || second > LAST_SECOND) {
            throw new UnreadableValue("is beyond the years that int64 microseconds hold");
        }
    }
}
