package io.tandem.connect.transform;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Child rows ↔ collection. Several of them may share a collection, told apart by {@code where}, or a table, told apart
 * by {@code rows}. Immutable.
 *
 * @param field the canonical collection
 * @param table the child's alias, which is the name of the array in the local record
 * @param where canonical constants that all elements of this rule have
 * @param rows local constants, by column, that all rows of this rule have
 * @param noneIsNull true if null, and not an empty array, stands for no rows
 * @param fields the rules between the child's columns and the element's fields
 */
public record TableRule(
        String field,
        String table,
        Map<String, Literal> where,
        Map<String, Literal> rows,
        boolean noneIsNull,
        List<Rule> fields)
        implements Rule {

    public TableRule {
        // keeps the document's order, which Map.copyOf doesn't
        where = Collections.unmodifiableMap(new LinkedHashMap<>(where));
        rows = Collections.unmodifiableMap(new LinkedHashMap<>(rows));
        fields = List.copyOf(fields);
    }

    /** None: those of the child rows are {@link Mapping#childColumns}. */
    @Override
    public List<String> columns() {
        return List.of();
    }
}
