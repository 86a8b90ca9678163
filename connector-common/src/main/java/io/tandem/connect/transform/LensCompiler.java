package io.tandem.connect.transform;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.data.Schema;

/**
 * Makes the lenses of one level, a record with the records nested in it, and checks them against the canonical schema.
 * For one compilation; not thread-safe.
 */
final class LensCompiler {

    private final CanonicalSchema canonical;
    private final Level level;
    private final String prefix;
    private final Absence absence;
    private final Set<String> columns;
    private final Set<String> fields;
    private final Problems problems;

    /**
     * @param prefix what goes before the level's paths to make them paths of the whole schema
     * @param absence what the master lacks, by paths of the level
     * @param columns takes the names that are in use in the local row
     * @param fields takes the canonical fields that are mapped
     * @param problems takes what is wrong, so that one check names all of it
     */
    private LensCompiler(
            CanonicalSchema canonical,
            Level level,
            String prefix,
            Absence absence,
            Set<String> columns,
            Set<String> fields,
            Problems problems) {
        this.canonical = canonical;
        this.level = level;
        this.prefix = prefix;
        this.absence = absence;
        this.columns = columns;
        this.fields = fields;
        this.problems = problems;
    }

    /** A compiler of the same level for a rule whose columns other rules may use too. */
    LensCompiler alone(Set<String> ownColumns) {
        return new LensCompiler(canonical, level, prefix, absence, ownColumns, fields, problems);
    }

    Level level() {
        return level;
    }

    /**
     * The lenses of a document's root.
     *
     * @throws ConfigException with all that doesn't fit the schema
     */
    static List<Lens> compile(Mapping mapping, CanonicalSchema canonical) {
        Problems problems = new Problems();
        List<Lens> lenses = compile(mapping, canonical, problems);
        problems.throwIfAny();
        return lenses;
    }

    /**
     * The lenses of those rules of a document's root that fit the schema.
     *
     * @param problems takes what is wrong with the others
     */
    static List<Lens> compile(Mapping mapping, CanonicalSchema canonical, Problems problems) {
        problems.collect(() -> new AbsenceCheck(canonical).check(mapping.absent()));
        problems.collect(() -> TableNames.check("fields", mapping.fields()));
        return new LensCompiler(
                        canonical,
                        Level.of(canonical.data()),
                        "",
                        Absence.of(mapping.absent()),
                        new HashSet<>(),
                        new HashSet<>(),
                        problems)
                .level("fields", mapping.fields());
    }

    /** The compiler of a collection's elements, whose rows have columns of their own. */
    LensCompiler elements(String collection, Set<String> rowColumns) {
        Level.Leaf leaf = Objects.requireNonNull(level.leaf(collection));
        return new LensCompiler(
                canonical,
                level.elements(leaf),
                prefix + collection + ".",
                absence.within(collection),
                rowColumns,
                new HashSet<>(),
                problems);
    }

    /** The compiler of a collection's elements that are kept in columns of this level. */
    LensCompiler slot(String collection) {
        return elements(collection, columns);
    }

    /** The lenses of another table's columns for fields of this level. */
    List<Lens> extension(String place, List<Rule> rules) {
        return new LensCompiler(canonical, level, prefix, absence, new HashSet<>(), fields, problems)
                .lenses(place, rules);
    }

    /** The lenses of the rules of this level, which must map every field that isn't absent. */
    List<Lens> level(String place, List<? extends Rule> rules) {
        int before = problems.size();
        List<Lens> lenses = lenses(place, rules);
        // what a wrong rule would have mapped need not be told a second time
        boolean rulesAreRight = problems.size() == before;
        for (String path : level.leaves().keySet()) {
            boolean absent = absence.covers(path);
            boolean mapped = fields.contains(path);
            if (absent && mapped) {
                problems.add(JsonPlace.error(
                        place, "the canonical field " + prefix + path + " is mapped, but listed in \"absent\" too"));
            }
            if (!absent && !mapped && rulesAreRight) {
                problems.add(JsonPlace.error(
                        place,
                        "the canonical field " + prefix + path
                                + " is not mapped by any rule; it would overwrite the other master's value with null;"
                                + " if this master doesn't have it, list it in \"absent\""));
            }
            if (absent) {
                lenses.add(new AbsentLens(path));
            }
        }
        return lenses;
    }

