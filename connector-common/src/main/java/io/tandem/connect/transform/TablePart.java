package io.tandem.connect.transform;

import java.util.List;
import java.util.Map;

/**
 * The rows of one table that are the elements of one collection: what a single table rule is about. Immutable.
 *
 * @param field the canonical collection
 * @param alias the child table
 * @param where what all its elements have
 * @param rows what all its rows have
 * @param lenses the rules of the rows, the constants included
 */
record TablePart(String field, String alias, Map<String, Literal> where, Map<String, Literal> rows, List<Lens> lenses) {

    TablePart {
        where = Map.copyOf(where);
        rows = Map.copyOf(rows);
        lenses = List.copyOf(lenses);
    }

    String origin() {
        return "child table " + alias;
    }
}
