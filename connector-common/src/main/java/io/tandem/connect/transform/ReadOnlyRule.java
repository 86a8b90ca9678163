package io.tandem.connect.transform;

import java.util.List;

/**
 * A rule that is used from local to canonical only; on the way back its columns are left out, so they stay as they are.
 * Immutable.
 *
 * @param rule the rule
 */
public record ReadOnlyRule(Rule rule) implements Rule {

    @Override
    public List<String> columns() {
        return rule.columns();
    }
}
