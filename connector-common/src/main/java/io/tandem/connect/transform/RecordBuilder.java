package io.tandem.connect.transform;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/** All lenses of a level, compiled for one direction: makes a struct from a struct. Immutable and thread-safe. */
final class RecordBuilder {

    private final Schema schema;
    private final Assembler assembler;
    private final Step[] steps;

    private RecordBuilder(Schema schema, Assembler assembler, List<Step> steps) {
        this.schema = schema;
        this.assembler = assembler;
        this.steps = steps.toArray(new Step[0]);
    }

    static RecordBuilder toCanonical(List<Lens> lenses, Schema localSchema, Schema canonicalSchema) {
        Level local = Level.of(localSchema);
        Level canonical = Level.of(canonicalSchema);
        List<Step> steps = new ArrayList<>();
        for (Lens lens : lenses) {
            steps.add(lens.toCanonical(local, canonical));
        }
        return new RecordBuilder(canonicalSchema, Assembler.canonical(canonical, lenses, ""), steps);
    }

    static RecordBuilder fromCanonical(List<Lens> lenses, Level canonical, LocalShape shape, boolean optional) {
        List<Step> steps = fromCanonical(lenses, canonical, shape);
        return local(shape.build(optional), steps);
    }

    /** The steps of lenses that share a shape; {@link #local} makes a builder of them once the shape is complete. */
    static List<Step> fromCanonical(List<Lens> lenses, Level canonical, LocalShape shape) {
        List<Step> steps = new ArrayList<>();
        for (Lens lens : lenses) {
            fromCanonical(lens, canonical, shape).ifPresent(steps::add);
        }
        return steps;
    }

    /** The builder of a local row. */
    static RecordBuilder local(Schema schema, List<Step> steps) {
        return new RecordBuilder(schema, Assembler.local(Level.of(schema)), steps);
    }

    /**
     * The step of one lens, empty if the record lacks all its fields.
     *
     * @throws Unmappable if the record lacks some of them and the lens can't do without
     */
    static Optional<Step> fromCanonical(Lens lens, Level canonical, LocalShape shape) {
        List<String> missing = lens.fields().stream()
                .filter(field -> canonical.leaf(field) == null)
                .toList();
        if (missing.isEmpty()) {
            return lens.fromCanonical(canonical, shape);
        }
        if (missing.size() == lens.fields().size()) {
            return Optional.empty();
        }
        if (lens.needsAllFields()) {
            throw new Unmappable(
                    missing.get(0),
                    lens.origin(),
                    "is absent in the record, but other fields of the same rule are not, so the rule can't be applied;"
                            + " list all of its fields as absent on the publishing master, or none");
        }
        return lens.fromCanonical(canonical, shape);
    }

    /** The schema of what {@link #build} makes. */
    Schema schema() {
        return schema;
    }

    /**
     * Maps one record.
     *
     * @throws Unmappable if a value can't be mapped exactly
     */
    Struct build(@Nullable Struct from) {
        @Nullable Object[] cells = assembler.emptyCells();
        for (Step step : steps) {
            step.apply(from, cells);
        }
        return assembler.assemble(cells);
    }
}
