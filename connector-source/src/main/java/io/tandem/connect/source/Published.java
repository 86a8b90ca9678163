package io.tandem.connect.source;

import io.tandem.clock.Version;
import io.tandem.connect.aggregate.AggregateKey;
import io.tandem.connect.aggregate.AggregateState;
import org.jspecify.annotations.Nullable;

/**
 * An aggregate as it is published.
 *
 * <p><b>Invariant (data of the version).</b> {@code state} is exactly the data of {@code version}, and the version is
 * durable in the clock table.
 *
 * @param ownCounter the counter of the publishing master in {@code version}
 * @param state null if the version is a delete
 */
record Published(
        AggregateKey key,
        Version version,
        long ownCounter,
        @Nullable AggregateState state) {}
