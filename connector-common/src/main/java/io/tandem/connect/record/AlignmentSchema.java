package io.tandem.connect.record;

import java.util.List;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;

/**
 * The value schema of an alignment record. Both masters register the very same schema, so it depends on nothing but its
 * name and the schema of the data.
 */
public final class AlignmentSchema {

    /** The id of the master that published the record. */
    public static final String MASTER = "master";

    /** The vector clock: master id → counter. */
    public static final String CLOCK = "clock";

    /** When the data was written, int64 microseconds since the epoch. */
    public static final String TIMESTAMP = "timestamp";

    /** The id of the master whose write produced the data. */
    public static final String WRITER = "writer";

    /** The id of the publisher's conflict policy. */
    public static final String POLICY = "policy";

    /** True if the aggregate was deleted; then there is no data. */
    public static final String DELETED = "deleted";

    /**
     * The dotted paths of the data's fields that the publishing master does not have: whatever the data shows there is
     * no value, and nobody takes it over. Empty by default, as in records that were written without this field.
     */
    public static final String ABSENT = "absent";

    /** The whole aggregate, null if deleted. */
    public static final String DATA = "data";

    private AlignmentSchema() {}

    /**
     * The schema of the alignment records of one aggregate.
     *
     * @param name the full name of the schema, the same for every master
     * @param data the schema of the aggregate, an optional struct
     * @throws IllegalArgumentException if {@code data} is not optional: a deleted aggregate has none
     */
    public static Schema of(String name, Schema data) {
        if (!data.isOptional()) {
            throw new IllegalArgumentException("the data of the alignment schema " + name + " must be optional");
        }
        return SchemaBuilder.struct()
                .name(name)
                .field(MASTER, Schema.STRING_SCHEMA)
                .field(
                        CLOCK,
                        SchemaBuilder.map(Schema.STRING_SCHEMA, Schema.INT64_SCHEMA)
                                .build())
                .field(TIMESTAMP, Schema.INT64_SCHEMA)
                .field(WRITER, Schema.STRING_SCHEMA)
                .field(POLICY, Schema.STRING_SCHEMA)
                .field(DELETED, Schema.BOOLEAN_SCHEMA)
                .field(
                        ABSENT,
                        SchemaBuilder.array(Schema.STRING_SCHEMA)
                                .defaultValue(List.of())
                                .build())
                .field(DATA, data)
                .build();
    }
}
