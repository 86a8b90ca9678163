/**
 * Explores small worlds exhaustively: every order of writes, folds, sends, crashes, deliveries and repetitions that a
 * {@link io.tandem.clock.explorer.World} allows. The classes of {@code io.tandem.clock} decide, not a copy of them;
 * what is modelled here is only what surrounds them: databases, journals, topics and consumers.
 */
@NullMarked
package io.tandem.clock.explorer;

import org.jspecify.annotations.NullMarked;