    private List<Lens> lenses(String place, List<? extends Rule> rules) {
        Map<Integer, TableGroup> groups = new HashMap<>();
        problems.collect(() -> TableGroup.of(place, rules)
                .forEach(group -> groups.put(group.members().get(0).index(), group)));
        ConditionCompiler conditions = new ConditionCompiler(this);
        List<Lens> lenses = new ArrayList<>();
        for (int i = 0; i < rules.size(); i++) {
            String at = place + "[" + i + "]";
            Rule rule = rules.get(i);
            TableGroup group = groups.get(i);
            problems.collect(() -> {
                if (rule instanceof ConditionalRule conditional) {
                    conditions.add(at, conditional);
                } else if (group != null) {
                    // the others of the group are made with its first
                    lenses.add(new CollectionCompiler(this).tables(group));
                } else if (!(rule instanceof TableRule)) {
                    Lens lens = lens(at, rule);
                    lenses.add(lens);
                    if (rule instanceof ValueRule value && lens instanceof ValueLens valueLens) {
                        conditions.subject(value, valueLens);
                    }
                }
            });
        }
        // behind the columns that they depend on
        problems.collect(() -> lenses.addAll(conditions.lenses()));
        return lenses;
    }

    Lens lens(String place, Rule rule) {
        if (rule instanceof ValueRule value) {
            return isArray(value.field())
                    ? new ArrayCompiler(this).array(place, value)
                    : new ValueCompiler(this).compile(place, value);
        }
        if (rule instanceof ReadOnlyRule readOnly) {
            return new ReadOnlyLens(lens(place, readOnly.rule()));
        }
        if (rule instanceof SeparatedRule separated) {
            return new ArrayCompiler(this).separated(place, separated);
        }
        if (rule instanceof ExtensionRule extension) {
            return new CollectionCompiler(this).extension(place, extension);
        }
        if (rule instanceof RepeatedRule repeated) {
            return new CollectionCompiler(this).repeated(place, repeated);
        }
        return Objects.requireNonNull(new TupleCompiler(this).compile(place, rule), "a rule of no kind");
    }

    private boolean isArray(String field) {
        Level.Leaf leaf = level.leaf(field);
        return leaf != null && leaf.schema().type() == Schema.Type.ARRAY;
    }

    /** Claims a scalar field and returns what it may hold. */
    PlainForm scalar(String place, String field) {
        PlainForm form = form(place, field);
        claimField(place, field);
        return form;
    }

    /** What a scalar field may hold. */
    PlainForm form(String place, String field) {
        return new PlainForm(Schemas.scalar(value(place, field).schema(), true), symbols(field));
    }

    /** The leaf of a scalar field. */
    Level.Leaf value(String place, String field) {
        Level.Leaf leaf = leaf(place, field);
        if (leaf.schema().type() == Schema.Type.ARRAY) {
            throw JsonPlace.error(place, prefix + field + " is a collection; map it by \"table\" or " + "\"repeated\"");
        }
        return leaf;
    }

    String prefix() {
        return prefix;
    }

    /** What a field of this level may hold if it is an enum, empty otherwise. */
    Set<String> symbols(String field) {
        return canonical.symbols(prefix + field);
    }

    /** The fields that order the elements of one of this level's collections. */
    List<String> order(String collection) {
        return canonical.order(prefix + collection);
    }

    /** @throws ConfigException if there is no such scalar or collection */
    Level.Leaf leaf(String place, String field) {
        Level.Leaf leaf = level.leaf(field);
        if (leaf != null) {
            return leaf;
        }
        if (level.leaves().keySet().stream().anyMatch(path -> path.startsWith(field + "."))) {
            throw JsonPlace.error(place, prefix + field + " is a record; map its fields, like " + field + ".name");
        }
        throw JsonPlace.error(place, "the canonical schema has no field " + prefix + field);
    }

    void claimField(String place, String field) {
        if (!fields.add(field)) {
            throw JsonPlace.error(place, "the canonical field " + prefix + field + " is mapped by another rule too");
        }
    }

    void claimColumn(String place, String column) {
        if (!columns.add(column)) {
            throw JsonPlace.error(place, column + " is mapped by another rule too");
        }
    }
}
