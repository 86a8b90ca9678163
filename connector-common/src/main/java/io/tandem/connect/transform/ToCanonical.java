package io.tandem.connect.transform;

import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.ConnectRecord;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.errors.DataException;

/**
 * Turns alignment records in a master's own shape into canonical ones; for source connectors. Used by one thread at a
 * time.
 *
 * @param <R> the record
 */
public final class ToCanonical<R extends ConnectRecord<R>> extends AlignmentTransformation<R> {

    /** What it does, for the documentation. */
    public static final String OVERVIEW_DOC =
            "Maps alignment records from the shape of this master's tables to the canonical schema.";

    /** The settings. */
    public static final ConfigDef CONFIG_DEF = configDef();

    /**
     * The record in canonical shape.
     *
     * @throws DataException if it can't be mapped exactly; the message names the field and the column, never a value
     */
    @Override
    public R apply(R localRecord) {
        return convert(localRecord);
    }

    @Override
    RecordBuilder key(CompiledMapping mapping, Schema schema) {
        return mapping.keyToCanonical(schema);
    }

    @Override
    EnvelopeConverters value(CompiledMapping mapping, Schema schema) {
        return new EnvelopeConverters(
                schema,
                // a local record lacks nothing; what the mapping lacks is told in the canonical one
                absence -> new EnvelopeConverter(
                        schema, mapping::dataToCanonical, data -> mapping.canonicalValue(), mapping.absent()));
    }
}
