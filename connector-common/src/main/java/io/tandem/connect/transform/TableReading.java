package io.tandem.connect.transform;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/** Compiles the way of child rows into collections. For one compilation; not thread-safe, but its step is. */
final class TableReading {

    private final Level local;
    private final Level canonical;
    private final List<Target> targets = new ArrayList<>();
    private final Map<String, Integer> targetsByField = new HashMap<>();
    private final List<Source> sources = new ArrayList<>();

    TableReading(Level local, Level canonical, List<TableLens.Collected> collections) {
        this.local = local;
        this.canonical = canonical;
        for (TableLens.Collected collection : collections) {
            Level.Leaf leaf = requireNonNull(canonical.leaf(collection.field()));
            ElementOrder order = new ElementOrder(leaf.schema().valueSchema(), collection.order());
            targetsByField.put(collection.field(), targets.size());
            targets.add(new Target(collection, leaf.cell(), order));
        }
    }

    /** Adds all parts of one table. */
    void add(List<TablePart> parts) {
        TablePart first = parts.get(0);
        Level.Leaf leaf = local.leaf(first.alias());
        if (leaf == null || !Schemas.isCollection(leaf.schema())) {
            throw Unmappable.noTable(first.field(), first.origin());
        }
        Level row = local.elements(leaf);
        List<Part> compiled = new ArrayList<>();
        for (TablePart part : parts) {
            Match match = Match.of(row, part.rows(), part.field(), part.origin());
            compiled.add(new Part(
                    match,
                    builder(part, leaf.schema().valueSchema()),
                    requireNonNull(targetsByField.get(part.field()))));
        }
        sources.add(new Source(first.field(), first.alias(), leaf, List.copyOf(compiled)));
    }

    private RecordBuilder builder(TablePart part, Schema row) {
        Schema element = requireNonNull(canonical.leaf(part.field())).schema().valueSchema();
        try {
            return RecordBuilder.toCanonical(part.lenses(), row, element);
        } catch (Unmappable e) {
            throw e.within(part.field()).ofTable(part.alias());
        }
    }

    Step step() {
        List<Target> to = List.copyOf(targets);
        List<Source> from = List.copyOf(sources);
        String origin = from.stream()
                .map(source -> "child table " + source.alias())
                .reduce((left, right) -> left + ", " + right)
                .orElse("");
        return (struct, cells) -> {
            List<List<Struct>> elements = new ArrayList<>(to.size());
            to.forEach(target -> elements.add(new ArrayList<>()));
            from.forEach(source -> source.read(struct, elements));
            for (int i = 0; i < to.size(); i++) {
                cells[to.get(i).cell()] = to.get(i).ordered(elements.get(i), origin);
            }
        };
    }

    /** A part of a table: the rows that match, built for one of the targets. */
    private record Part(Match match, RecordBuilder builder, int target) {}

    /** A table with its parts. */
    private record Source(String field, String alias, Level.Leaf leaf, List<Part> parts) {

        void read(@Nullable Struct from, List<List<Struct>> elements) {
            List<?> rows = (List<?>) leaf.read(from);
            if (rows == null) {
                throw unmappable("is null; no rows at all would be an empty array");
            }
            for (int i = 0; i < rows.size(); i++) {
                Struct row = (Struct) requireNonNull(rows.get(i));
                Part part = part(row);
                if (part == null) {
                    throw unmappable("the row belongs to none of the table's rules, by \"rows\"; it would be missing on"
                                    + " the other masters and be deleted by their next write")
                            .within(i);
                }
                try {
                    elements.get(part.target()).add(part.builder().build(row));
                } catch (Unmappable e) {
                    throw e.within(field, i).ofTable(alias);
                }
            }
        }

        private @Nullable Part part(Struct row) {
            for (Part part : parts) {
                if (part.match().takes(row)) {
                    return part;
                }
            }
            return null;
        }

        private Unmappable unmappable(String reason) {
            return new Unmappable(field, "child table " + alias, reason);
        }
    }

    /** A collection. */
    private record Target(TableLens.Collected collection, int cell, ElementOrder order) {

        @Nullable
        List<Struct> ordered(List<Struct> elements, String origin) {
            if (!order.sort(elements)) {
                throw new Unmappable(
                        collection.field(), origin, "two rows have the same " + String.join(", ", collection.order()));
            }
            return elements.isEmpty() && collection.noneIsNull() ? null : elements;
        }
    }
}
