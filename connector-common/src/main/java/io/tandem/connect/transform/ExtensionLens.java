package io.tandem.connect.transform;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/** The columns of a table that has one row or none ↔ fields of the record around it. */
final class ExtensionLens implements Lens {

    private final String alias;
    private final boolean required;
    private final List<Lens> lenses;

    /**
     * @param required true if there is always a row, false if none stands for null in all fields
     * @param lenses the rules of the row, whose fields belong to the record around it
     */
    ExtensionLens(String alias, boolean required, List<Lens> lenses) {
        this.alias = alias;
        this.required = required;
        this.lenses = List.copyOf(lenses);
    }

    @Override
    public List<String> fields() {
        return lenses.stream().flatMap(lens -> lens.fields().stream()).toList();
    }

    @Override
    public String origin() {
        return "extension table " + alias;
    }

    /** Without some of the fields nobody knows whether there is to be a row, if there may be none. */
    @Override
    public boolean needsAllFields() {
        return !required;
    }

    @Override
    public Step toCanonical(Level local, Level canonical) {
        Level.Leaf source = local.leaf(alias);
        if (source == null || !Schemas.isCollection(source.schema())) {
            throw Unmappable.noTable(fields().get(0), origin());
        }
        Level row = local.elements(source);
        List<Step> steps = new ArrayList<>();
        for (Lens lens : lenses) {
            try {
                steps.add(lens.toCanonical(row, canonical));
            } catch (Unmappable e) {
                throw e.ofTable(alias);
            }
        }
        return (from, to) -> read((List<?>) source.read(from), steps, to);
    }

    private void read(@Nullable List<?> rows, List<Step> steps, @Nullable Object[] to) {
        if (rows == null) {
            throw unmappable("is null; no row at all would be an empty array");
        }
        if (rows.size() > 1) {
            throw unmappable("there are " + rows.size() + " rows, but an extension has one at most; map the table by "
                    + "\"table\", or delete the others");
        }
        if (rows.isEmpty()) {
            if (required) {
                throw unmappable("there is no row, but the rule says that it is required; insert it, or leave out "
                        + "\"required\"");
            }
            return;
        }
        Struct row = (Struct) requireNonNull(rows.get(0));
        try {
            steps.forEach(step -> step.apply(row, to));
        } catch (Unmappable e) {
            throw e.ofTable(alias);
        }
    }

    @Override
    public Optional<Step> fromCanonical(Level canonical, LocalShape local) {
        LocalShape shape = local.child(alias);
        RecordBuilder builder;
        try {
            builder = RecordBuilder.fromCanonical(lenses, canonical, shape, false);
        } catch (Unmappable e) {
            throw e.ofTable(alias);
        }
        List<Level.Leaf> leaves = new ArrayList<>();
        fields().stream().map(canonical::leaf).filter(Objects::nonNull).forEach(leaves::add);
        int cell = local.collection(alias, SchemaBuilder.array(builder.schema()).build());
        return Optional.of(
                (from, to) -> to[cell] = required || !allNull(leaves, from) ? List.of(row(builder, from)) : List.of());
    }

    private Struct row(RecordBuilder builder, @Nullable Struct from) {
        try {
            return builder.build(from);
        } catch (Unmappable e) {
            throw e.ofTable(alias);
        }
    }

    private static boolean allNull(List<Level.Leaf> leaves, @Nullable Struct from) {
        for (Level.Leaf leaf : leaves) {
            if (leaf.read(from) != null) {
                return false;
            }
        }
        return true;
    }

    private Unmappable unmappable(String reason) {
        return new Unmappable(fields().get(0), origin(), reason);
    }
}
