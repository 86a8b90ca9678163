package io.tandem.connect.transform;

import java.util.Arrays;
import java.util.List;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/** Makes structs of a level from cells that lenses filled. Immutable and thread-safe. */
final class Assembler {

    private final Level level;
    private final String[] origins;
    private final @Nullable Object[] fallbacks;

    private Assembler(Level level, String[] origins, @Nullable Object[] fallbacks) {
        this.level = level;
        this.origins = origins;
        this.fallbacks = fallbacks;
    }

    /**
     * For a canonical record.
     *
     * @param origin where a cell comes from that no lens fills
     */
    static Assembler canonical(Level level, List<Lens> lenses, String origin) {
        String[] origins = new String[level.leaves().size()];
        Arrays.fill(origins, origin);
        @Nullable Object[] fallbacks = new Object[origins.length];
        for (Lens lens : lenses) {
            for (String field : lens.fields()) {
                Level.Leaf leaf = level.leaf(field);
                if (leaf != null) {
                    origins[leaf.cell()] = lens.origin();
                    fallbacks[leaf.cell()] = lens.fallback(leaf);
                }
            }
        }
        return new Assembler(level, origins, fallbacks);
    }

    /** For a local row, whose cells are its columns. */
    static Assembler local(Level level) {
        String[] origins =
                level.leaves().keySet().stream().map(Unmappable::column).toArray(String[]::new);
        return new Assembler(level, origins, new Object[origins.length]);
    }

    @Nullable
    Object[] emptyCells() {
        return new Object[origins.length];
    }

    /** @throws Unmappable if a cell is null that must not be */
    Struct assemble(@Nullable Object[] cells) {
        return level.assemble(cells, origins, fallbacks);
    }
}
