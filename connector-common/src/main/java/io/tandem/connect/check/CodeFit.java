package io.tandem.connect.check;

import io.tandem.connect.aggregate.Column;
import io.tandem.connect.aggregate.ColumnType;
import io.tandem.connect.aggregate.ColumnType.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.connect.data.Schema;

/**
 * Compares a code table with what the column and the canonical field can hold.
 *
 * @param column the column
 * @param codes local → canonical, as text
 * @param field the canonical field's schema
 * @param symbols what the canonical field may hold if it is an enum, otherwise empty
 */
record CodeFit(Column column, Map<String, String> codes, Schema field, Set<String> symbols) {

    /** What can't work, each as a half sentence with its remedy. */
    List<String> errors() {
        ColumnType type = column.type();
        List<String> misfits = codes.keySet().stream()
                .filter(code -> type.symbols() != null
                        ? !type.symbols().words().contains(code)
                        : type.kind() == Kind.STRING
                                && type.precision() > 0
                                && code.codePointCount(0, code.length()) > type.precision())
                .toList();
        return misfits.isEmpty()
                ? List.of()
                : List.of("its type " + column.nativeType() + " can't hold the code"
                        + (misfits.size() == 1 ? " " : "s ") + String.join(", ", misfits) + "; correct the code table");
    }

    /** What may go wrong, each as a half sentence with its remedy. */
    List<String> risks() {
        List<String> risks = new ArrayList<>();
        Set<String> values = new TreeSet<>(field.type() == Schema.Type.BOOLEAN ? Set.of("true", "false") : symbols);
        values.removeAll(codes.values());
        if (!values.isEmpty()) {
            risks.add("there is no code for " + String.join(", ", values)
                    + ": such a record of the other master will be refused; add one");
        }
        ColumnType.Symbols words = column.type().symbols();
        if (words != null) {
            String uncoded = words.words().stream()
                    .filter(word -> !codes.containsKey(word))
                    .collect(Collectors.joining(", "));
            if (!uncoded.isEmpty()) {
                risks.add("it may hold " + uncoded
                        + ", for which there is no code: such a row can't be published; add one");
            }
        } else if (column.type().kind() == Kind.BOOLEAN) {
            return risks;
        } else {
            risks.add("it may hold other values than the codes " + String.join(", ", codes.keySet())
                    + ": such a row can't be published; add a CHECK constraint, or the missing codes");
        }
        return risks;
    }
}
