package io.tandem.connect.transform;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/** Compiles the way of collections into child rows. For one compilation; not thread-safe, but its step is. */
final class TableWriting {

    private final Level canonical;
    private final LocalShape local;
    private final Map<TablePart, Target> targets = new LinkedHashMap<>();
    private final Map<TablePart, RecordBuilder> builders = new LinkedHashMap<>();
    private final List<Source> sources = new ArrayList<>();
    private int tables;

    TableWriting(Level canonical, LocalShape local) {
        this.canonical = canonical;
        this.local = local;
    }

    /** Adds all parts of one table. They share the shape of its rows. */
    void addTable(List<TablePart> parts) {
        String alias = parts.get(0).alias();
        LocalShape shape = local.child(alias);
        List<List<Step>> steps = new ArrayList<>();
        Set<Integer> cells = Set.of();
        for (TablePart part : parts) {
            steps.add(steps(part, elements(part.field()), shape));
            Set<Integer> own = shape.asked();
            if (steps.size() > 1 && !own.equals(cells)) {
                throw new Unmappable(
                        part.field(),
                        part.origin(),
                        "its elements fill other columns than those of the table's other rules, so some columns would "
                                + "be cleared; list the same fields as absent for all collections of the table");
            }
            cells = own;
        }
        Schema row = shape.build(false);
        int cell = local.collection(alias, SchemaBuilder.array(row).build());
        Target target = new Target(tables, cell);
        tables++;
        for (int i = 0; i < parts.size(); i++) {
            targets.put(parts.get(i), target);
            builders.put(parts.get(i), RecordBuilder.local(row, steps.get(i)));
        }
    }

    private static List<Step> steps(TablePart part, Level elements, LocalShape shape) {
        try {
            return RecordBuilder.fromCanonical(part.lenses(), elements, shape);
        } catch (Unmappable e) {
            throw e.within(part.field()).ofTable(part.alias());
        }
    }

    private Level elements(String field) {
        Level.Leaf leaf = requireNonNull(canonical.leaf(field));
        if (!Schemas.isCollection(leaf.schema())) {
            throw new Unmappable(field, "", "the canonical record has no array of records there");
        }
        return canonical.elements(leaf);
    }

    /** Adds a collection with all its parts, whose tables have been added before. */
    void addCollection(TableLens.Collected collection, List<TablePart> parts) {
        String origin = parts.stream()
                .map(TablePart::origin)
                .distinct()
                .reduce((left, right) -> left + ", " + right)
                .orElse("");
        Level elements = elements(collection.field());
        List<Part> compiled = parts.stream()
                .map(part -> new Part(
                        Match.of(elements, part.where(), part.field(), part.origin()),
                        requireNonNull(builders.get(part)),
                        requireNonNull(targets.get(part)).index(),
                        part.alias()))
                .toList();
        sources.add(new Source(collection, requireNonNull(canonical.leaf(collection.field())), origin, compiled));
    }

    Step step() {
        List<Target> to = targets.values().stream().distinct().toList();
        List<Source> from = List.copyOf(sources);
        return (struct, cells) -> {
            List<List<Struct>> rows = new ArrayList<>(to.size());
            to.forEach(target -> rows.add(new ArrayList<>()));
            from.forEach(source -> source.read(struct, rows));
            to.forEach(target -> cells[target.cell()] = rows.get(target.index()));
        };
    }

    /** A table. */
    private record Target(int index, int cell) {}

    /** A part of a collection: the elements that match, built as rows of one of the targets. */
    private record Part(Match match, RecordBuilder builder, int target, String alias) {}

    /** A collection with its parts. */
    private record Source(TableLens.Collected collection, Level.Leaf leaf, String origin, List<Part> parts) {

        void read(@Nullable Struct from, List<List<Struct>> rows) {
            List<?> elements = (List<?>) leaf.read(from);
            if (elements == null) {
                if (collection.noneIsNull()) {
                    return;
                }
                throw unmappable("is null; no rows at all would be an empty array");
            }
            if (elements.isEmpty() && collection.noneIsNull()) {
                throw unmappable("is an empty array, but no rows stand for null here, so it would come back as null");
            }
            for (int i = 0; i < elements.size(); i++) {
                if (!(elements.get(i) instanceof Struct element)) {
                    throw unmappable("the element is null; expected a record").within(i);
                }
                Part part = part(element);
                if (part == null) {
                    throw unmappable("the element belongs to none of the rules of the collection, by \"where\"")
                            .within(i);
                }
                try {
                    rows.get(part.target()).add(part.builder().build(element));
                } catch (Unmappable e) {
                    throw e.within(collection.field(), i).ofTable(part.alias());
                }
            }
        }

        private @Nullable Part part(Struct element) {
            for (Part part : parts) {
                if (part.match().takes(element)) {
                    return part;
                }
            }
            return null;
        }

        private Unmappable unmappable(String reason) {
            return new Unmappable(collection.field(), origin, reason);
        }
    }
}
