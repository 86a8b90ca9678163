package io.tandem.connect.transform;

import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Canonical fields that a master does not have. What is absent is neither null nor empty: the other masters leave it
 * alone. Immutable.
 *
 * @param paths dotted paths of scalars, collections, and records, which stand for all that is in them
 */
record Absence(Set<String> paths) {

    static final Absence NONE = new Absence(Set.of());

    Absence {
        paths = Set.copyOf(paths);
    }

    static Absence of(Collection<String> paths) {
        return paths.isEmpty() ? NONE : new Absence(Set.copyOf(paths));
    }

    /** True if the field at this path is absent, or a record that it is in. */
    boolean covers(String path) {
        if (paths.isEmpty()) {
            return false;
        }
        for (int end = path.indexOf('.'); end >= 0; end = path.indexOf('.', end + 1)) {
            if (paths.contains(path.substring(0, end))) {
                return true;
            }
        }
        return paths.contains(path);
    }

    /** What is absent in the elements of a collection, by paths within the element. */
    Absence within(String collection) {
        String prefix = collection + ".";
        return of(paths.stream()
                .filter(path -> path.startsWith(prefix))
                .map(path -> path.substring(prefix.length()))
                .collect(Collectors.toSet()));
    }
}
