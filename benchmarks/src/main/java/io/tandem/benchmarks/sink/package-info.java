/** The sink against Debezium's JDBC sink, and against the bare statements. */
@NullMarked
package io.tandem.benchmarks.sink;

import org.jspecify.annotations.NullMarked;
