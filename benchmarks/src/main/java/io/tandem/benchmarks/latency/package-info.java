/** How long one change takes from the commit on one master to the commit on the other one, and what that costs. */
@NullMarked
package io.tandem.benchmarks.latency;

import org.jspecify.annotations.NullMarked;
