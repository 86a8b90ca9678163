package io.tandem.connect.transform;

import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.errors.DataException;
import org.jspecify.annotations.Nullable;

/** Makes the lenses of arrays of scalars. */
final class ArrayCompiler {

    private static final String JSON = "json";

    private final LensCompiler level;

    ArrayCompiler(LensCompiler level) {
        this.level = level;
    }

    /**
     * An array in a column of arrays, or as JSON text.
     *
     * @throws ConfigException if the rule isn't one for an array of scalars
     */
    Lens array(String place, ValueRule rule) {
        Schema array = array(place, rule.field(), rule.column());
        ValueRule plain =
                new ValueRule(rule.field(), rule.column(), null, Map.of(), rule.format(), null, null, null, null);
        if (!rule.equals(plain)) {
            throw JsonPlace.error(
                    place, "a rule for an array has field, column, and at most \"format\" or \"separator\"");
        }
        if (rule.format() == null) {
            return lens(rule.field(), rule.column(), array, null);
        }
        if (!rule.format().equals(JSON)) {
            throw JsonPlace.error(place + ".format", "expected \"json\", the only format of an array");
        }
        return text(
                place + ".format", rule.field(), rule.column(), array, () -> new JsonArrayForm(array.valueSchema()));
    }

    /** An array as text with a separator. */
    Lens separated(String place, SeparatedRule rule) {
        Schema array = array(place, rule.field(), rule.column());
        return text(
                place + ".separator",
                rule.field(),
                rule.column(),
                array,
                () -> new SeparatedForm(rule.separator(), array.valueSchema()));
    }

    private Lens text(String place, String field, String column, Schema array, Supplier<ArrayForm> form) {
        try {
            return lens(field, column, array, form.get());
        } catch (DataException e) {
            throw JsonPlace.error(place, level.prefix() + field + ": " + e.getMessage());
        }
    }

    private Lens lens(String field, String column, Schema array, @Nullable ArrayForm form) {
        return new ArrayLens(field, column, array, form, level.symbols(field));
    }

    private Schema array(String place, String field, String column) {
        Level.Leaf leaf = level.leaf(place + ".field", field);
        String path = level.prefix() + field;
        if (leaf.schema().type() != Schema.Type.ARRAY) {
            throw JsonPlace.error(place + ".field", path + " is not an array, so it has no \"separator\"");
        }
        if (Schemas.isCollection(leaf.schema())) {
            throw JsonPlace.error(place + ".field", path + " is a collection; map it by \"table\" or \"repeated\"");
        }
        level.claimField(place, field);
        level.claimColumn(place + ".column", column);
        return leaf.schema();
    }
}
