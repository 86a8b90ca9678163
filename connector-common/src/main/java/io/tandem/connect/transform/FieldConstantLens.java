package io.tandem.connect.transform;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/** A canonical field that always has the same value. Records with another value must not get here. */
final class FieldConstantLens implements Lens {

    private final String field;
    private final Literal constant;

    FieldConstantLens(String field, Literal constant) {
        this.field = field;
        this.constant = constant;
    }

    @Override
    public List<String> fields() {
        return List.of(field);
    }

    @Override
    public String origin() {
        return "constant";
    }

    @Override
    public Step toCanonical(Level local, Level canonical) {
        Level.Leaf target = requireNonNull(canonical.leaf(field));
        Object value = constant.as(target.schema());
        int cell = target.cell();
        return (from, to) -> to[cell] = value;
    }

    @Override
    public Optional<Step> fromCanonical(Level canonical, LocalShape local) {
        return Optional.empty();
    }
}
