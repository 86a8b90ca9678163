package io.tandem.connect.transform;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;

/** Tells whether a record has certain constants. Immutable and thread-safe. */
final class Match {

    private final List<Condition> conditions;

    private Match(List<Condition> conditions) {
        this.conditions = conditions;
    }

    /**
     * @param constants by the path of the leaf
     * @param collection the canonical collection and its origin, for messages
     * @throws Unmappable if a leaf is missing or has a type that the constant doesn't fit
     */
    static Match of(Level level, Map<String, Literal> constants, String collection, String origin) {
        List<Condition> conditions = new ArrayList<>();
        constants.forEach((path, literal) -> {
            Level.Leaf leaf = level.leaf(path);
            if (leaf == null) {
                throw new Unmappable(
                        collection, origin, "the record lacks " + path + ", which the rule or slot is chosen by");
            }
            try {
                conditions.add(new Condition(leaf, literal.as(leaf.schema())));
            } catch (DataException e) {
                throw new Unmappable(
                        collection,
                        origin,
                        path + ", which the rule or slot is chosen by, has another type: " + e.getMessage());
            }
        });
        return new Match(List.copyOf(conditions));
    }

    boolean takes(Struct candidate) {
        for (Condition condition : conditions) {
            if (!condition.constant().equals(condition.leaf().read(candidate))) {
                return false;
            }
        }
        return true;
    }

    private record Condition(Level.Leaf leaf, Object constant) {}
}
