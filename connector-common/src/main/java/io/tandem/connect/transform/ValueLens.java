package io.tandem.connect.transform;

import io.tandem.connect.record.Coercion;
import io.tandem.connect.record.ValueConverter;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.errors.DataException;
import org.jspecify.annotations.Nullable;

/** One column ↔ one canonical field, in a {@link ValueForm}. */
final class ValueLens implements Lens {

    private final String field;
    private final String column;
    private final ValueForm form;
    private final Schema canonicalType;
    private final Schema localType;
    private final @Nullable String nullText;
    private final @Nullable Object localNull;
    private final @Nullable Object fallback;
    private final ValueConverter formToCanonical;
    private final ValueConverter canonicalToForm;
    private final ValueConverter formToLocal;

    /**
     * @param canonicalType the type of the canonical field
     * @param localType the type of the column on the way back, null for the form's own
     * @param nullText the local value that means null, null if only NULL does
     * @param fallback the canonical value as which NULL is read, null if NULL is read as null
     * @throws DataException if the types don't go together, or if the fallback can't be written
     */
    ValueLens(
            String field,
            String column,
            ValueForm form,
            Schema canonicalType,
            @Nullable Schema localType,
            @Nullable String nullText,
            @Nullable Literal fallback) {
        this.field = field;
        this.column = column;
        this.form = form;
        this.canonicalType = Schemas.scalar(canonicalType, true);
        this.localType = Schemas.scalar(localType == null ? form.local() : localType, true);
        this.nullText = nullText;
        this.localNull = nullText == null ? null : constant(nullText, this.localType);
        this.formToCanonical = Coercion.between(form.canonical(), this.canonicalType);
        this.canonicalToForm = Coercion.between(this.canonicalType, form.canonical());
        this.formToLocal = Coercion.between(form.local(), this.localType);
        this.fallback = fallback == null ? null : fallback(fallback);
    }

    private Object fallback(Literal literal) {
        Object value = literal.as(canonicalType);
        // it is published, so it must also be taken when it comes back
        if (!value.equals(formToCanonical.convert(form.toCanonical(form.fromCanonical(formValue(value)))))) {
            throw new DataException("the default is none of the values that the field may have");
        }
        fromCanonical(canonicalType).convert(value);
        return value;
    }

    private Object formValue(Object canonical) {
        return Objects.requireNonNull(canonicalToForm.convert(canonical));
    }

    /** The type of the field, optional. */
    Schema type() {
        return canonicalType;
    }

    /**
     * The canonical value of a local one that a document names.
     *
     * @throws DataException if there is none
     */
    Object canonical(Literal local) {
        Object value = local.in(form.local());
        if (value.equals(nullText == null ? null : constant(nullText, form.local()))) {
            throw new DataException("means null");
        }
        return Objects.requireNonNull(formToCanonical.convert(form.toCanonical(value)));
    }

    private static @Nullable Object constant(String text, Schema type) {
        return Coercion.between(Schema.STRING_SCHEMA, type).convert(text);
    }

    @Override
    public List<String> fields() {
        return List.of(field);
    }

    @Override
    public String origin() {
        return Unmappable.column(column);
    }

    @Override
    public Step toCanonical(Level local, Level canonical) {
        Level.Leaf source = local.leaf(column);
        Level.Leaf target = canonical.leaf(field);
        if (source == null || target == null) {
            throw Unmappable.noColumn(field, origin());
        }
        return step(source, target.cell(), located(this::toCanonical, source.schema()));
    }

    private ValueConverter toCanonical(Schema column) {
        Schema present = Schemas.scalar(column, true);
        ValueConverter toForm = Coercion.between(present, form.local());
        Object stored = nullText == null ? null : constant(nullText, present);
        return value -> {
            if (value == null) {
                return fallback;
            }
            if (value.equals(stored)) {
                return null;
            }
            Object local = toForm.convert(value);
            return local == null ? null : formToCanonical.convert(form.toCanonical(local));
        };
    }

    @Override
    public Optional<Step> fromCanonical(Level canonical, LocalShape local) {
        Level.Leaf source = canonical.leaf(field);
        if (source == null) {
            return Optional.empty();
        }
        ValueConverter converter = located(this::fromCanonical, source.schema());
        boolean optional = localNull == null && source.optional();
        return Optional.of(step(source, local.column(column, localType, optional), converter));
    }

    private Step step(Level.Leaf source, int cell, ValueConverter converter) {
        return (from, to) -> {
            try {
                to[cell] = converter.convert(source.read(from));
            } catch (DataException e) {
                throw unmappable(e.getMessage());
            }
        };
    }

    private ValueConverter located(Function<Schema, ValueConverter> between, Schema type) {
        try {
            return between.apply(type);
        } catch (DataException e) {
            throw unmappable(e.getMessage());
        }
    }

    private Unmappable unmappable(@Nullable String reason) {
        return new Unmappable(field, origin(), String.valueOf(reason));
    }

    /** The conversion of a canonical value of the given type into the column's, null included. */
    private ValueConverter fromCanonical(Schema incoming) {
        ValueConverter toCanonical = Coercion.between(incoming, canonicalType);
        return value -> {
            if (value == null) {
                if (fallback != null && localNull == null) {
                    throw new DataException("is null, but NULL in the column is read as the rule's default");
                }
                return localNull;
            }
            Object canonical = canonicalToForm.convert(toCanonical.convert(value));
            Object local = canonical == null ? null : formToLocal.convert(form.fromCanonical(canonical));
            if (local != null && local.equals(localNull)) {
                throw new DataException("is a value that means null in the column");
            }
            return local;
        };
    }
}
