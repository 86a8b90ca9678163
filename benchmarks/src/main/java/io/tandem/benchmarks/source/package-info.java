/** The source against the bare statements, serialisation and producer. */
@NullMarked
package io.tandem.benchmarks.source;

import org.jspecify.annotations.NullMarked;
