/** The real parts that benchmarks run on, and how their figures are taken and told. */
@NullMarked
package io.tandem.benchmarks.rig;

import org.jspecify.annotations.NullMarked;
