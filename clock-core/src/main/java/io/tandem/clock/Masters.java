package io.tandem.clock;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The ids of all masters that keep an aggregate aligned, in the order of their rank: the first one wins ties. The order
 * must be the same at every master. Immutable.
 */
public final class Masters {

    private final List<String> ids;

    /**
     * @param ids the master ids, first has the highest rank
     * @throws IllegalArgumentException if there is none, one is blank, or one is named twice
     */
    public Masters(List<String> ids) {
        Set<String> distinct = new LinkedHashSet<>(ids);
        if (ids.isEmpty() || distinct.size() < ids.size() || ids.stream().anyMatch(String::isBlank)) {
            throw new IllegalArgumentException(
                    "the list of masters must name each master once, but it is " + String.join(",", ids));
        }
        this.ids = List.copyOf(ids);
    }

    /** The ids, highest rank first. */
    public List<String> ids() {
        return ids;
    }

    /** How many masters there are. */
    public int size() {
        return ids.size();
    }

    /** True if the list names this master. */
    public boolean contains(String master) {
        return ids.contains(master);
    }

    /** 0 for the first master of the list; a master that is not listed ranks behind all others. */
    public int rank(String master) {
        int index = ids.indexOf(master);
        return index < 0 ? ids.size() : index;
    }

    /** The ids joined by commas, as in a setting. */
    @Override
    public String toString() {
        return String.join(",", ids);
    }
}
