package io.tandem.connect.transform;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.errors.DataException;
import org.jspecify.annotations.Nullable;

/** A code that stands for several values, one-to-one; NULL stands for all of them null. Immutable and thread-safe. */
final class LookupForm implements TupleForm {

    private final List<Schema> types;
    private final Map<String, Object[]> values = new HashMap<>();
    private final Map<List<Object>, String> codes = new HashMap<>();

    /**
     * @param table one-to-one
     * @param fields the fields, as many as the table has values for each code
     * @throws DataException if a value has another type than its field
     */
    LookupForm(LookupTable table, List<PlainForm> fields) {
        this.types = fields.stream().map(PlainForm::local).toList();
        table.entries().forEach((code, literals) -> {
            Object[] row = new Object[fields.size()];
            for (int i = 0; i < row.length; i++) {
                row[i] = value(table, code, fields.get(i), literals.get(i));
            }
            values.put(code, row);
            codes.put(List.of(row), code);
        });
    }

    private static Object value(LookupTable table, String code, PlainForm field, Literal literal) {
        try {
            return field.toCanonical(literal.as(field.local()));
        } catch (DataException e) {
            throw new DataException("the table " + table.name() + ", code " + code + ": " + e.getMessage());
        }
    }

    @Override
    public List<Schema> local() {
        return TupleForm.texts(1);
    }

    @Override
    public List<Schema> canonical() {
        return types;
    }

    @Override
    public @Nullable Object[] toCanonical(@Nullable Object[] local) {
        String code = (String) local[0];
        if (code == null) {
            return new @Nullable Object[types.size()];
        }
        Object[] row = values.get(code);
        if (row == null) {
            throw new DataException("is none of the codes");
        }
        return row;
    }

    @Override
    public @Nullable Object[] fromCanonical(@Nullable Object[] canonical) {
        boolean empty = true;
        for (Object value : canonical) {
            empty &= value == null;
        }
        // Arrays.asList: unlike List.of it takes null, of which no code knows anything
        String code = empty ? null : codes.get(Arrays.asList(canonical));
        if (code == null && !empty) {
            throw new DataException("have no code together");
        }
        return new @Nullable Object[] {code};
    }
}
