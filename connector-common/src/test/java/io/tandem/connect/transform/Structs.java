package io.tandem.connect.transform;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/** Makes rows for tests, and compares them without regard to their schemas. */
final class Structs {

    private Structs() {}

    /** A struct schema of names and types in turn. */
    static Schema schema(Object... fields) {
        SchemaBuilder builder = SchemaBuilder.struct();
        for (int i = 0; i < fields.length; i += 2) {
            builder.field((String) fields[i], (Schema) fields[i + 1]);
        }
        return builder.build();
    }

    /** A struct with values in the order of its fields. */
    static Struct of(Schema schema, @Nullable Object... values) {
        Struct struct = new Struct(schema);
        for (int i = 0; i < values.length; i++) {
            struct.put(schema.fields().get(i), values[i]);
        }
        return struct;
    }

    /** A local row with {@code ID} and one more column or collection. */
    static Struct row(String name, Schema item, Object... items) {
        return Sample.row(name, SchemaBuilder.array(item).build(), Arrays.asList(items));
    }

    /** The value as maps and lists of structs in an order of its own: rows have none. */
    static @Nullable Object plain(@Nullable Object value) {
        if (value instanceof Struct struct) {
            Map<String, Object> fields = new TreeMap<>();
            struct.schema()
                    .fields()
                    .forEach(field -> fields.put(field.name(), String.valueOf(plain(struct.get(field)))));
            return fields;
        }
        if (value instanceof List<?> list && !list.isEmpty() && list.get(0) instanceof Struct) {
            List<Object> items = new ArrayList<>();
            list.forEach(item -> items.add(String.valueOf(plain(item))));
            items.sort(Comparator.comparing(String::valueOf));
            return items;
        }
        return value;
    }
}
