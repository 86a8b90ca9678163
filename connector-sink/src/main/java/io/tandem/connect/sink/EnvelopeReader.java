package io.tandem.connect.sink;

import io.tandem.clock.ConflictPolicy;
import io.tandem.clock.Masters;
import io.tandem.clock.VectorClock;
import io.tandem.clock.Version;
import io.tandem.connect.record.AlignmentSchema;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.jspecify.annotations.Nullable;

/**
 * Reads what surrounds the data of an alignment record, and refuses what breaks the protocol: an unknown master, this
 * very master (except in recovery), a conflict policy that might decide otherwise, a version that no write can have.
 * Immutable.
 */
final class EnvelopeReader {

    // the last microsecond of the year 9999; what is later is no time in microseconds
    private static final long MAX_TIMESTAMP = 253_402_300_799_999_999L;
    // nobody writes one aggregate so often, and who had to count on from the largest number could not
    private static final long MAX_COUNTER = Long.MAX_VALUE / 2;

    private static final int LONGEST_ID = 100;

    private static final String REMEDY =
            "; look what writes to the topic, and that the sink uses the converter that the "
                    + "source uses and the transform FromCanonical";

    private final Masters masters;
    private final String self;
    private final ConflictPolicy policy;
    private final boolean recovery;

    /** @param recovery whether records that this very master has published are read too */
    EnvelopeReader(Masters masters, String self, ConflictPolicy policy, boolean recovery) {
        this.masters = masters;
        this.self = self;
        this.policy = policy;
        this.recovery = recovery;
    }

    /**
     * Checks who published the record, and under which rules.
     *
     * @param who names the record
     * @throws DataException with the reason and the remedy
     */
    void check(Struct value, String who) {
        String master = required(value, AlignmentSchema.MASTER, String.class, "the id of a master", who);
        if (master.equals(self) && !recovery) {
            throw new DataException(who + ": claims to be published by '" + self + "', the sink's own master; does the "
                    + "sink read the topic of its own source? It may do so only with "
                    + AlignmentSinkConfig.RECOVERY + "=true");
        }
        if (!masters.contains(master)) {
            throw new DataException(
                    who + ": published by '" + cut(master) + "', which is not one of the masters " + masters
                            + "; add it to 'masters' in every connector of the aggregate, or look what writes to the topic");
        }
        String published = required(value, AlignmentSchema.POLICY, String.class, "the id of a conflict policy", who);
        if (!policy.accepts(published)) {
            throw new DataException(who + ": published under the conflict policy '" + cut(published)
                    + "' but this sink has '" + policy.id()
                    + "'; masters, their order and conflict.policy must be the same in every connector of the "
                    + "aggregate. With 'timestamp' a master may be added at the end of the list: the sinks get the "
                    + "longer list before the sources");
        }
    }

    /**
     * Which write the record is.
     *
     * @throws DataException with the reason and the remedy
     */
    Version version(Struct value, String who) {
        VectorClock clock = clock(value, who);
        String writer = required(value, AlignmentSchema.WRITER, String.class, "the id of a master", who);
        if (!masters.contains(writer)) {
            throw new DataException(
                    who + ": its writer '" + cut(writer) + "' is not one of the masters " + masters + REMEDY);
        }
        long timestamp =
                required(value, AlignmentSchema.TIMESTAMP, Long.class, "an int64, the microseconds since 1970", who);
        if (timestamp < 0 || timestamp > MAX_TIMESTAMP) {
            throw new DataException(who + ": the timestamp " + timestamp
                    + " is no time of a write; expected microseconds since 1970, up to the year 9999. Does the "
                    + "application of '" + writer + "' stamp in another unit?");
        }
        return new Version(clock, timestamp, writer);
    }

    private VectorClock clock(Struct value, String who) {
        Map<?, ?> found = required(value, AlignmentSchema.CLOCK, Map.class, "a map of masters to int64 counters", who);
        Map<String, Long> counters = new HashMap<>();
        found.forEach((master, counter) -> {
            if (!(master instanceof String id) || !masters.contains(id)) {
                throw new DataException(who + ": the clock counts '" + cut(String.valueOf(master))
                        + "', which is not one of the masters "
                        + masters + "; add it to 'masters' in every connector of the aggregate, or look what writes "
                        + "to the topic");
            }
            if (!(counter instanceof Long count) || count < 0 || count > MAX_COUNTER) {
                throw new DataException(who + ": the counter of '" + id + "' is not an int64 number of at least 0"
                        + " that can be counted on from" + REMEDY);
            }
            counters.put(id, count);
        });
        VectorClock clock = VectorClock.of(counters);
        if (clock.equals(VectorClock.ZERO)) {
            throw new DataException(
                    who + ": the clock is empty, it counts no write; expected a counter of at least 1" + REMEDY);
        }
        return clock;
    }

    /**
     * The data.
     *
     * @return null if the record says that the aggregate was deleted
     * @throws DataException with the reason and the remedy
     */
    @Nullable
    Struct data(Struct value, String who) {
        boolean deleted = required(value, AlignmentSchema.DELETED, Boolean.class, "true or false", who);
        Object data = found(value, AlignmentSchema.DATA, who);
        if (data != null && !(data instanceof Struct)) {
            throw misfit(value, AlignmentSchema.DATA, "the aggregate as a struct", who);
        }
        if (deleted != (data == null)) {
            throw new DataException(who + ": 'deleted' is " + deleted + " but there is "
                    + (data == null ? "no data" : "data") + "; expected data, or 'deleted', and not both" + REMEDY);
        }
        return (Struct) data;
    }

    /** Ids come from outside, too. */
    private static String cut(String id) {
        return id.length() <= LONGEST_ID ? id : id.substring(0, LONGEST_ID) + "...";
    }

    private static <T> T required(Struct value, String name, Class<T> type, String expected, String who) {
        Object found = found(value, name, who);
        if (!type.isInstance(found)) {
            throw found == null
                    ? new DataException(who + ": the field '" + name + "' is null, expected " + expected + REMEDY)
                    : misfit(value, name, expected, who);
        }
        return type.cast(found);
    }

    private static @Nullable Object found(Struct value, String name, String who) {
        Field field = value.schema().field(name);
        if (field == null) {
            throw new DataException(
                    who + ": the field '" + name + "' is missing, so this is no alignment record" + REMEDY);
        }
        return value.get(field);
    }

    private static DataException misfit(Struct value, String name, String expected, String who) {
        return new DataException(who + ": the field '" + name + "' is of type "
                + value.schema().field(name).schema().type().getName() + ", expected " + expected + REMEDY);
    }
}
