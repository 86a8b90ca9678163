package io.tandem.connect.transform;

import io.tandem.connect.record.Coercion;
import io.tandem.connect.record.ValueConverter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.errors.DataException;
import org.jspecify.annotations.Nullable;

/** Some columns ↔ some canonical fields, in a {@link TupleForm}. */
final class TupleLens implements Lens {

    private final List<Field> fields;
    private final List<Column> columns;
    private final TupleForm form;
    private final ValueConverter[] formToCanonical;
    private final ValueConverter[] canonicalToForm;
    private final ValueConverter[] formToLocal;

    /** @throws DataException if the types don't go together */
    TupleLens(List<Field> fields, List<Column> columns, TupleForm form) {
        this.fields = List.copyOf(fields);
        this.columns = List.copyOf(columns);
        this.form = form;
        this.formToCanonical = new ValueConverter[fields.size()];
        this.canonicalToForm = new ValueConverter[fields.size()];
        for (int i = 0; i < fields.size(); i++) {
            Schema type = fields.get(i).type();
            ValueForm plain = fields.get(i).plain();
            ValueConverter toType = Coercion.between(form.canonical().get(i), type);
            formToCanonical[i] = value -> {
                Object converted = toType.convert(value);
                return converted == null ? null : plain.toCanonical(converted);
            };
            canonicalToForm[i] = Coercion.between(type, form.canonical().get(i));
        }
        this.formToLocal = new ValueConverter[columns.size()];
        for (int i = 0; i < columns.size(); i++) {
            formToLocal[i] = Coercion.between(form.local().get(i), type(i));
        }
    }

    /**
     * A canonical field.
     *
     * @param path its path within the level
     * @param plain the values that it may hold
     */
    record Field(String path, PlainForm plain) {

        Schema type() {
            return plain.local();
        }
    }

    /**
     * A column.
     *
     * @param type its type on the way back, optional; null for that of the form
     */
    record Column(String name, @Nullable Schema type) {}

    private Schema type(int column) {
        Schema type = columns.get(column).type();
        return type == null ? form.local().get(column) : type;
    }

    @Override
    public List<String> fields() {
        return fields.stream().map(Field::path).toList();
    }

    @Override
    public String origin() {
        String names = columns.stream().map(Column::name).collect(Collectors.joining(", "));
        return (columns.size() == 1 ? "column " : "columns ") + names;
    }

    @Override
    public Step toCanonical(Level local, Level canonical) {
        Level.Leaf[] sources = new Level.Leaf[columns.size()];
        ValueConverter[] toForm = new ValueConverter[columns.size()];
        for (int i = 0; i < sources.length; i++) {
            Level.Leaf source = local.leaf(columns.get(i).name());
            if (source == null) {
                throw Unmappable.noColumn(
                        paths(), Unmappable.column(columns.get(i).name()));
            }
            sources[i] = source;
            toForm[i] = located(source.schema(), form.local().get(i));
        }
        int[] cells = new int[fields.size()];
        for (int i = 0; i < cells.length; i++) {
            Level.Leaf target = canonical.leaf(fields.get(i).path());
            if (target == null) {
                throw unmappable(
                        "the canonical record has no field " + fields.get(i).path());
            }
            cells[i] = target.cell();
        }
        return (from, to) -> {
            @Nullable Object[] values = new Object[sources.length];
            for (int i = 0; i < sources.length; i++) {
                values[i] = column(toForm[i], sources[i].read(from), i);
            }
            @Nullable Object[] mapped = mapped(values, true);
            for (int i = 0; i < cells.length; i++) {
                to[cells[i]] = field(formToCanonical[i], mapped[i], i);
            }
        };
    }

    @Override
    public Optional<Step> fromCanonical(Level canonical, LocalShape local) {
        List<Level.Leaf> sources = new ArrayList<>();
        for (Field field : fields) {
            Level.Leaf source = canonical.leaf(field.path());
            if (source == null) {
                return Optional.empty();
            }
            sources.add(source);
        }
        ValueConverter[] toType = new ValueConverter[sources.size()];
        for (int i = 0; i < toType.length; i++) {
            toType[i] = located(sources.get(i).schema(), fields.get(i).type());
        }
        int[] cells = new int[columns.size()];
        for (int i = 0; i < cells.length; i++) {
            cells[i] = local.column(columns.get(i).name(), type(i), true);
        }
        Level.Leaf[] leaves = sources.toArray(new Level.Leaf[0]);
        return Optional.of((from, to) -> {
            @Nullable Object[] values = new Object[leaves.length];
            for (int i = 0; i < leaves.length; i++) {
                values[i] = field(canonicalToForm[i], field(toType[i], leaves[i].read(from), i), i);
            }
            @Nullable Object[] mapped = mapped(values, false);
            for (int i = 0; i < cells.length; i++) {
                to[cells[i]] = column(formToLocal[i], mapped[i], i);
            }
        });
    }

    private @Nullable Object[] mapped(@Nullable Object[] values, boolean toCanonical) {
        try {
            return toCanonical ? form.toCanonical(values) : form.fromCanonical(values);
        } catch (PartMisfit e) {
            throw new Unmappable(fields.get(e.part()).path(), origin(), String.valueOf(e.getMessage()));
        } catch (DataException e) {
            throw withCause(unmappable(String.valueOf(e.getMessage())), e);
        }
    }

    private static Unmappable withCause(Unmappable unmappable, DataException e) {
        if (e.getCause() != null) {
            unmappable.initCause(e.getCause());
        }
        return unmappable;
    }

    private @Nullable Object field(ValueConverter converter, @Nullable Object value, int index) {
        try {
            return converter.convert(value);
        } catch (DataException e) {
            throw new Unmappable(fields.get(index).path(), origin(), String.valueOf(e.getMessage()));
        }
    }

    private @Nullable Object column(ValueConverter converter, @Nullable Object value, int index) {
        try {
            return converter.convert(value);
        } catch (DataException e) {
            throw new Unmappable(paths(), Unmappable.column(columns.get(index).name()), String.valueOf(e.getMessage()));
        }
    }

    private ValueConverter located(Schema from, Schema to) {
        try {
            return Coercion.between(Schemas.scalar(from, true), to);
        } catch (DataException e) {
            throw unmappable(String.valueOf(e.getMessage()));
        }
    }

    private String paths() {
        return String.join(", ", fields());
    }

    private Unmappable unmappable(String reason) {
        return new Unmappable(paths(), origin(), reason);
    }
}
