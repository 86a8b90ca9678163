package io.tandem.connect.transform;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A column that has the same value in every row of this master. Immutable.
 *
 * @param column the local column
 * @param constant what it holds
 * @param type the local type on the way back, null for the one of the constant
 */
public record ConstantColumnRule(
        String column, Literal constant, @Nullable LocalType type) implements Rule {

    @Override
    public List<String> columns() {
        return List.of(column);
    }
}
