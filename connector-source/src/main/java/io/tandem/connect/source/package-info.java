/**
 * The source connector: reads aggregates whose own counter is not published yet, folds and reads them in one snapshot,
 * and acknowledges what Kafka has taken.
 */
@NullMarked
package io.tandem.connect.source;

import org.jspecify.annotations.NullMarked;
