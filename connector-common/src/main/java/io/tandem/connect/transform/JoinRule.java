package io.tandem.connect.transform;

import java.util.List;

/**
 * Several columns ↔ one canonical field. Immutable.
 *
 * @param field the canonical field, a dotted path
 * @param join the local columns, in the order of their texts
 * @param separator what stands between two of them
 */
public record JoinRule(String field, List<String> join, String separator) implements Rule {

    public JoinRule {
        join = List.copyOf(join);
    }

    @Override
    public List<String> columns() {
        return join;
    }
}
