package io.tandem.connect.transform;

import java.util.List;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.errors.DataException;
import org.jspecify.annotations.Nullable;

/**
 * Parts ↔ one text that joins them, see {@link JoinedText}. Immutable and thread-safe.
 *
 * @param local the types of the columns
 * @param canonical the types of the fields
 * @param splits true if the parts are the fields, false if they are the columns
 */
record JoinedForm(List<Schema> local, List<Schema> canonical, JoinedText text, boolean splits) implements TupleForm {

    /** Several columns, whose texts make one field. */
    static TupleForm joining(int columns, String separator) {
        return new JoinedForm(TupleForm.texts(columns), TupleForm.texts(1), new JoinedText(separator, columns), false);
    }

    /** One column, whose text is made of several fields. */
    static TupleForm splitting(int fields, String separator) {
        return new JoinedForm(TupleForm.texts(1), TupleForm.texts(fields), new JoinedText(separator, fields), true);
    }

    @Override
    public @Nullable Object[] toCanonical(@Nullable Object[] values) {
        return splits ? text.split(values[0]) : joined(values);
    }

    @Override
    public @Nullable Object[] fromCanonical(@Nullable Object[] values) {
        return splits ? joined(values) : text.split(values[0]);
    }

    private @Nullable Object[] joined(@Nullable Object[] values) {
        try {
            return new @Nullable Object[] {text.join(values)};
        } catch (PartMisfit e) {
            if (splits) {
                throw e;
            }
            // here the parts are columns, and there is but one field
            throw new DataException("the text of column " + (e.part() + 1) + " of the rule " + e.getMessage());
        }
    }
}
