package io.tandem.connect.transform;

import io.tandem.connect.record.Coercion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;

/** The local row that a master's lenses make up: every lens adds its columns. For one compilation; not thread-safe. */
final class LocalShape {

    private final String name;
    private final Columns columns;
    private final boolean optionalColumns;

    LocalShape(String name) {
        this(name, new Columns(), false);
    }

    private LocalShape(String name, Columns columns, boolean optionalColumns) {
        this.name = name;
        this.columns = columns;
        this.optionalColumns = optionalColumns;
    }

    /**
     * Adds a scalar column, or finds it if another rule of the same table has added it, and returns its cell.
     *
     * @throws Unmappable if the other rule gives it another type
     */
    int column(String column, Schema type, boolean optional) {
        return columns.add(column, Schemas.scalar(type, optional || optionalColumns));
    }

    /** Adds a column that holds an array of scalars, in the same way. */
    int array(String column, Schema element, boolean optional) {
        SchemaBuilder builder = SchemaBuilder.array(element);
        return columns.add(column, (optional || optionalColumns ? builder.optional() : builder).build());
    }

    /** Adds a child collection and returns its cell. */
    int collection(String alias, Schema rows) {
        return columns.add(alias, rows);
    }

    /** The same row, for lenses whose columns may all be null because there may be no element for them. */
    LocalShape slot() {
        return new LocalShape(name, columns, true);
    }

    /** The shape of the rows of a child collection. */
    LocalShape child(String alias) {
        return new LocalShape(name + "." + alias);
    }

    /** The cells that were asked for since the last call. */
    Set<Integer> asked() {
        Set<Integer> asked = Set.copyOf(columns.asked);
        columns.asked.clear();
        return asked;
    }

    Schema build(boolean optional) {
        SchemaBuilder builder = SchemaBuilder.struct().name(name);
        for (int i = 0; i < columns.names.size(); i++) {
            builder.field(columns.names.get(i), columns.schemas.get(i));
        }
        return optional ? builder.optional().build() : builder.build();
    }

    private static final class Columns {

        private final List<String> names = new ArrayList<>();
        private final List<Schema> schemas = new ArrayList<>();
        private final Map<String, Integer> cells = new HashMap<>();
        private final Set<Integer> asked = new HashSet<>();

        int add(String name, Schema schema) {
            Integer known = cells.putIfAbsent(name, schemas.size());
            asked.add(known == null ? schemas.size() : known);
            if (known == null) {
                names.add(name);
                schemas.add(schema);
                return schemas.size() - 1;
            }
            Schema other = schemas.get(known);
            if (optional(schema).equals(optional(other))) {
                schemas.set(known, schema.isOptional() ? schema : other);
                return known;
            }
            throw new Unmappable(
                    name,
                    Unmappable.column(name),
                    "two rules of the table give the column two types, " + Coercion.describe(other) + " and "
                            + Coercion.describe(schema) + "; say \"type\" in both");
        }

        private static Schema optional(Schema schema) {
            return switch (schema.type()) {
                case ARRAY ->
                    SchemaBuilder.array(schema.valueSchema()).optional().build();
                case STRUCT, MAP -> schema;
                default -> Schemas.scalar(schema, true);
            };
        }
    }
}
