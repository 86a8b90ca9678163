package io.tandem.connect.transform;

import java.util.List;

/**
 * A table that holds more columns of the same record, in one row or none ↔ fields of the record. No row stands for null
 * in all the fields, so a row whose mapped columns are all NULL is the same as none, unless the row is required.
 * Immutable.
 *
 * @param table the child's alias, which is the name of the array in the local record
 * @param required true if there is always a row
 * @param fields the rules between the row's columns and the fields of the record that the rule belongs to
 */
public record ExtensionRule(String table, boolean required, List<Rule> fields) implements Rule {

    public ExtensionRule {
        fields = List.copyOf(fields);
    }

    /** None: those of its rules belong to another row. */
    @Override
    public List<String> columns() {
        return List.of();
    }
}
