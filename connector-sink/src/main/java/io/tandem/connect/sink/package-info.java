/**
 * The sink connector: merges what arrives per aggregate, compares clocks under lock and applies or ignores, one
 * transaction per batch.
 */
@NullMarked
package io.tandem.connect.sink;

import org.jspecify.annotations.NullMarked;
