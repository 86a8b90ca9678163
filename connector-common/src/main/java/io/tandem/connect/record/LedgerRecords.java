package io.tandem.connect.record;

import io.tandem.connect.aggregate.Column;
import io.tandem.connect.aggregate.Row;
import java.util.List;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/**
 * Makes records of a ledger's entries: the columns of the ledger as they are, with the master and the aggregate. No mapping
 * touches them. Immutable and thread-safe.
 */
public final class LedgerRecords {

    /** The name of every ledger record's value schema begins with this. */
    private static final String NAMESPACE = "io.tandem.ledger.";

    private static final String MASTER = "master";
    private static final String AGGREGATE = "aggregate";

    private final String master;
    private final String aggregate;
    private final List<Column> columns;
    private final Schema keySchema;
    private final Schema valueSchema;

    /**
     * @param master the id of the master whose ledger it is
     * @param aggregate the aggregate's name
     * @param columns the columns of the entries, the first of which is the entry's id
     */
    public LedgerRecords(String master, String aggregate, List<Column> columns) {
        this.master = master;
        this.aggregate = aggregate;
        this.columns = List.copyOf(columns);
        String name = NAMESPACE + master + "." + aggregate;
        this.keySchema = builder(name + ".Key")
                .field(columns.get(0).name(), ColumnSchemas.schema(columns.get(0)))
                .build();
        SchemaBuilder value = builder(name + ".Entry");
        columns.forEach(column -> value.field(column.name(), ColumnSchemas.schema(column)));
        this.valueSchema = value.build();
    }

    private static SchemaBuilder builder(String name) {
        return SchemaBuilder.struct()
                .name(name)
                .field(MASTER, Schema.STRING_SCHEMA)
                .field(AGGREGATE, Schema.STRING_SCHEMA);
    }

    /** Whether records of this value schema are entries of a ledger. */
    public static boolean isLedger(@Nullable Schema valueSchema) {
        return valueSchema != null
                && valueSchema.name() != null
                && valueSchema.name().startsWith(NAMESPACE);
    }

    /** The schema of {@link #key}. */
    public Schema keySchema() {
        return keySchema;
    }

    /** The schema of {@link #value}. */
    public Schema valueSchema() {
        return valueSchema;
    }

    /** The record's key, which no other entry has: a compacted topic keeps them all. */
    public Struct key(Row entry) {
        return struct(keySchema).put(columns.get(0).name(), entry.get(0));
    }

    /** The record's value. */
    public Struct value(Row entry) {
        Struct value = struct(valueSchema);
        for (int i = 0; i < columns.size(); i++) {
            Field field = valueSchema.field(columns.get(i).name());
            value.put(field, ColumnSchemas.toConnect(columns.get(i).type(), entry.get(i)));
        }
        return value;
    }

    private Struct struct(Schema schema) {
        return new Struct(schema).put(MASTER, master).put(AGGREGATE, aggregate);
    }
}
