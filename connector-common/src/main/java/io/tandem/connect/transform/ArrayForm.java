package io.tandem.connect.transform;

import java.util.List;
import org.apache.kafka.connect.errors.DataException;
import org.jspecify.annotations.Nullable;

/**
 * How a text stands for an array of scalars, both ways. Neither direction sees null in place of the array. Immutable and
 * thread-safe. Both directions throw a {@link DataException}, which never shows the value, if there is no counterpart
 * from which the way back leads to the same value.
 */
interface ArrayForm {

    List<@Nullable Object> toCanonical(String text);

    String fromCanonical(List<@Nullable Object> elements);
}
