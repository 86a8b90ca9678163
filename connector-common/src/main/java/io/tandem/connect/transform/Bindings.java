package io.tandem.connect.transform;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.connect.data.Schema;

/** Lists what the value rules of a document bind. For one document; not thread-safe. */
final class Bindings {

    private final CanonicalSchema canonical;
    private final List<Binding> found = new ArrayList<>();

    private Bindings(CanonicalSchema canonical) {
        this.canonical = canonical;
    }

    /** Those of the rules that fit the schema. */
    static List<Binding> of(Mapping mapping, CanonicalSchema canonical) {
        Bindings bindings = new Bindings(canonical);
        bindings.add("fields", mapping.fields(), new Scope("", Level.of(canonical.data()), "", false));
        return bindings.found;
    }

    /**
     * Where rules stand.
     *
     * @param table the alias of the table whose columns they name
     * @param prefix what goes before the level's paths to make them paths of the whole schema
     * @param sometimes whether the rules apply to some rows or elements only
     */
    private record Scope(String table, Level level, String prefix, boolean sometimes) {

        /** Empty if the schema has no such collection. */
        Optional<Scope> elements(String alias, String collection, boolean some) {
            Level.Leaf leaf = level.leaf(collection);
            return leaf == null || !Schemas.isCollection(leaf.schema())
                    ? Optional.empty()
                    : Optional.of(new Scope(alias, level.elements(leaf), prefix + collection + ".", some));
        }

        Scope rows(String alias, boolean some) {
            return new Scope(alias, level, prefix, some);
        }
    }

    private void add(String place, List<? extends Rule> rules, Scope scope) {
        for (int i = 0; i < rules.size(); i++) {
            add(place + "[" + i + "]", rules.get(i), scope);
        }
    }

    private void add(String place, Rule rule, Scope scope) {
        if (rule instanceof ValueRule value) {
            add(place, value, scope);
        } else if (rule instanceof ConditionalRule conditional) {
            add(place, conditional.rule(), scope.rows(scope.table(), true));
        } else if (rule instanceof TableRule table) {
            scope.elements(table.table(), table.field(), false)
                    .ifPresent(rows -> add(place + ".fields", table.fields(), rows));
        } else if (rule instanceof ExtensionRule extension) {
            add(place + ".fields", extension.fields(), scope.rows(extension.table(), !extension.required()));
        } else if (rule instanceof RepeatedRule repeated) {
            scope.elements(scope.table(), repeated.field(), true).ifPresent(elements -> add(place, repeated, elements));
        }
    }

    private void add(String place, RepeatedRule rule, Scope elements) {
        for (int i = 0; i < rule.slots().size(); i++) {
            add(place + ".repeated[" + i + "].fields", rule.slots().get(i).fields(), elements);
        }
    }

    private void add(String place, ValueRule rule, Scope scope) {
        Level.Leaf leaf = scope.level().leaf(rule.field());
        if (leaf == null || leaf.schema().type() == Schema.Type.ARRAY) {
            return;
        }
        String path = scope.prefix() + rule.field();
        found.add(new Binding(
                place,
                scope.table(),
                rule.column(),
                path,
                leaf.schema(),
                canonical.symbols(path),
                canonical.maxLength(path),
                leaf.optional(),
                scope.sometimes(),
                rule));
    }
}
