/**
 * The mapping between a master's own shape and the canonical one.
 *
 * <p>Three layers: the document ({@link io.tandem.connect.transform.Mapping} and its rules, {@link
 * io.tandem.connect.transform.CanonicalSchema}); the lenses, one per rule, checked against the canonical schema and
 * compiled into steps once the schema of the records is known; and the transformations that run the steps.
 */
@NullMarked
package io.tandem.connect.transform;

import org.jspecify.annotations.NullMarked;
