/**
 * The example pair on real parts: a legacy MariaDB and a modern PostgreSQL, aligned by the installed plugin archive. The
 * demo plays on it, and the integration tests test on it.
 */
@NullMarked
package io.tandem.examples;

import org.jspecify.annotations.NullMarked;
