package io.tandem.connect.transform;

import io.tandem.connect.record.AlignmentSchema;
import java.util.List;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.ConnectRecord;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.errors.DataException;

/**
 * Turns canonical alignment records into a master's own shape; for sink connectors. The outcome has the mapped columns
 * only, and of these only those that the publishing master has. Used by one thread at a time.
 *
 * @param <R> the record
 */
public final class FromCanonical<R extends ConnectRecord<R>> extends AlignmentTransformation<R> {

    /** What it does, for the documentation. */
    public static final String OVERVIEW_DOC =
            "Maps alignment records from the canonical schema to the shape of this master's tables.";

    /** The settings. */
    public static final ConfigDef CONFIG_DEF = configDef();

    /**
     * The record in local shape; a record without a value is passed on, the sink has to judge it.
     *
     * @throws DataException if it can't be mapped exactly; the message names the field and the column, never a value
     */
    @Override
    public R apply(R canonicalRecord) {
        return canonicalRecord.value() == null ? canonicalRecord : convert(canonicalRecord);
    }

    @Override
    RecordBuilder key(CompiledMapping mapping, Schema schema) {
        return mapping.keyFromCanonical(schema);
    }

    @Override
    EnvelopeConverters value(CompiledMapping mapping, Schema schema) {
        return new EnvelopeConverters(
                schema,
                absence -> new EnvelopeConverter(
                        schema,
                        data -> mapping.dataFromCanonical(data, absence),
                        data -> AlignmentSchema.of(mapping.localValueName(), data),
                        List.of()));
    }
}
