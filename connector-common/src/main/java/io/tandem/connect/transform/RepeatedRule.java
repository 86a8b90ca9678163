package io.tandem.connect.transform;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Repeated columns ↔ collection. Immutable.
 *
 * @param field the canonical collection
 * @param noneIsNull true if null, and not an empty array, stands for no elements
 * @param slots the places for one element each
 */
public record RepeatedRule(String field, boolean noneIsNull, List<Slot> slots) implements Rule {

    public RepeatedRule {
        slots = List.copyOf(slots);
    }

    @Override
    public List<String> columns() {
        return slots.stream()
                .flatMap(slot -> slot.fields().stream())
                .map(ValueRule::column)
                .toList();
    }

    /**
     * A group of columns that holds one element.
     *
     * @param where the element's fields that tell this slot from the others, with their values
     * @param fields the rules between the slot's columns and the element's other fields
     */
    public record Slot(Map<String, Literal> where, List<ValueRule> fields) {

        public Slot {
            where = Collections.unmodifiableMap(new LinkedHashMap<>(where));
            fields = List.copyOf(fields);
        }
    }
}
