package io.tandem.connect.transform;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/** All lenses of a level, compiled for one direction: makes a struct from a struct. Immutable and thread-safe. */
final class RecordBuilder {

    private final Schema schema;
    private final Level target;
    private final Step[] steps;
    private final String[] origins;
    private final int cells;

    private RecordBuilder(Schema schema, Level target, List<Step> steps, String[] origins) {
        this.schema = schema;
        this.target = target;
        this.steps = steps.toArray(new Step[0]);
        this.origins = origins;
        this.cells = target.leaves().size();
    }

    static RecordBuilder toCanonical(List<Lens> lenses, Schema localSchema, Schema canonicalSchema) {
        Level local = Level.of(localSchema);
        Level canonical = Level.of(canonicalSchema);
        String[] origins = new String[canonical.leaves().size()];
        Arrays.fill(origins, "");
        List<Step> steps = new ArrayList<>();
        for (Lens lens : lenses) {
            steps.add(lens.toCanonical(local, canonical));
            fillOrigins(lens, canonical, origins);
        }
        return new RecordBuilder(canonicalSchema, canonical, steps, origins);
    }

    static RecordBuilder fromCanonical(List<Lens> lenses, Schema canonicalSchema, LocalShape shape, boolean optional) {
        Level canonical = Level.of(canonicalSchema);
        List<Step> steps = new ArrayList<>();
        for (Lens lens : lenses) {
            lens.fromCanonical(canonical, shape).ifPresent(steps::add);
        }
        Schema schema = shape.build(optional);
        Level local = Level.of(schema);
        String[] origins =
                local.leaves().keySet().stream().map(Unmappable::column).toArray(String[]::new);
        return new RecordBuilder(schema, local, steps, origins);
    }

    private static void fillOrigins(Lens lens, Level canonical, String[] origins) {
        for (String field : lens.fields()) {
            Level.Leaf leaf = canonical.leaf(field);
            if (leaf != null) {
                origins[leaf.cell()] = lens.origin();
            }
        }
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
    Struct build(Struct from) {
        @Nullable Object[] row = new Object[cells];
        for (Step step : steps) {
            step.apply(from, row);
        }
        return target.assemble(row, origins);
    }
}
