/**
 * Checks a mapping against the real tables, before the first record: what can't work is an error, what may lose or
 * refuse a value some day is a risk. The mapping's own rules know the canonical schema only; here the columns come in.
 */
@NullMarked
package io.tandem.connect.check;

import org.jspecify.annotations.NullMarked;
