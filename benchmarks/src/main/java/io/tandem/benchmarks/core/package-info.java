/** What a decision of the core costs: time, and bytes of the heap. */
@NullMarked
package io.tandem.benchmarks.core;

import org.jspecify.annotations.NullMarked;
