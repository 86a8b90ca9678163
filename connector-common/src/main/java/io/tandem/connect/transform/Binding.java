package io.tandem.connect.transform;

import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.apache.kafka.connect.data.Schema;

/**
 * A column and the canonical field that a value rule binds it to, for those who know the column's table. Immutable.
 *
 * @param place the rule's place in the document, like {@code fields[3]}
 * @param table the alias of the column's table, empty for the root
 * @param column the column
 * @param field the dotted path of the field in the whole schema
 * @param type the field's schema
 * @param symbols what the field may hold if it is an enum, otherwise empty
 * @param maxLength how long the field may be, if the schema says so
 * @param optional whether the field, or a record that it is in, may be null
 * @param sometimes whether the rule applies to some rows or elements only, so that null says nothing about the column
 * @param rule the rule
 */
public record Binding(
        String place,
        String table,
        String column,
        String field,
        Schema type,
        Set<String> symbols,
        OptionalInt maxLength,
        boolean optional,
        boolean sometimes,
        ValueRule rule) {

    public Binding {
        symbols = Set.copyOf(symbols);
    }

    /** True if the value itself travels, at most in another type. */
    public boolean isPlain() {
        return rule.isPlain();
    }

    /** Local → canonical as text, empty if the value is no code. */
    public Map<String, Literal> codes() {
        return rule.codes();
    }

    /** True if null is written as a value. */
    public boolean writesNullAsValue() {
        return rule.nullText() != null;
    }

    /** True if NULL is read as a value. */
    public boolean readsNullAsValue() {
        return rule.fallback() != null;
    }
}
