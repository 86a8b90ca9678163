package io.tandem.connect.transform;

import io.tandem.connect.record.Coercion;
import io.tandem.connect.record.ValueConverter;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.connect.errors.DataException;
import org.jspecify.annotations.Nullable;

/** A canonical field without a column: published with one value, and taken with that value only. */
final class ConstantFieldLens implements Lens {

    private final String field;
    private final PlainForm form;
    private final Object constant;

    /** @throws DataException if the field can't hold the constant */
    ConstantFieldLens(String field, PlainForm form, Literal literal) {
        this.field = field;
        this.form = form;
        this.constant = form.toCanonical(literal.as(form.local()));
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
        Level.Leaf target = canonical.leaf(field);
        if (target == null) {
            throw unmappable("the canonical record has no such field");
        }
        int cell = target.cell();
        return (from, to) -> to[cell] = constant;
    }

    @Override
    public Optional<Step> fromCanonical(Level canonical, LocalShape local) {
        Level.Leaf source = canonical.leaf(field);
        if (source == null) {
            return Optional.empty();
        }
        ValueConverter toType;
        try {
            toType = Coercion.between(Schemas.scalar(source.schema(), true), form.local());
        } catch (DataException e) {
            throw unmappable(String.valueOf(e.getMessage()));
        }
        return Optional.of((from, to) -> {
            if (!constant.equals(converted(toType, source.read(from)))) {
                throw unmappable("is not the constant that this master has in its place, so it could not be kept");
            }
        });
    }

    private @Nullable Object converted(ValueConverter converter, @Nullable Object value) {
        try {
            return converter.convert(value);
        } catch (DataException e) {
            throw unmappable(String.valueOf(e.getMessage()));
        }
    }

    private Unmappable unmappable(String reason) {
        return new Unmappable(field, origin(), reason);
    }
}
