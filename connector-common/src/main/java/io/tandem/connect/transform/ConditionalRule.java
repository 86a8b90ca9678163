package io.tandem.connect.transform;

import java.util.List;

/**
 * A rule that applies to some rows only. Immutable.
 *
 * @param when to which
 * @param rule the rule
 */
public record ConditionalRule(When when, Rule rule) implements Rule {

    @Override
    public List<String> columns() {
        return rule.columns();
    }

    /**
     * A condition on a column that has a value rule of its own.
     *
     * @param column the local column
     * @param values one of these values makes the rule apply
     */
    public record When(String column, List<Literal> values) {

        public When {
            values = List.copyOf(values);
        }
    }
}
