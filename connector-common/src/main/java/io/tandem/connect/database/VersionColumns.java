package io.tandem.connect.database;

import io.tandem.clock.VectorClock;
import io.tandem.clock.Version;
import io.tandem.connect.aggregate.Row;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The values of a version in a row: a counter for each master, the timestamp, the writer. Immutable. */
final class VersionColumns {

    private final List<String> masters;

    VersionColumns(List<String> masters) {
        this.masters = List.copyOf(masters);
    }

    /** How many columns they are. */
    int size() {
        return masters.size() + 2;
    }

    /** The version whose first counter is at {@code first}. */
    Version read(Row row, int first) {
        Map<String, Long> counters = new HashMap<>();
        for (int i = 0; i < masters.size(); i++) {
            counters.put(masters.get(i), (Long) row.required(first + i));
        }
        int next = first + masters.size();
        return new Version(VectorClock.of(counters), (Long) row.required(next), (String) row.required(next + 1));
    }

    /** Adds the values of a version. */
    void addTo(List<@Nullable Object> values, Version version) {
        masters.forEach(master -> values.add(version.clock().counter(master)));
        values.add(version.timestampMicros());
        values.add(version.writer());
    }
}
