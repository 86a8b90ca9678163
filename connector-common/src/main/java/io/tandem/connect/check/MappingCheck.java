package io.tandem.connect.check;

import io.tandem.connect.aggregate.Aggregate;
import io.tandem.connect.aggregate.Aggregate.Child;
import io.tandem.connect.aggregate.Column;
import io.tandem.connect.aggregate.Table;
import io.tandem.connect.record.AlignmentSchema;
import io.tandem.connect.record.LocalRecords;
import io.tandem.connect.transform.Binding;
import io.tandem.connect.transform.CanonicalSchema;
import io.tandem.connect.transform.Mapping;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.data.Schema;

/** Checks one mapping against the tables of its aggregate. Immutable. */
public final class MappingCheck {

    /** The setting that lists the columns that may stay unmapped. */
    public static final String UNMAPPED_COLUMNS = "mapping.unmapped.columns";

    private final Aggregate aggregate;
    private final String master;
    private final Set<String> mayStayUnmapped;

    /**
     * @param master the id of the master whose tables these are
     * @param mayStayUnmapped columns of the root by name, of a child as {@code child.column}; {@code *} for all
     */
    public MappingCheck(Aggregate aggregate, String master, Set<String> mayStayUnmapped) {
        this.aggregate = aggregate;
        this.master = master;
        this.mayStayUnmapped = Set.copyOf(mayStayUnmapped);
    }

    /** All that is wrong or may go wrong, errors first. */
    public List<Finding> findings(Mapping mapping, CanonicalSchema canonical) {
        if (!mapping.master().equals(master) || !mapping.aggregate().equals(aggregate.name())) {
            return List.of(Finding.error("it is the mapping of aggregate '" + mapping.aggregate() + "' on master '"
                    + mapping.master() + "', but the connector is for '" + aggregate.name() + "' on '" + master
                    + "'; give it its own mapping"));
        }
        List<Finding> findings = new ArrayList<>();
        tables(mapping, findings);
        // a rule that is wrong must not hide what is wrong with another one
        mapping.problems(canonical).stream().map(Finding::error).forEach(findings::add);
        key(mapping, canonical, findings);
        types(mapping, canonical, findings);
        for (Binding binding : mapping.bindings(canonical)) {
            table(binding.table()).ifPresent(table -> findings.addAll(new BindingCheck(binding, table).findings()));
        }
        findings.sort(Comparator.comparing(Finding::severity));
        return findings;
    }

    private void tables(Mapping mapping, List<Finding> findings) {
        Map<String, Set<String>> byChild = mapping.childColumns();
        Map<String, Set<String>> written = mapping.writtenColumns();
        findings.addAll(new TableUse(
                        aggregate.root(),
                        "",
                        madeUp(aggregate.root(), aggregate.key()),
                        mapping.rootColumns(),
                        written.getOrDefault("", Set.of()))
                .findings(mayStayUnmapped));
        List<String> names = new ArrayList<>();
        for (Child child : aggregate.children()) {
            names.add(child.name());
            Set<String> mapped = byChild.get(child.name());
            if (mapped != null) {
                Set<String> own = madeUp(child.table(), child.key());
                child.foreignKey().forEach(column -> own.add(column.name()));
                findings.addAll(new TableUse(
                                child.table(),
                                child.name() + ".",
                                own,
                                mapped,
                                written.getOrDefault(child.name(), Set.of()))
                        .findings(mayStayUnmapped));
            } else if (!mayStayUnmapped.contains("*")) {
                findings.add(Finding.error("no rule maps the child table '" + child.name()
                        + "', so its rows would stay on this master; map it by \"table\" or \"extension\", or take it "
                        + "out of 'aggregate.children'"));
            }
        }
        byChild.keySet().stream()
                .filter(name -> !names.contains(name))
                .forEach(name -> findings.add(Finding.error(
                        "it names the child table '" + name + "', which is not among 'aggregate.children' " + names)));
    }

    /** Keys that the database makes up and that only rows of this database refer to. */
    private static Set<String> madeUp(Table table, List<Column> key) {
        Set<String> madeUp = new HashSet<>();
        for (Column column : table.columns(table.primaryKey())) {
            if (column.defaulted() && !key.contains(column)) {
                madeUp.add(column.name());
            }
        }
        return madeUp;
    }

    private void key(Mapping mapping, CanonicalSchema canonical, List<Finding> findings) {
        List<String> mapped;
        try {
            mapped = mapping.keyColumns(canonical);
        } catch (ConfigException e) {
            // is among the mapping's problems
            return;
        }
        List<String> expected = aggregate.key().stream().map(Column::name).toList();
        if (!Set.copyOf(mapped).equals(Set.copyOf(expected))) {
            findings.add(Finding.error("it maps the canonical key to the columns " + mapped + ", but the key of "
                    + aggregate.root().id() + " is " + expected
                    + "; map it to that, or name its columns in 'aggregate.key'"));
        }
    }

    private void types(Mapping mapping, CanonicalSchema canonical, List<Finding> findings) {
        Schema value = new LocalRecords(aggregate, master, "").valueSchema();
        Schema data = Objects.requireNonNull(value.field(AlignmentSchema.DATA)).schema();
        mapping.misfits(canonical, data).stream().map(Finding::error).forEach(findings::add);
    }

    private Optional<Table> table(String alias) {
        return alias.isEmpty()
                ? Optional.of(aggregate.root())
                : aggregate.children().stream()
                        .filter(child -> child.name().equals(alias))
                        .map(Child::table)
                        .findFirst();
    }
}
