package io.tandem.connect.sink;

import io.tandem.clock.Version;
import io.tandem.connect.aggregate.AggregateKey;
import org.jspecify.annotations.Nullable;

/**
 * What arrived about one aggregate, possibly merged from several records.
 *
 * @param key the aggregate, in this master's terms
 * @param version which write it is
 * @param data null if the aggregate was deleted
 */
record Incoming(AggregateKey key, Version version, @Nullable IncomingData data) {

    boolean isDeleted() {
        return data == null;
    }

    /** The same data under a version that it was merged to. */
    Incoming under(Version merged) {
        return new Incoming(key, merged, data);
    }
}
