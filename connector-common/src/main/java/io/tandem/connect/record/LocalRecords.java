package io.tandem.connect.record;

import io.tandem.clock.Version;
import io.tandem.connect.aggregate.Aggregate;
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
 * Makes alignment records in a master's own shape: the root's columns, and one array of structs per child collection,
 * which in turn hold those of their own. The schemas are built once; immutable and thread-safe.
 */
public final class LocalRecords {

    private final Aggregate aggregate;
    private final Schema keySchema;
    private final Schema dataSchema;
    private final Schema valueSchema;
    private final Level root;
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
        this.root =
                level(Aggregate.ROOT, name, SchemaBuilder.struct().name(name).optional());
        this.dataSchema = root.schema();
        this.valueSchema = AlignmentSchema.of(name + ".Alignment", dataSchema);
    }

    /** A table's rows as structs, with the fields of its columns and those of the collections below. */
    private record Level(Schema schema, List<Column> columns, List<Field> collections, List<Level> levels) {}

    private Level level(int place, String name, SchemaBuilder builder) {
        List<Column> columns = aggregate.table(place).columns();
        columns(builder, columns);
        List<Level> levels = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (int child : aggregate.childrenOf(place)) {
            String childName = aggregate.children().get(child).name();
            Level level = level(child, name, SchemaBuilder.struct().name(name + "." + childName));
            builder.field(childName, SchemaBuilder.array(level.schema()).build());
            levels.add(level);
            names.add(childName);
        }
        Schema schema = builder.build();
        return new Level(schema, columns, names.stream().map(schema::field).toList(), levels);
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
                .put(AlignmentSchema.DATA, state == null ? null : struct(root, state));
    }

    private static Struct struct(Level level, AggregateState state) {
        Struct struct = struct(level.schema(), level.columns(), state.root());
        for (int i = 0; i < level.levels().size(); i++) {
            Level below = level.levels().get(i);
            List<Struct> rows = new ArrayList<>();
            for (AggregateState row : state.children().get(i)) {
                rows.add(struct(below, row));
            }
            struct.put(level.collections().get(i), rows);
        }
        return struct;
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
