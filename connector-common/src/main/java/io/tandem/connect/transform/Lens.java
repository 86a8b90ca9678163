package io.tandem.connect.transform;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One rule in both directions. A lens is checked against the canonical schema when it is made, and compiled into steps
 * when the schemas of the records are known. What goes through one direction and back is what it was; a value for which
 * that can't be is refused. Immutable.
 */
interface Lens {

    /** The canonical leaves that the lens fills, as paths within its level. */
    List<String> fields();

    /** The columns, or the child collection, of the local row that the lens reads and writes; for messages. */
    String origin();

    /**
     * The step that reads a local row and fills the canonical cells.
     *
     * @throws Unmappable if the local row lacks something that the lens needs
     */
    Step toCanonical(Level local, Level canonical);

    /**
     * The step that reads a canonical record and fills the local cells, which the lens adds to the local row. It is
     * asked for if the record has the lens's fields, see {@link #needsAllFields}.
     *
     * @return empty if the record was written with an older schema that lacks the field: then there is no value at all,
     *     which is not the same as null
     * @throws Unmappable if the canonical record has a type that the lens can't map
     */
    Optional<Step> fromCanonical(Level canonical, LocalShape local);

    /**
     * What a required field holds if the lens leaves it null.
     *
     * @return null if that is an error
     */
    default @Nullable Object fallback(Level.Leaf leaf) {
        return null;
    }

    /** True if the lens can't be used at all for a record that has some of its fields and lacks others. */
    default boolean needsAllFields() {
        return true;
    }
}
