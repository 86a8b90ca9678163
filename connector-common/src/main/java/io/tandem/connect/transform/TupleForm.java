package io.tandem.connect.transform;

import java.util.Collections;
import java.util.List;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.errors.DataException;
import org.jspecify.annotations.Nullable;

/**
 * How the values of some columns stand for the values of some canonical fields, both ways, null included. Both
 * directions throw a {@link DataException}, which never shows a value, if there is no counterpart from which the way
 * back leads to the same values; it may be a {@link PartMisfit}, which names one of the fields. Neither changes the
 * array that it is given.
 */
interface TupleForm {

    /** The types of the columns' values, all optional. */
    List<Schema> local();

    /** The types of the fields' values, all optional. */
    List<Schema> canonical();

    @Nullable
    Object[] toCanonical(@Nullable Object[] local);

    @Nullable
    Object[] fromCanonical(@Nullable Object[] canonical);

    /** Text, as the type of a number of values. */
    static List<Schema> texts(int count) {
        return Collections.nCopies(count, Schema.OPTIONAL_STRING_SCHEMA);
    }
}
