package io.tandem.connect.transform;

import java.util.List;

/**
 * A canonical field for which this master has no column, but one value. Immutable.
 *
 * @param field the canonical field, a dotted path
 * @param constant what is published, and the only value that is taken
 */
public record ConstantFieldRule(String field, Literal constant) implements Rule {

    @Override
    public List<String> columns() {
        return List.of();
    }
}
