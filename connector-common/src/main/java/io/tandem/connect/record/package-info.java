/** The alignment record as Connect schemas and values, and the exact conversion between Connect types. */
@NullMarked
package io.tandem.connect.record;

import org.jspecify.annotations.NullMarked;
