/** Whether the size of a table or of a backlog matters: throughput in a large table, and the heap that a backlog takes. */
@NullMarked
package io.tandem.benchmarks.size;

import org.jspecify.annotations.NullMarked;
