package io.tandem.connect.transform;

import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;

/** The local row that a master's lenses make up: every lens adds its columns. For one compilation; not thread-safe. */
final class LocalShape {

    private final SchemaBuilder builder;
    private final boolean optionalColumns;

    LocalShape(String name) {
        this(SchemaBuilder.struct().name(name), false);
    }

    private LocalShape(SchemaBuilder builder, boolean optionalColumns) {
        this.builder = builder;
        this.optionalColumns = optionalColumns;
    }

    /** Adds a scalar column and returns its cell. */
    int column(String column, Schema type, boolean optional) {
        return add(column, Schemas.scalar(type, optional || optionalColumns));
    }

    /** Adds a child collection and returns its cell. */
    int collection(String alias, Schema rows) {
        return add(alias, rows);
    }

    private int add(String name, Schema schema) {
        int cell = builder.fields().size();
        builder.field(name, schema);
        return cell;
    }

    /** The same row, for lenses whose columns may all be null because there may be no element for them. */
    LocalShape slot() {
        return new LocalShape(builder, true);
    }

    /** The shape of the rows of a child collection. */
    LocalShape child(String alias) {
        return new LocalShape(builder.name() + "." + alias);
    }

    Schema build(boolean optional) {
        return optional ? builder.optional().build() : builder.build();
    }
}
