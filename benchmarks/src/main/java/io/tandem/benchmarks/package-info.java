/** The command line of the benchmarks. Every figure is a ratio against something that is measured in the same run. */
@NullMarked
package io.tandem.benchmarks;

import org.jspecify.annotations.NullMarked;
