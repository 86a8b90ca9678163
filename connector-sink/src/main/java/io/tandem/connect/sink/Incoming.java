package io.tandem.connect.sink;

import io.tandem.clock.Version;
import io.tandem.connect.aggregate.AggregateKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What arrived about one aggregate, possibly merged from several records. Immutable.
 *
 * @param key the aggregate, in this master's terms
 * @param version which write it is
 * @param data null if the aggregate was deleted
 * @param place the record that the data is from
 * @param mergers what is to be told about the records that were merged into this one; empty as a rule
 */
record Incoming(
        AggregateKey key, Version version, @Nullable IncomingData data, RecordPlace place, List<Merger> mergers) {

    Incoming {
        mergers = List.copyOf(mergers);
    }

    /** What one record says. */
    Incoming(AggregateKey key, Version version, @Nullable IncomingData data, RecordPlace place) {
        this(key, version, data, place, List.of());
    }

    boolean isDeleted() {
        return data == null;
    }

    /** The same data under a version that it was merged to. */
    Incoming under(Version merged) {
        return new Incoming(key, merged, data, place, mergers);
    }

    /** The same with another list of what is to be told. */
    Incoming telling(List<Merger> all) {
        return new Incoming(key, version, data, place, all);
    }
}
