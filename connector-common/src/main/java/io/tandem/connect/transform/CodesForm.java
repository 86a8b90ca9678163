package io.tandem.connect.transform;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.errors.DataException;
import org.jspecify.annotations.Nullable;

/** A code that stands for a value, one-to-one. */
final class CodesForm implements ValueForm {

    private final Schema canonical;
    private final Map<String, Object> values = new HashMap<>();
    private final Map<Object, String> codes = new HashMap<>();

    /**
     * @param codes local → canonical
     * @param canonical the canonical type, optional
     * @param symbols what an enum may hold, empty for any value
     * @throws DataException if a value is of another type, no symbol of the enum, or has two codes
     */
    CodesForm(Map<String, Literal> codes, Schema canonical, Set<String> symbols) {
        this.canonical = canonical;
        codes.forEach((code, literal) -> {
            Object value = literal.as(canonical);
            if (value instanceof String text && !symbols.isEmpty() && !symbols.contains(text)) {
                throw new DataException(text + " is no symbol of the enum");
            }
            this.values.put(code, value);
            if (this.codes.put(value, code) != null) {
                throw new DataException("expected codes that are one-to-one");
            }
        });
    }

    boolean hasCode(String code) {
        return values.containsKey(code);
    }

    @Override
    public Schema local() {
        return Schema.OPTIONAL_STRING_SCHEMA;
    }

    @Override
    public Schema canonical() {
        return canonical;
    }

    @Override
    public Object toCanonical(Object local) {
        return found(values.get(local), "is none of the codes");
    }

    @Override
    public Object fromCanonical(Object value) {
        return found(codes.get(value), "has no code");
    }

    private static Object found(@Nullable Object found, String otherwise) {
        if (found == null) {
            throw new DataException(otherwise);
        }
        return found;
    }
}
