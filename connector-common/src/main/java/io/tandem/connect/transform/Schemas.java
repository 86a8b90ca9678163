package io.tandem.connect.transform;

import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;

/** Small changes to scalar Connect schemas. */
final class Schemas {

    private Schemas() {}

    /** The same scalar type, without doc and default. */
    static Schema scalar(Schema schema, boolean optional) {
        SchemaBuilder builder = SchemaBuilder.type(schema.type()).name(schema.name());
        if (schema.parameters() != null) {
            builder.parameters(schema.parameters());
        }
        if (optional) {
            builder.optional();
        }
        return builder.build();
    }

    /** True for a list of structs. */
    static boolean isCollection(Schema schema) {
        return schema.type() == Schema.Type.ARRAY && schema.valueSchema().type() == Schema.Type.STRUCT;
    }
}
