package io.tandem.connect.transform;

import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/** A lens, compiled for one direction and for the schemas at hand. Thread-safe. */
@FunctionalInterface
interface Step {

    /**
     * Reads what it needs and fills its cells; a cell is null until then.
     *
     * @param from the record to read, null if there is none: then all that would be read from it is null
     * @throws Unmappable if a value can't be mapped exactly
     */
    void apply(@Nullable Struct from, @Nullable Object[] to);
}
