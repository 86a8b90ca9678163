package io.tandem.connect.transform;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the tables of codes that the rules of a document share. */
final class TablesReader {

    private TablesReader() {}

    /** The tables by name. */
    static Map<String, LookupTable> read(JsonPlace place) {
        Map<String, LookupTable> tables = new LinkedHashMap<>();
        for (String name : place.members()) {
            tables.put(name, table(name, place.member(name)));
        }
        return tables;
    }

    private static LookupTable table(String name, JsonPlace place) {
        Map<String, List<Literal>> entries = new LinkedHashMap<>();
        int width = 0;
        for (String code : place.members()) {
            JsonPlace entry = place.member(code);
            List<Literal> values = entry.node().isArray()
                    ? entry.items().stream().map(JsonPlace::literal).toList()
                    : List.of(entry.literal());
            if (width != 0 && values.size() != width) {
                throw entry.error("expected as many values as in the other entries, " + width);
            }
            width = values.size();
            entries.put(code, values);
        }
        if (entries.isEmpty()) {
            throw place.error("expected an object with at least one member");
        }
        if (new HashSet<>(entries.values()).size() != entries.size()) {
            throw place.error("expected entries that are one-to-one; two codes stand for the same");
        }
        return new LookupTable(name, entries);
    }
}
