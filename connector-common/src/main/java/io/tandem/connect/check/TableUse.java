package io.tandem.connect.check;

import io.tandem.connect.aggregate.Column;
import io.tandem.connect.aggregate.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which columns of a table a mapping uses: all must exist, all that exist should be used, and an INSERT must fill those
 * that want a value.
 *
 * @param table the table
 * @param prefix what goes before a column's name in the setting of columns that may stay unmapped: the child's name and a
 *     point, nothing for the root
 * @param own the columns that Tandem or the database fills: those that refer to the parent, and keys that the database
 *     makes up
 * @param mapped the columns that a rule reads or writes
 * @param written the columns that a rule writes
 */
record TableUse(Table table, String prefix, Set<String> own, Set<String> mapped, Set<String> written) {

    /** What is wrong; {@code allowed} are the columns that may stay unmapped, with their prefix, or {@code *}. */
    List<Finding> findings(Set<String> allowed) {
        List<Finding> findings = new ArrayList<>();
        mapped.stream().filter(name -> table.column(name).isEmpty()).forEach(name -> findings.add(unknown(name)));
        List<String> unmapped = table.columns().stream()
                .filter(column -> !column.generated())
                .map(Column::name)
                .filter(name -> !mapped.contains(name) && !own.contains(name))
                .filter(name -> !allowed.contains("*") && !allowed.contains(prefix + name))
                .toList();
        if (!unmapped.isEmpty()) {
            findings.add(unmapped(unmapped));
        }
        table.columns().stream()
                .filter(column -> !column.defaulted() && !column.nullable() && !column.generated())
                .map(Column::name)
                .filter(name -> !written.contains(name) && !own.contains(name))
                .forEach(name -> findings.add(withoutSource(name)));
        return findings;
    }

    private Finding unknown(String name) {
        return Finding.error("it names the column " + name + ", which the table " + table.id()
                + " does not have; the table has "
                + table.columns().stream().map(Column::name).collect(Collectors.joining(", ")));
    }

    private Finding unmapped(List<String> names) {
        String columns = String.join(", ", names);
        String allow = names.stream().map(name -> prefix + name).collect(Collectors.joining(","));
        return Finding.drift("no rule maps " + columns + " of " + table.id()
                + ", so what is written there stays on this master; map " + (names.size() == 1 ? "it" : "them")
                + ", or say that this is meant: " + MappingCheck.UNMAPPED_COLUMNS + "=" + allow);
    }

    private Finding withoutSource(String name) {
        return Finding.error("no rule writes the column " + name + " of " + table.id()
                + ", which is NOT NULL and has no default, so no row of the other master could be inserted; map it, fill "
                + "it with a constant, or give it a default");
    }
}
