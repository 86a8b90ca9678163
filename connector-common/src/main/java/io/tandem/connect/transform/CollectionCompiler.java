package io.tandem.connect.transform;

import io.tandem.connect.transform.TableLens.Collected;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.errors.DataException;

/** Makes the lenses of a level's collections and of its extension tables. For one compilation; not thread-safe. */
final class CollectionCompiler {

    private final LensCompiler level;

    CollectionCompiler(LensCompiler level) {
        this.level = level;
    }

    /** The lens of table rules that share tables or collections. */
    Lens tables(TableGroup group) {
        Map<String, Collected> collections = new LinkedHashMap<>();
        Map<String, Set<Map<String, Object>>> constants = new LinkedHashMap<>();
        Set<String> tables = new HashSet<>();
        List<TablePart> parts = new ArrayList<>();
        for (TableGroup.Member member : group.members()) {
            TableRule rule = member.rule();
            String place = member.place();
            if (!collections.containsKey(rule.field())) {
                Collected collected = collection(place, rule.field(), rule.noneIsNull());
                collections.put(rule.field(), collected);
                group.checkCollection(
                        rule.field(),
                        level.prefix() + rule.field(),
                        collected.order().isEmpty());
            }
            if (tables.add(rule.table())) {
                level.claimColumn(place + ".table", rule.table());
            }
            parts.add(part(place, rule, constants.computeIfAbsent(rule.field(), field -> new HashSet<>())));
        }
        group.checkRows();
        return new TableLens(parts, List.copyOf(collections.values()));
    }

    private TablePart part(String place, TableRule rule, Set<Map<String, Object>> constants) {
        LensCompiler rows =
                level.elements(rule.field(), new HashSet<>(rule.rows().keySet()));
        if (!constants.add(where(rows, place + ".where", rule.where()))) {
            throw JsonPlace.error(
                    place + ".where",
                    "expected other constants than in the other rules of " + level.prefix() + rule.field()
                            + ", so that an element belongs to one of them");
        }
        List<Lens> lenses = new ArrayList<>();
        rule.where()
                .forEach((name, literal) ->
                        lenses.add(new ConstantFieldLens(name, rows.form(place + ".where." + name, name), literal)));
        rule.rows().forEach((name, literal) -> lenses.add(new ConstantColumnLens(name, literal, literal.schema())));
        lenses.addAll(rows.level(place + ".fields", rule.fields()));
        return new TablePart(rule.field(), rule.table(), rule.where(), rule.rows(), lenses);
    }

    Lens repeated(String place, RepeatedRule rule) {
        Collected collection = collection(place, rule.field(), rule.noneIsNull());
        List<RepeatedLens.Slot> slots = new ArrayList<>();
        Set<Map<String, Object>> constants = new HashSet<>();
        for (int i = 0; i < rule.slots().size(); i++) {
            RepeatedRule.Slot slot = rule.slots().get(i);
            String at = place + ".repeated[" + i + "]";
            LensCompiler compiler = level.slot(rule.field());
            if (!slot.where().keySet().equals(rule.slots().get(0).where().keySet())) {
                throw JsonPlace.error(at + ".where", "expected the same fields as in the other slots");
            }
            if (!constants.add(where(compiler, at + ".where", slot.where()))) {
                throw JsonPlace.error(at + ".where", "expected another value than in the other slots");
            }
            slots.add(new RepeatedLens.Slot(slot.where(), compiler.level(at + ".fields", slot.fields())));
        }
        return new RepeatedLens(collection, slots);
    }

    Lens extension(String place, ExtensionRule rule) {
        level.claimColumn(place + ".extension", rule.table());
        // the row's columns are its own, its fields are those of this level
        List<Lens> lenses = level.extension(place + ".fields", rule.fields());
        if (!rule.required()) {
            for (Lens lens : lenses) {
                lens.fields().forEach(field -> optional(place, field));
            }
        }
        return new ExtensionLens(rule.table(), rule.required(), lenses);
    }

    private void optional(String place, String field) {
        if (!level.leaf(place, field).optional()) {
            throw JsonPlace.error(
                    place,
                    "the canonical field " + level.prefix() + field + " is required, but null if there is no row; make "
                            + "it optional, or say \"required\": true if there is always a row");
        }
    }

    /** Claims the fields that elements are chosen by, and returns their values. */
    private Map<String, Object> where(LensCompiler elements, String place, Map<String, Literal> where) {
        Map<String, Object> values = new LinkedHashMap<>();
        where.forEach((name, literal) -> {
            String at = place + "." + name;
            Level.Leaf leaf = elements.leaf(at, name);
            elements.claimField(at, name);
            try {
                values.put(name, literal.as(Schemas.scalar(leaf.schema(), false)));
            } catch (DataException e) {
                throw JsonPlace.error(at, String.valueOf(e.getMessage()));
            }
            Set<String> symbols = elements.symbols(name);
            if (!symbols.isEmpty() && !symbols.contains(values.get(name))) {
                throw JsonPlace.error(at, values.get(name) + " is no symbol of the enum");
            }
        });
        return values;
    }

    /** Checks and claims a collection. */
    private Collected collection(String place, String field, boolean noneIsNull) {
        String at = place + ".field";
        Level.Leaf leaf = level.leaf(at, field);
        String path = level.prefix() + field;
        if (leaf.schema().type() != Schema.Type.ARRAY) {
            throw JsonPlace.error(at, path + " is not a collection");
        }
        if (!Schemas.isCollection(leaf.schema())) {
            throw JsonPlace.error(
                    at,
                    path + " is an array of scalars; map it to a column that holds an array, or to text by \"format\":"
                            + " \"json\" or \"separator\"");
        }
        if (noneIsNull && !leaf.schema().isOptional()) {
            throw JsonPlace.error(
                    place + ".none", path + " can't be null; leave it out, no elements are an empty array then");
        }
        if (leaf.optional() && !noneIsNull) {
            throw JsonPlace.error(
                    at,
                    path + " is a collection that may be null; make it required, an empty array says that there are no "
                            + "elements, or say \"none\": \"null\" if null is to say so");
        }
        level.claimField(place, field);
        return new Collected(field, level.order(field), noneIsNull);
    }
}
