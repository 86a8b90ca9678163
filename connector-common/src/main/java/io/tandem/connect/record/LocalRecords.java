package io.tandem.connect.record;

import io.tandem.clock.Version;
import io.tandem.connect.aggregate.Aggregate;
import io.tandem.connect.aggregate.Aggregate.Child;
import io.tandem.connect.aggregate.AggregateKey;
import io.tandem.connect.aggregate.AggregateState;
import io.tandem.connect.aggregate.Column;
import io.tandem.connect.aggregate.Row;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/**
 * Makes alignment records in a master's own shape: the root's columns, and one array of structs per child table. The
 * schemas are built once; immutable and thread-safe.
 */
public final class LocalRecords {

    private final Aggregate aggregate;
    private final Schema keySchema;
    private final Schema dataSchema;
    private final Schema valueSchema;
    private final List<Schema> childSchemas;
    private final String master;
    private final String policyId;

    /**
     * @param master the id of the master that publishes
     * @param policyId the id of its conflict policy
     */
    public LocalRecords(Aggregate aggregate, String master, String policyId) {
        this.aggregate = aggregate;
        this.master = master;
        this.policyId = policyId;
        String name = "io.tandem.local." + master + "." + aggregate.name();
        this.keySchema = columns(SchemaBuilder.struct().name(name + ".Key"), aggregate.key())
                .build();
        this.childSchemas = new ArrayList<>();
        SchemaBuilder data = columns(
                        SchemaBuilder.struct().name(name), aggregate.root().columns())
                .optional();
        for (Child child : aggregate.children()) {
            Schema row = columns(
                            SchemaBuilder.struct().name(name + "." + child.name()),
                            child.table().columns())
                    .build();
            childSchemas.add(row);
            data.field(child.name(), SchemaBuilder.array(row).build());
        }
        this.dataSchema = data.build();
        this.valueSchema = AlignmentSchema.of(name + ".Alignment", dataSchema);
    }

    private static SchemaBuilder columns(SchemaBuilder builder, List<Column> columns) {
        columns.forEach(column -> builder.field(column.name(), ColumnSchemas.schema(column)));
        return builder;
    }

    /** The schema of {@link #key}. */
    public Schema keySchema() {
        return keySchema;
    }

    /** The schema of {@link #value}. */
    public Schema valueSchema() {
        return valueSchema;
    }

    /** The record's key. */
    public Struct key(AggregateKey key) {
        return struct(keySchema, aggregate.key(), new Row(key.values().toArray()));
    }

    /**
     * The record's value.
     *
     * @param state the aggregate's data, null if it is deleted
     */
    public Struct value(Version version, @Nullable AggregateState state) {
        return new Struct(valueSchema)
                .put(AlignmentSchema.MASTER, master)
                .put(AlignmentSchema.CLOCK, version.clock().toMap())
                .put(AlignmentSchema.TIMESTAMP, version.timestampMicros())
                .put(AlignmentSchema.WRITER, version.writer())
                .put(AlignmentSchema.POLICY, policyId)
                .put(AlignmentSchema.DELETED, state == null)
                .put(AlignmentSchema.ABSENT, List.of())
                .put(AlignmentSchema.DATA, state == null ? null : data(state));
    }

    private Struct data(AggregateState state) {
        Struct data = struct(dataSchema, aggregate.root().columns(), state.root());
        for (int i = 0; i < childSchemas.size(); i++) {
            Child child = aggregate.children().get(i);
            List<Struct> rows = new ArrayList<>();
            for (Row row : state.children().get(i)) {
                rows.add(struct(childSchemas.get(i), child.table().columns(), row));
            }
            data.put(child.name(), rows);
        }
        return data;
    }

    private static Struct struct(Schema schema, List<Column> columns, Row row) {
        Struct struct = new Struct(schema);
        List<Field> fields = schema.fields();
        for (int i = 0; i < columns.size(); i++) {
            struct.put(fields.get(i), ColumnSchemas.toConnect(columns.get(i).type(), row.get(i)));
        }
        return struct;
    }
}
