package io.tandem.connect.transform;

import java.util.List;

/**
 * Text with a separator between its parts ↔ array of scalars. Immutable.
 *
 * @param field the canonical array
 * @param column the local column
 * @param separator what stands between two elements, not empty
 */
public record SeparatedRule(String field, String column, String separator) implements Rule {

    @Override
    public List<String> columns() {
        return List.of(column);
    }
}
