package io.tandem.connect.transform;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/** Child rows ↔ collection. */
final class TableLens implements Lens {

    private final String field;
    private final String alias;
    private final List<Lens> lenses;
    private final List<String> order;

    /**
     * @param lenses the rules of the rows
     * @param order the fields that order the elements, empty if nothing does
     */
    TableLens(String field, String alias, List<Lens> lenses, List<String> order) {
        this.field = field;
        this.alias = alias;
        this.lenses = List.copyOf(lenses);
        this.order = List.copyOf(order);
    }

    @Override
    public List<String> fields() {
        return List.of(field);
    }

    @Override
    public String origin() {
        return "child table " + alias;
    }

    @Override
    public Step toCanonical(Level local, Level canonical) {
        Level.Leaf source = local.leaf(alias);
        Level.Leaf target = requireNonNull(canonical.leaf(field));
        if (source == null || !Schemas.isCollection(source.schema())) {
            throw new Unmappable(field, origin(), "the local record has no such collection of child rows");
        }
        Schema element = target.schema().valueSchema();
        RecordBuilder builder =
                compiled(() -> RecordBuilder.toCanonical(lenses, source.schema().valueSchema(), element));
        ElementOrder elementOrder = new ElementOrder(element, order);
        int cell = target.cell();
        return (from, to) -> {
            List<Struct> elements = build(builder, source.read(from));
            if (!elementOrder.sort(elements)) {
                throw new Unmappable(field, origin(), "two rows have the same " + String.join(", ", order));
            }
            to[cell] = elements;
        };
    }

    @Override
    public Optional<Step> fromCanonical(Level canonical, LocalShape local) {
        Level.Leaf source = canonical.leaf(field);
        if (source == null) {
            return Optional.empty();
        }
        if (!Schemas.isCollection(source.schema())) {
            throw new Unmappable(field, origin(), "the canonical record has no array of records there");
        }
        RecordBuilder builder = compiled(
                () -> RecordBuilder.fromCanonical(lenses, source.schema().valueSchema(), local.child(alias), false));
        int cell = local.collection(alias, SchemaBuilder.array(builder.schema()).build());
        return Optional.of((from, to) -> to[cell] = build(builder, source.read(from)));
    }

    private RecordBuilder compiled(Supplier<RecordBuilder> compilation) {
        try {
            return compilation.get();
        } catch (Unmappable e) {
            throw e.within(field).ofTable(alias);
        }
    }

    private List<Struct> build(RecordBuilder builder, @Nullable Object rows) {
        if (rows == null) {
            throw new Unmappable(field, origin(), "is null; no rows at all would be an empty array");
        }
        List<?> list = (List<?>) rows;
        List<Struct> built = new ArrayList<>(list.size());
        for (int i = 0; i < list.size(); i++) {
            try {
                built.add(builder.build((Struct) requireNonNull(list.get(i))));
            } catch (Unmappable e) {
                throw e.within(field, i).ofTable(alias);
            }
        }
        return built;
    }
}
