package io.tandem.connect.transform;

import io.tandem.connect.record.SemanticTypes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
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
    private final Set<String> columns;
    private final Set<String> fields = new HashSet<>();

    /**
     * @param prefix what goes before the level's paths to make them paths of the whole schema
     * @param columns takes the names that are in use in the local row
     */
    private LensCompiler(CanonicalSchema canonical, Schema schema, String prefix, Set<String> columns) {
        this.canonical = canonical;
        this.level = Level.of(schema);
        this.prefix = prefix;
        this.columns = columns;
    }

    /**
     * The lenses of a document's root.
     *
     * @throws ConfigException if a rule doesn't fit the schema
     */
    static List<Lens> compile(Mapping mapping, CanonicalSchema canonical) {
        return new LensCompiler(canonical, canonical.data(), "", new HashSet<>()).level("fields", mapping.fields());
    }

    private List<Lens> level(String place, List<? extends Rule> rules) {
        List<Lens> lenses = new ArrayList<>();
        for (int i = 0; i < rules.size(); i++) {
            lenses.add(lens(place + "[" + i + "]", rules.get(i)));
        }
        for (String path : level.leaves().keySet()) {
            if (!fields.contains(path)) {
                throw JsonPlace.error(
                        place,
                        "the canonical field " + prefix + path
                                + " is not mapped by any rule; it would overwrite the other master's value with null");
            }
        }
        return lenses;
    }

    private Lens lens(String place, Rule rule) {
        if (rule instanceof ValueRule value) {
            return value(place, value);
        }
        if (rule instanceof TableRule table) {
            Level.Leaf leaf = collection(place, table.field());
            claimColumn(place + ".table", table.table());
            Schema element = leaf.schema().valueSchema();
            String path = prefix + table.field();
            LensCompiler rows = new LensCompiler(canonical, element, path + ".", new HashSet<>());
            return new TableLens(
                    table.field(), table.table(), rows.level(place + ".fields", table.fields()), canonical.order(path));
        }
        return repeated(place, (RepeatedRule) rule);
    }

    private Lens value(String place, ValueRule rule) {
        Level.Leaf leaf = leaf(place + ".field", rule.field());
        if (leaf.schema().type() == Schema.Type.ARRAY) {
            throw JsonPlace.error(
                    place + ".field",
                    prefix + rule.field() + " is a collection; map it by \"table\" or " + "\"repeated\"");
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
        Set<String> symbols = canonical.symbols(prefix + rule.field());
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

    private Lens repeated(String place, RepeatedRule rule) {
        Schema element = collection(place, rule.field()).schema().valueSchema();
        String path = prefix + rule.field();
        List<RepeatedLens.Slot> slots = new ArrayList<>();
        Set<Map<String, Object>> constants = new HashSet<>();
        for (int i = 0; i < rule.slots().size(); i++) {
            RepeatedRule.Slot slot = rule.slots().get(i);
            String at = place + ".repeated[" + i + "]";
            LensCompiler compiler = new LensCompiler(canonical, element, path + ".", columns);
            if (!slot.where().keySet().equals(rule.slots().get(0).where().keySet())) {
                throw JsonPlace.error(at + ".where", "expected the same fields as in the other slots");
            }
            if (!constants.add(compiler.where(at + ".where", slot.where()))) {
                throw JsonPlace.error(at + ".where", "expected another value than in the other slots");
            }
            slots.add(new RepeatedLens.Slot(slot.where(), compiler.level(at + ".fields", slot.fields())));
        }
        return new RepeatedLens(rule.field(), slots, canonical.order(path));
    }

    /** Claims the fields that a slot is chosen by, and returns their values. */
    private Map<String, Object> where(String place, Map<String, Literal> where) {
        Map<String, Object> values = new HashMap<>();
        where.forEach((name, literal) -> {
            String at = place + "." + name;
            Level.Leaf leaf = leaf(at, name);
            claimField(at, name);
            try {
                values.put(name, literal.as(Schemas.scalar(leaf.schema(), false)));
            } catch (DataException e) {
                throw JsonPlace.error(at, String.valueOf(e.getMessage()));
            }
            Set<String> symbols = canonical.symbols(prefix + name);
            if (!symbols.isEmpty() && !symbols.contains(values.get(name))) {
                throw JsonPlace.error(at, values.get(name) + " is no symbol of the enum");
            }
        });
        return values;
    }

    private Level.Leaf collection(String place, String field) {
        String at = place + ".field";
        Level.Leaf leaf = leaf(at, field);
        if (leaf.schema().type() != Schema.Type.ARRAY) {
            throw JsonPlace.error(at, prefix + field + " is not a collection");
        }
        if (!Schemas.isCollection(leaf.schema())) {
            throw JsonPlace.error(at, prefix + field + " is an array of scalars; only arrays of records can be mapped");
        }
        if (leaf.optional()) {
            throw JsonPlace.error(
                    at,
                    prefix + field + " is a collection that may be null; make it required, an empty "
                            + "array says that there are no elements");
        }
        claimField(place, field);
        return leaf;
    }

    private Level.Leaf leaf(String place, String field) {
        Level.Leaf leaf = level.leaf(field);
        if (leaf != null) {
            return leaf;
        }
        if (level.leaves().keySet().stream().anyMatch(path -> path.startsWith(field + "."))) {
            throw JsonPlace.error(place, prefix + field + " is a record; map its fields, like " + field + ".name");
        }
        throw JsonPlace.error(place, "the canonical schema has no field " + prefix + field);
    }

    private void claimField(String place, String field) {
        if (!fields.add(field)) {
            throw JsonPlace.error(place, "the canonical field " + prefix + field + " is mapped by another rule too");
        }
    }

    private void claimColumn(String place, String column) {
        if (!columns.add(column)) {
            throw JsonPlace.error(place, column + " is mapped by another rule too");
        }
    }
}
