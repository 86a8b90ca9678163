package io.tandem.connect.transform;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A table of codes that several rules of a document may share, one-to-one. Immutable.
 *
 * @param name its name in the document
 * @param entries code → the values that it stands for, all of the same number, in the document's order
 */
public record LookupTable(String name, Map<String, List<Literal>> entries) {

    public LookupTable {
        Map<String, List<Literal>> copy = new LinkedHashMap<>();
        entries.forEach((code, values) -> copy.put(code, List.copyOf(values)));
        entries = Collections.unmodifiableMap(copy);
    }

    /** How many values each code stands for. */
    int width() {
        return entries.values().iterator().next().size();
    }

    /** Code → value, of a table with one value for each code. */
    Map<String, Literal> codes() {
        Map<String, Literal> codes = new LinkedHashMap<>();
        entries.forEach((code, values) -> codes.put(code, values.get(0)));
        return codes;
    }
}
