package io.tandem.clock.explorer;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Gives what is shown small numbers, so that a state of the world fits into a few bytes. Not thread-safe. */
final class ShownTable {

    private final Map<Shown, Integer> ids = new HashMap<>();
    private final List<Shown> all = new ArrayList<>();

    int id(Shown shown) {
        Integer known = ids.get(shown);
        if (known != null) {
            return known;
        }
        all.add(shown);
        ids.put(shown, all.size() - 1);
        return all.size() - 1;
    }

    Shown get(int id) {
        return all.get(id);
    }
}
