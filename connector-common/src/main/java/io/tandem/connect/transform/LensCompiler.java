package io.tandem.connect.transform;

import io.tandem.connect.record.SemanticTypes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Timestamp;
import org.apache.kafka.connect.errors.DataException;

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

    /**
     * @param prefix what goes before the level's paths to make them paths of the whole schema
     * @param absence what the master lacks, by paths of the level
     * @param columns takes the names that are in use in the local row
     * @param fields takes the canonical fields that are mapped
     */
    private LensCompiler(
            CanonicalSchema canonical,
            Level level,
            String prefix,
            Absence absence,
            Set<String> columns,
            Set<String> fields) {
        this.canonical = canonical;
        this.level = level;
        this.prefix = prefix;
        this.absence = absence;
        this.columns = columns;
        this.fields = fields;
    }

    /**
     * The lenses of a document's root.
     *
     * @throws ConfigException if a rule doesn't fit the schema
     */
    static List<Lens> compile(Mapping mapping, CanonicalSchema canonical) {
        new AbsenceCheck(canonical).check(mapping.absent());
        TableNames.check("fields", mapping.fields());
        return new LensCompiler(
                        canonical,
                        Level.of(canonical.data()),
                        "",
                        Absence.of(mapping.absent()),
                        new HashSet<>(),
                        new HashSet<>())
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
                new HashSet<>());
    }

    /** The compiler of a collection's elements that are kept in columns of this level. */
    LensCompiler slot(String collection) {
        return elements(collection, columns);
    }

    /** The lenses of another table's columns for fields of this level. */
    List<Lens> extension(String place, List<Rule> rules) {
        return new LensCompiler(canonical, level, prefix, absence, new HashSet<>(), fields).lenses(place, rules);
    }

    /** The lenses of the rules of this level, which must map every field that isn't absent. */
    List<Lens> level(String place, List<? extends Rule> rules) {
        List<Lens> lenses = lenses(place, rules);
        for (String path : level.leaves().keySet()) {
            boolean absent = absence.covers(path);
            boolean mapped = fields.contains(path);
            if (absent && mapped) {
                throw JsonPlace.error(
                        place, "the canonical field " + prefix + path + " is mapped, but listed in \"absent\" too");
            }
            if (!absent && !mapped) {
                throw JsonPlace.error(
                        place,
                        "the canonical field " + prefix + path
                                + " is not mapped by any rule; it would overwrite the other master's value with null;"
                                + " if this master doesn't have it, list it in \"absent\"");
            }
            if (absent) {
                lenses.add(new AbsentLens(path));
            }
        }
        return lenses;
    }

    private List<Lens> lenses(String place, List<? extends Rule> rules) {
        CollectionCompiler collections = new CollectionCompiler(this);
        Map<Integer, TableGroup> groups = new HashMap<>();
        TableGroup.of(place, rules)
                .forEach(group -> groups.put(group.members().get(0).index(), group));
        List<Lens> lenses = new ArrayList<>();
        for (int i = 0; i < rules.size(); i++) {
            String at = place + "[" + i + "]";
            if (rules.get(i) instanceof TableRule) {
                // the others of the group are made with its first
                TableGroup group = groups.get(i);
                if (group != null) {
                    lenses.add(collections.tables(group));
                }
            } else {
                lenses.add(lens(at, rules.get(i), collections));
            }
        }
        return lenses;
    }

    private Lens lens(String place, Rule rule, CollectionCompiler collections) {
        if (rule instanceof ValueRule value) {
            return value(place, value);
        }
        if (rule instanceof SeparatedRule separated) {
            return new ArrayCompiler(this).separated(place, separated);
        }
        if (rule instanceof ExtensionRule extension) {
            return collections.extension(place, extension);
        }
        return collections.repeated(place, (RepeatedRule) rule);
    }

    private Lens value(String place, ValueRule rule) {
        Level.Leaf leaf = leaf(place + ".field", rule.field());
        if (leaf.schema().type() == Schema.Type.ARRAY) {
            return new ArrayCompiler(this).array(place, rule);
        }
        claimField(place, rule.field());
        claimColumn(place + ".column", rule.column());
        if (rule.nullText() != null && rule.codes().containsKey(rule.nullText())) {
            throw JsonPlace.error(place + ".null", "this value is one of the codes too");
        }
        Schema type = Schemas.scalar(leaf.schema(), true);
        ValueForm form = form(place, rule, type);
        try {
            return new ValueLens(
                    rule.field(),
                    rule.column(),
                    form,
                    type,
                    rule.type() == null ? null : rule.type().schema(),
                    rule.nullText());
        } catch (DataException e) {
            throw JsonPlace.error(place, String.valueOf(e.getMessage()));
        }
    }

    private ValueForm form(String place, ValueRule rule, Schema type) {
        Set<String> symbols = symbols(rule.field());
        if (!rule.codes().isEmpty()) {
            try {
                return new CodesForm(rule.codes(), type, symbols);
            } catch (DataException e) {
                throw JsonPlace.error(place + ".codes", String.valueOf(e.getMessage()));
            }
        }
        boolean instant =
                SemanticTypes.MICRO_TIMESTAMP.equals(type.name()) || Timestamp.LOGICAL_NAME.equals(type.name());
        if (rule.zone() != null && !instant) {
            throw JsonPlace.error(
                    place + ".zone", "the field " + prefix + rule.field() + " is no timestamp with a zone");
        }
        if (rule.format() != null && instant && rule.zone() == null) {
            throw JsonPlace.error(place + ".format", "a timestamp as text needs a \"zone\" too");
        }
        ValueForm zoned = rule.zone() == null ? new PlainForm(type, symbols) : new ZoneForm(rule.zone());
        return rule.format() == null ? zoned : format(place, rule.format(), zoned);
    }

    private static ValueForm format(String place, String pattern, ValueForm rest) {
        try {
            return FormatForm.of(pattern, rest.local()).then(rest);
        } catch (IllegalArgumentException e) {
            throw JsonPlace.error(place + ".format", String.valueOf(e.getMessage()));
        }
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
