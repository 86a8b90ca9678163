package io.tandem.connect.transform;

import io.tandem.connect.record.Coercion;
import io.tandem.connect.record.ValueConverter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.errors.DataException;
import org.jspecify.annotations.Nullable;

/** One column ↔ an array of scalars: a column of arrays, or text in an {@link ArrayForm}. Null is null. */
final class ArrayLens implements Lens {

    private final String field;
    private final String column;
    private final Schema element;
    private final @Nullable ArrayForm form;
    private final Set<String> symbols;

    /**
     * @param array the canonical type
     * @param form null for a column of arrays
     * @param symbols what the elements may be if they are an enum, empty otherwise
     */
    ArrayLens(String field, String column, Schema array, @Nullable ArrayForm form, Set<String> symbols) {
        this.field = field;
        this.column = column;
        this.element = Schemas.scalar(array.valueSchema(), array.valueSchema().isOptional());
        this.form = form;
        this.symbols = symbols;
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
        Schema type = source.schema();
        if (form != null && type.type() != Schema.Type.STRING) {
            throw unmappable("the column is no text");
        }
        if (form == null && (type.type() != Schema.Type.ARRAY || Schemas.isCollection(type))) {
            throw unmappable(
                    "the column holds no arrays of scalars; map text by \"format\": \"json\" or \"separator\"");
        }
        ValueConverter elements = converter(form == null ? type.valueSchema() : element, element);
        int cell = target.cell();
        return (from, to) -> {
            Object value = source.read(from);
            to[cell] = value == null ? null : converted(parsed(value), elements);
        };
    }

    private List<?> parsed(Object value) {
        return form == null ? (List<?>) value : located(() -> form.toCanonical((String) value));
    }

    @Override
    public Optional<Step> fromCanonical(Level canonical, LocalShape local) {
        Level.Leaf source = canonical.leaf(field);
        if (source == null) {
            return Optional.empty();
        }
        Schema type = source.schema();
        if (type.type() != Schema.Type.ARRAY || Schemas.isCollection(type)) {
            throw unmappable("the canonical record has no array of scalars there");
        }
        ValueConverter elements = converter(type.valueSchema(), element);
        int cell = form == null
                ? local.array(column, Schemas.scalar(element, true), source.optional())
                : local.column(column, Schema.STRING_SCHEMA, source.optional());
        return Optional.of((from, to) -> {
            Object value = source.read(from);
            to[cell] = value == null ? null : written(converted((List<?>) value, elements));
        });
    }

    private Object written(List<@Nullable Object> elements) {
        return form == null ? elements : located(() -> form.fromCanonical(elements));
    }

    private ValueConverter converter(Schema from, Schema to) {
        return located(() -> Coercion.between(Schemas.scalar(from, true), to));
    }

    private List<@Nullable Object> converted(List<?> values, ValueConverter converter) {
        List<@Nullable Object> elements = new ArrayList<>(values.size());
        for (int i = 0; i < values.size(); i++) {
            try {
                Object value = converter.convert(values.get(i));
                if (!symbols.isEmpty() && value != null && !symbols.contains(value)) {
                    throw new DataException("is none of the symbols of the enum");
                }
                elements.add(value);
            } catch (DataException e) {
                throw unmappable(String.valueOf(e.getMessage())).within(i);
            }
        }
        return elements;
    }

    private <T> T located(Supplier<T> work) {
        try {
            return work.get();
        } catch (DataException e) {
            throw unmappable(String.valueOf(e.getMessage()));
        }
    }

    private Unmappable unmappable(String reason) {
        return new Unmappable(field, origin(), reason);
    }
}
