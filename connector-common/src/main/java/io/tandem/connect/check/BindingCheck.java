package io.tandem.connect.check;

import io.tandem.connect.aggregate.Column;
import io.tandem.connect.aggregate.Table;
import io.tandem.connect.transform.Binding;
import io.tandem.connect.transform.Literal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Looks at one column and the canonical field that it is bound to. */
record BindingCheck(Binding binding, Table table) {

    /** What is wrong or may go wrong; nothing if the table has no such column, which is told elsewhere. */
    List<Finding> findings() {
        Optional<Column> found = table.column(binding.column());
        if (found.isEmpty()) {
            return List.of();
        }
        Column column = found.get();
        List<Finding> findings = new ArrayList<>();
        if (binding.codes().isEmpty()) {
            if (binding.isPlain()) {
                new ValueFit(column, binding.type(), binding.symbols(), binding.maxLength())
                        .risks()
                        .forEach(risk -> findings.add(Finding.risk(about(risk))));
            }
        } else {
            CodeFit fit = new CodeFit(column, texts(binding.codes()), binding.type(), binding.symbols());
            fit.errors().forEach(error -> findings.add(Finding.error(about(error))));
            fit.risks().forEach(risk -> findings.add(Finding.risk(about(risk))));
        }
        nulls(column).ifPresent(risk -> findings.add(Finding.risk(about(risk))));
        return findings;
    }

    private static Map<String, String> texts(Map<String, Literal> codes) {
        Map<String, String> texts = new LinkedHashMap<>();
        codes.forEach((code, literal) -> texts.put(code, String.valueOf(literal.value())));
        return texts;
    }

    private Optional<String> nulls(Column column) {
        if (binding.sometimes() || column.generated()) {
            return Optional.empty();
        }
        if (binding.optional() && !column.nullable() && !binding.writesNullAsValue()) {
            return Optional.of(
                    "it is NOT NULL, but the canonical field may be null: a null of the other master will be "
                            + "refused; name a value for it (\"null\"), or make the field required");
        }
        if (!binding.optional() && column.nullable() && !binding.readsNullAsValue()) {
            return Optional.of(
                    "it may be NULL, but the canonical field is required: a row with NULL can't be published; "
                            + "declare the column NOT NULL, name a value for it (\"default\"), or make the field optional");
        }
        return Optional.empty();
    }

    /** {@code fields[3]: name.last ↔ column NAME of app.CUSTOMERS: …}. */
    private String about(String what) {
        return binding.place() + ": " + binding.field() + " ↔ column " + binding.column() + " of " + table.id() + ": "
                + what;
    }
}
