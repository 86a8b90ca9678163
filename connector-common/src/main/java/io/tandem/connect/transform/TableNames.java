package io.tandem.connect.transform;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;

/** Checks that the alias of a table stands in one place of the aggregate only. For one check; not thread-safe. */
final class TableNames {

    private final Map<String, String> parents = new HashMap<>();

    private TableNames() {}

    /** @throws ConfigException if a document has a table below two others */
    static void check(String place, List<Rule> rules) {
        new TableNames().check(place, "", rules);
    }

    private void check(String place, String parent, List<Rule> rules) {
        for (int i = 0; i < rules.size(); i++) {
            String at = place + "[" + i + "]";
            if (rules.get(i) instanceof TableRule table) {
                claim(at + ".table", parent, table.table());
                check(at + ".fields", table.table(), table.fields());
            } else if (rules.get(i) instanceof ExtensionRule extension) {
                claim(at + ".extension", parent, extension.table());
            }
        }
    }

    private void claim(String place, String parent, String alias) {
        String other = parents.putIfAbsent(alias, parent);
        if (other != null && !other.equals(parent)) {
            throw JsonPlace.error(
                    place,
                    alias + " is mapped below " + (other.isEmpty() ? "the root" : other)
                            + " too; a table has one place in the aggregate");
        }
    }
}
