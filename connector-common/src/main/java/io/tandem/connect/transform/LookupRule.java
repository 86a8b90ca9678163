package io.tandem.connect.transform;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One column that holds a code ↔ several canonical fields that the code stands for. Immutable.
 *
 * @param column the local column
 * @param lookup the table of the document
 * @param fields the canonical fields, dotted paths, one for each value of a table's entry
 * @param type the local type on the way back, null for text
 */
public record LookupRule(
        String column,
        LookupTable lookup,
        List<String> fields,
        @Nullable LocalType type) implements Rule {

    public LookupRule {
        fields = List.copyOf(fields);
    }

    @Override
    public List<String> columns() {
        return List.of(column);
    }
}
