package io.tandem.connect.transform;

import static java.util.Objects.requireNonNull;

import java.util.Comparator;
import java.util.List;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;

/**
 * The canonical order of a collection. It goes by the values as Java compares them, never by what a database's
 * collation says, so that every master puts the elements in the same order. Immutable and thread-safe.
 */
final class ElementOrder {

    private final List<Field> fields;
    private final Comparator<Struct> comparator = this::compare;

    /**
     * @param element the schema of the elements
     * @param fields the names of the fields that order them, all required scalars; empty to leave them as they are
     */
    ElementOrder(Schema element, List<String> fields) {
        this.fields =
                fields.stream().map(name -> requireNonNull(element.field(name))).toList();
    }

    /**
     * Puts the elements in order.
     *
     * @return false if two of them have the same key, so that there is no order that all masters agree on
     */
    boolean sort(List<Struct> elements) {
        if (fields.isEmpty()) {
            return true;
        }
        elements.sort(comparator);
        for (int i = 1; i < elements.size(); i++) {
            if (compare(elements.get(i - 1), elements.get(i)) == 0) {
                return false;
            }
        }
        return true;
    }

    private int compare(Struct left, Struct right) {
        for (Field field : fields) {
            // a key field is a required scalar, and its Java class is its own Comparable
            @SuppressWarnings("unchecked")
            Comparable<Object> value = (Comparable<Object>) left.get(field);
            int order = value.compareTo(right.get(field));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }
}
