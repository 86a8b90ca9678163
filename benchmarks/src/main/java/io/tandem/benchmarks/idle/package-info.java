/** What it costs a database that a source looks for changes while there are none. */
@NullMarked
package io.tandem.benchmarks.idle;

import org.jspecify.annotations.NullMarked;
