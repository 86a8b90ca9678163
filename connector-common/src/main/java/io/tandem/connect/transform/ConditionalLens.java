package io.tandem.connect.transform;

import io.tandem.connect.record.Coercion;
import io.tandem.connect.record.ValueConverter;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.jspecify.annotations.Nullable;

/**
 * All rules of a level that depend on one column. Which of them apply is decided by the canonical value that the column
 * stands for, in both directions, so the two can't differ. Of a rule that doesn't apply the fields are null, and of a
 * column that no rule applies to the value is NULL; anything else is refused, since it would be lost.
 */
final class ConditionalLens implements Lens {

    private final String field;
    private final String column;
    private final Schema type;
    private final List<Branch> branches;
    private final List<String> columns;

    /**
     * @param field the canonical field of the column that the conditions are about
     * @param column the column
     * @param type the type of the field, optional
     */
    ConditionalLens(String field, String column, Schema type, List<Branch> branches) {
        this.field = field;
        this.column = column;
        this.type = type;
        this.branches = List.copyOf(branches);
        Set<String> names = new LinkedHashSet<>();
        branches.forEach(branch -> names.addAll(branch.columns()));
        this.columns = List.copyOf(names);
    }

    /**
     * A rule with its condition.
     *
     * @param values the canonical values with which the rule applies
     * @param columns the columns of the rule
     */
    record Branch(Set<Object> values, Lens lens, List<String> columns) {

        Branch {
            values = Set.copyOf(values);
            columns = List.copyOf(columns);
        }
    }

    @Override
    public List<String> fields() {
        return branches.stream()
                .flatMap(branch -> branch.lens().fields().stream())
                .toList();
    }

    @Override
    public String origin() {
        return (columns.size() == 1 ? "column " : "columns ") + String.join(", ", columns);
    }

    /** The step reads the condition from the canonical cells, so it must run behind that of the condition's column. */
    @Override
    public Step toCanonical(Level local, Level canonical) {
        Level.Leaf condition = canonical.leaf(field);
        if (condition == null) {
            throw new Unmappable(field, origin(), "the canonical record has no such field");
        }
        int cell = condition.cell();
        Step[] steps = branches.stream()
                .map(branch -> branch.lens().toCanonical(local, canonical))
                .toArray(Step[]::new);
        Emptiness[] unused = new Emptiness[columns.size()];
        for (int i = 0; i < unused.length; i++) {
            unused[i] = column(columns.get(i), local);
        }
        return (from, to) -> {
            BitSet applies = applies(to[cell]);
            for (int i = 0; i < steps.length; i++) {
                if (applies.get(i)) {
                    steps[i].apply(from, to);
                }
            }
            for (Emptiness rest : unused) {
                rest.check(from, applies);
            }
        };
    }

    private Emptiness column(String name, Level local) {
        Level.Leaf leaf = local.leaf(name);
        if (leaf == null) {
            throw Unmappable.noColumn(String.join(", ", fields()), Unmappable.column(name));
        }
        BitSet users = new BitSet();
        List<String> paths = new ArrayList<>();
        for (int i = 0; i < branches.size(); i++) {
            if (branches.get(i).columns().contains(name)) {
                users.set(i);
                paths.addAll(branches.get(i).lens().fields());
            }
        }
        return new Emptiness(
                List.of(leaf),
                users,
                paths.isEmpty() ? Unmappable.column(name) : String.join(", ", paths),
                paths.isEmpty() ? "" : Unmappable.column(name),
                "has a value, but no rule for it applies, as the column " + column + " is; the value would be lost");
    }

    @Override
    public Optional<Step> fromCanonical(Level canonical, LocalShape local) {
        Level.Leaf condition = canonical.leaf(field);
        if (condition == null) {
            throw new Unmappable(
                    String.join(", ", fields()),
                    origin(),
                    "the canonical record lacks " + field
                            + ", without which the rules can't be applied; publish it again with the whole schema");
        }
        ValueConverter toType = incoming(condition.schema());
        LocalShape shared = local.slot();
        Step[] steps = new Step[branches.size()];
        Emptiness[] unused = new Emptiness[steps.length];
        for (int i = 0; i < steps.length; i++) {
            // not empty: all fields are there
            steps[i] = branches.get(i).lens().fromCanonical(canonical, shared).orElseThrow();
            unused[i] = fields(branches.get(i).lens(), canonical, i);
        }
        return Optional.of((from, to) -> {
            BitSet applies = applies(converted(toType, condition.read(from)));
            for (int i = 0; i < steps.length; i++) {
                if (applies.get(i)) {
                    steps[i].apply(from, to);
                }
            }
            for (Emptiness rest : unused) {
                rest.check(from, applies);
            }
        });
    }

    private Emptiness fields(Lens lens, Level canonical, int index) {
        BitSet users = new BitSet();
        users.set(index);
        List<Level.Leaf> leaves = new ArrayList<>();
        for (String path : lens.fields()) {
            Level.Leaf leaf = canonical.leaf(path);
            if (leaf != null) {
                leaves.add(leaf);
            }
        }
        return new Emptiness(
                leaves,
                users,
                String.join(", ", lens.fields()),
                lens.origin(),
                "has a value, but its rule does not apply, as " + field + " is; the value could not be kept");
    }

    private BitSet applies(@Nullable Object value) {
        BitSet applies = new BitSet();
        for (int i = 0; i < branches.size() && value != null; i++) {
            applies.set(i, branches.get(i).values().contains(value));
        }
        return applies;
    }

    private ValueConverter incoming(Schema incoming) {
        try {
            return Coercion.between(Schemas.scalar(incoming, true), type);
        } catch (DataException e) {
            throw new Unmappable(field, Unmappable.column(column), String.valueOf(e.getMessage()));
        }
    }

    private @Nullable Object converted(ValueConverter converter, @Nullable Object value) {
        try {
            return converter.convert(value);
        } catch (DataException e) {
            throw new Unmappable(field, Unmappable.column(column), String.valueOf(e.getMessage()));
        }
    }

    /**
     * What must be null unless one of its users applies.
     *
     * @param users which of the rules use it
     */
    private record Emptiness(List<Level.Leaf> leaves, BitSet users, String path, String origin, String reason) {

        void check(@Nullable Struct from, BitSet applies) {
            if (users.intersects(applies)) {
                return;
            }
            for (Level.Leaf leaf : leaves) {
                if (leaf.read(from) != null) {
                    throw new Unmappable(path, origin, reason);
                }
            }
        }
    }
}
