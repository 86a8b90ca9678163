/** One statement writes many rows: how long until the other master has them all, and what that costs the servers. */
@NullMarked
package io.tandem.benchmarks.backlog;

import org.jspecify.annotations.NullMarked;
