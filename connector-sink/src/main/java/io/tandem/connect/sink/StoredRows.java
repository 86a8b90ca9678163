package io.tandem.connect.sink;

import io.tandem.connect.aggregate.AggregateKey;
import io.tandem.connect.aggregate.Row;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Rows of the application that an applying transaction holds the locks of.
 *
 * @param roots the root rows: see {@code AggregateLocks.rootColumns}
 * @param deleted those aggregates whose root row counts as deleted
 * @param children per child table, by aggregate, its rows: see {@code AggregateLocks.childColumns}
 */
record StoredRows(
        Map<AggregateKey, Row> roots, Set<AggregateKey> deleted, List<Map<AggregateKey, List<Row>>> children) {

    /** The aggregates that exist. */
    Set<AggregateKey> existing() {
        if (deleted.isEmpty()) {
            return roots.keySet();
        }
        Set<AggregateKey> existing = new HashSet<>(roots.keySet());
        existing.removeAll(deleted);
        return existing;
    }

    /** The rows of one child table that belong to an aggregate. */
    List<Row> children(int place, AggregateKey key) {
        return children.get(place).getOrDefault(key, List.of());
    }

    /** Whether both hold the same rows of an aggregate. */
    boolean sameRows(StoredRows other, AggregateKey key) {
        if (!Objects.equals(roots.get(key), other.roots.get(key))) {
            return false;
        }
        for (int place = 0; place < children.size(); place++) {
            if (!Set.copyOf(children(place, key)).equals(Set.copyOf(other.children(place, key)))) {
                return false;
            }
        }
        return true;
    }
}
