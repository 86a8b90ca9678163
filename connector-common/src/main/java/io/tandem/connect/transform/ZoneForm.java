package io.tandem.connect.transform;

import io.tandem.connect.record.SemanticTypes;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.errors.DataException;

/**
 * A date and time in a known zone that stands for an instant. In the hour that a zone repeats when the clocks go back,
 * a local time means its first occurrence; the second one has no local time of its own and is refused, as is a local
 * time in the hour that a zone skips.
 */
record ZoneForm(ZoneId zone) implements ValueForm {

    static final Schema LOCAL =
            SemanticTypes.int64(SemanticTypes.LOCAL_MICRO_TIMESTAMP).optional().build();
    static final Schema INSTANT =
            SemanticTypes.int64(SemanticTypes.MICRO_TIMESTAMP).optional().build();

    private static final long MICROS_PER_SECOND = 1_000_000;

    @Override
    public Schema local() {
        return LOCAL;
    }

    @Override
    public Schema canonical() {
        return INSTANT;
    }

    @Override
    public Object toCanonical(Object local) {
        return instant((Long) local);
    }

    @Override
    public Object fromCanonical(Object canonical) {
        long instant = (Long) canonical;
        long local = plus(instant, zone.getRules().getOffset(Micros.instant(instant)));
        if (instant(local) != instant) {
            throw new DataException(
                    "is in the hour that " + zone + " repeats, so its local time would mean another instant");
        }
        return local;
    }

    private long instant(long local) {
        List<ZoneOffset> offsets = zone.getRules().getValidOffsets(Micros.dateTime(local));
        if (offsets.isEmpty()) {
            throw new DataException("is a local time that " + zone + " skips");
        }
        // of two, the first is the one before the clocks go back
        return minus(local, offsets.get(0));
    }

    private static long plus(long micros, ZoneOffset offset) {
        return shifted(micros, offset.getTotalSeconds() * MICROS_PER_SECOND);
    }

    private static long minus(long micros, ZoneOffset offset) {
        return shifted(micros, -offset.getTotalSeconds() * MICROS_PER_SECOND);
    }

    private static long shifted(long micros, long by) {
        try {
            return Math.addExact(micros, by);
        } catch (ArithmeticException e) {
            throw new DataException("is out of range");
        }
    }
}
