/**
 * The rules of alignment, and nothing else: no database, no Kafka, no logger, no wall clock.
 *
 * <p>Every master keeps, for each aggregate, a {@link io.tandem.clock.Version}: which write the data shown is. A local
 * write makes the {@link io.tandem.clock.LocalWrite next version}; an incoming one is judged against the stored one by
 * the {@link io.tandem.clock.Reconciler}. Time comes in as an argument, in microseconds since the epoch.
 *
 * <p>All types are immutable and safe for use by any number of threads.
 */
@NullMarked
package io.tandem.clock;

import org.jspecify.annotations.NullMarked;
