package io.tandem.connect.transform;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A canonical field that this master does not have: published as null or as the schema's default, and listed as absent
 * in the record, so that nobody takes it for a value; ignored in records that come in.
 */
final class AbsentLens implements Lens {

    private final String field;

    AbsentLens(String field) {
        this.field = field;
    }

    @Override
    public List<String> fields() {
        return List.of(field);
    }

    @Override
    public String origin() {
        return "";
    }

    @Override
    public @Nullable Object fallback(Level.Leaf leaf) {
        return leaf.schema().defaultValue();
    }

    @Override
    public Step toCanonical(Level local, Level canonical) {
        return (from, to) -> {};
    }

    @Override
    public Optional<Step> fromCanonical(Level canonical, LocalShape local) {
        return Optional.empty();
    }
}
