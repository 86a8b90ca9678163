/** The mapping transforms against a chain of Kafka's own transforms that does the same to the same record. */
@NullMarked
package io.tandem.benchmarks.mapping;

import org.jspecify.annotations.NullMarked;
