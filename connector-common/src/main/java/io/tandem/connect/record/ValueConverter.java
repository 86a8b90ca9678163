package io.tandem.connect.record;

import org.apache.kafka.connect.errors.DataException;
import org.jspecify.annotations.Nullable;

/** Turns a value of one Connect schema into the same value of another one. Implementations are thread-safe. */
@FunctionalInterface
public interface ValueConverter {

    /**
     * The same value in the other schema; the very same object where nothing has to change.
     *
     * @param value a value of the schema that the converter was made for, or null
     * @throws DataException if the value can't be expressed exactly; the message never holds the value
     */
    @Nullable
    Object convert(@Nullable Object value);
}
