package io.tandem.connect.transform;

import java.util.List;

/**
 * One column ↔ several canonical fields. Immutable.
 *
 * @param column the local column
 * @param split the canonical fields, dotted paths, in the order of their texts
 * @param separator what stands between two of them in the column
 */
public record SplitRule(String column, List<String> split, String separator) implements Rule {

    public SplitRule {
        split = List.copyOf(split);
    }

    @Override
    public List<String> columns() {
        return List.of(column);
    }
}
