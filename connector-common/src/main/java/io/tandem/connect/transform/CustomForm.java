package io.tandem.connect.transform;

import io.tandem.connect.record.Coercion;
import io.tandem.connect.record.DecimalType;
import io.tandem.connect.record.ValueConverter;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.kafka.connect.data.ConnectSchema;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.errors.DataException;
import org.jspecify.annotations.Nullable;

/** Values as a {@link CustomLens} maps them. Trusts nothing that it answers. As thread-safe as the lens. */
final class CustomForm implements TupleForm {

    private final CustomLens lens;
    private final String name;
    private final List<Schema> local;
    private final List<Schema> canonical;
    private final ValueConverter[] localFit;
    private final ValueConverter[] canonicalFit;

    /** @param lens configured */
    CustomForm(CustomLens lens, List<Schema> local, List<Schema> canonical) {
        this.lens = lens;
        this.name = lens.getClass().getName();
        this.local = List.copyOf(local);
        this.canonical = List.copyOf(canonical);
        this.localFit = local.stream().map(CustomForm::fit).toArray(ValueConverter[]::new);
        this.canonicalFit = canonical.stream().map(CustomForm::fit).toArray(ValueConverter[]::new);
    }

    /** Refuses values of another class; a decimal gets the scale of the type. */
    private static ValueConverter fit(Schema type) {
        if (!Decimal.LOGICAL_NAME.equals(type.name())) {
            return value -> {
                ConnectSchema.validateValue(type, value);
                return value;
            };
        }
        DecimalType decimal = DecimalType.of(type);
        // from another scale than the type's: the same one would be taken at its word
        Schema any = Decimal.builder(decimal.scale() + 1).optional().build();
        ValueConverter scale = Coercion.between(any, type);
        return value -> {
            ConnectSchema.validateValue(any, value);
            return scale.convert(value);
        };
    }

    @Override
    public List<Schema> local() {
        return local;
    }

    @Override
    public List<Schema> canonical() {
        return canonical;
    }

    @Override
    public @Nullable Object[] toCanonical(@Nullable Object[] values) {
        @Nullable Object[] fields = canonicalOf(values);
        if (!Arrays.deepEquals(canonicalOf(localOf(fields)), fields)) {
            throw new DataException(name + ".toLocal gives columns for it that would not be read as the same again");
        }
        return fields;
    }

    @Override
    public @Nullable Object[] fromCanonical(@Nullable Object[] values) {
        @Nullable Object[] columns = localOf(values);
        if (!Arrays.deepEquals(canonicalOf(columns), values)) {
            throw new DataException(name + ".toLocal gives columns for it that would not be read as the same again");
        }
        return columns;
    }

    private @Nullable Object[] canonicalOf(@Nullable Object[] columns) {
        return checked("toCanonical", call("toCanonical", lens::toCanonical, columns), canonicalFit);
    }

    private @Nullable Object[] localOf(@Nullable Object[] fields) {
        return checked("toLocal", call("toLocal", lens::toLocal, fields), localFit);
    }

    private @Nullable List<@Nullable Object> call(
            String method, UnaryOperator<List<@Nullable Object>> function, @Nullable Object[] values) {
        try {
            // a copy, which the class may keep or change
            return function.apply(Arrays.asList(values.clone()));
        } catch (DataException e) {
            throw new DataException(name + "." + method + ": " + e.getMessage());
        } catch (RuntimeException e) {
            // without its message, which may show values
            DataException cause = new DataException(e.getClass().getName());
            cause.setStackTrace(e.getStackTrace());
            throw new DataException(
                    name + "." + method + " failed with " + e.getClass().getName(), cause);
        }
    }

    private @Nullable Object[] checked(
            String method, @Nullable List<@Nullable Object> answer, ValueConverter[] converters) {
        List<@Nullable Object> values = answer == null ? Collections.emptyList() : answer;
        if (values.size() != converters.length) {
            throw new DataException(name + "." + method + " must give " + converters.length + " values, but gave "
                    + (answer == null ? "null" : values.size()));
        }
        @Nullable Object[] fitted = new Object[converters.length];
        for (int i = 0; i < fitted.length; i++) {
            try {
                fitted[i] = converters[i].convert(values.get(i));
            } catch (DataException e) {
                throw new DataException(name + "." + method + " gave for value " + (i + 1)
                        + " what is no value of its type: " + e.getMessage());
            }
        }
        return fitted;
    }
}
