package io.tandem.connect.transform;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Columns ↔ canonical fields by a class of the user's. Immutable.
 *
 * @param className the name of a {@link CustomLens}
 * @param inputs the local columns, in the order that the class expects
 * @param fields the canonical fields, dotted paths, in the order that the class expects
 * @param options what the class is configured with, as the document has it
 */
public record CustomRule(
        String className, List<Input> inputs, List<String> fields, Map<String, @Nullable Object> options)
        implements Rule {

    public CustomRule {
        inputs = List.copyOf(inputs);
        fields = List.copyOf(fields);
        options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
    }

    @Override
    public List<String> columns() {
        return inputs.stream().map(Input::column).toList();
    }

    /**
     * A column.
     *
     * @param column its name
     * @param type the type in which the class takes and gives its values
     */
    public record Input(String column, LocalType type) {}
}
