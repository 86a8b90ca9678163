package io.tandem.connect.transform;

import java.util.List;

/**
 * Child rows ↔ collection. Immutable.
 *
 * @param field the canonical collection
 * @param table the child's alias, which is the name of the array in the local record
 * @param fields the rules between the child's columns and the element's fields
 */
public record TableRule(String field, String table, List<Rule> fields) implements Rule {

    public TableRule {
        fields = List.copyOf(fields);
    }
}
