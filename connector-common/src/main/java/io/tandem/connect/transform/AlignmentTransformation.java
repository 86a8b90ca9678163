package io.tandem.connect.transform;

import io.tandem.connect.PluginVersion;
import io.tandem.connect.record.KeyText;
import io.tandem.connect.record.LedgerRecords;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.components.Versioned;
import org.apache.kafka.connect.connector.ConnectRecord;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.transforms.Transformation;
import org.jspecify.annotations.Nullable;

/**
 * What both directions share: the settings, and the conversion of key and value once per schema. Like every
 * transformation it is used by one thread at a time.
 */
abstract class AlignmentTransformation<R extends ConnectRecord<R>> implements Transformation<R>, Versioned {

    static final String MAPPING = "mapping";
    static final String SCHEMA = "schema";

    private static final String REMEDY =
            "; look what writes to the topic, and that source and sink use the same " + "converter";

    private @Nullable Compiled compiled;

    static ConfigDef configDef() {
        return new ConfigDef()
                .define(
                        MAPPING,
                        Type.STRING,
                        ConfigDef.NO_DEFAULT_VALUE,
                        validator(Mapping::parse, "a mapping document"),
                        Importance.HIGH,
                        "The mapping document as JSON text: the rules between the columns of this master's tables and "
                                + "the fields of the canonical schema. The same document serves both directions.")
                .define(
                        SCHEMA,
                        Type.STRING,
                        ConfigDef.NO_DEFAULT_VALUE,
                        validator(CanonicalSchema::parse, "an Avro schema"),
                        Importance.HIGH,
                        "The canonical schema as Avro text (.avsc), the same for all masters. Its property \"key\" names "
                                + "the fields that identify the aggregate.");
    }

    private static ConfigDef.Validator validator(Consumer<String> parser, String expected) {
        return ConfigDef.LambdaValidator.with(
                (name, value) -> {
                    // a missing value is reported by its own rule
                    if (value != null) {
                        parser.accept((String) value);
                    }
                },
                () -> expected);
    }

    /**
     * @throws ConfigException if the mapping and the schema don't fit each other
     */
    @Override
    public void configure(Map<String, ?> configs) {
        // null, as JSON has it, is no value: else it would pass for one that was given
        Map<String, ?> given = configs.entrySet().stream()
                .filter(setting -> setting.getValue() != null)
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        AbstractConfig config = new AbstractConfig(config(), given, false);
        CompiledMapping mapping = CompiledMapping.of(
                Mapping.parse(config.getString(MAPPING)), CanonicalSchema.parse(config.getString(SCHEMA)));
        compiled = new Compiled(
                mapping.aggregate(),
                new SchemaCache<>(schema -> key(mapping, schema)),
                new SchemaCache<>(schema -> value(mapping, schema)));
    }

    abstract RecordBuilder key(CompiledMapping mapping, Schema schema);

    abstract EnvelopeConverters value(CompiledMapping mapping, Schema schema);

    /** The record in the other shape; topic, partition, timestamp and headers stay. Entries of a ledger stay all as they are. */
    R convert(R sourceRecord) {
        if (LedgerRecords.isLedger(sourceRecord.valueSchema())) {
            return sourceRecord;
        }
        Compiled current = Objects.requireNonNull(compiled, "configure() comes first");
        if (!(sourceRecord.key() instanceof Struct key) || !(sourceRecord.value() instanceof Struct value)) {
            throw new DataException(who(sourceRecord, current)
                    + ": the record is no alignment record, key and value must be structs" + REMEDY);
        }
        try {
            RecordBuilder keyBuilder = current.keys().get(key.schema());
            EnvelopeConverter envelope = current.values().get(value.schema()).get(value);
            return sourceRecord.newRecord(
                    sourceRecord.topic(),
                    sourceRecord.kafkaPartition(),
                    keyBuilder.schema(),
                    keyBuilder.build(key),
                    envelope.schema(),
                    envelope.convert(value),
                    sourceRecord.timestamp(),
                    sourceRecord.headers());
        } catch (DataException e) {
            throw new DataException(who(sourceRecord, current) + ": " + e.getMessage(), e);
        }
    }

    /** Names the record; only a sink knows its place. */
    private static String who(ConnectRecord<?> record, Compiled current) {
        String place = record instanceof SinkRecord sinkRecord
                ? "record " + sinkRecord.originalTopic() + "-" + sinkRecord.originalKafkaPartition() + "@"
                        + sinkRecord.originalKafkaOffset() + ", "
                : "";
        String key = record.key() instanceof Struct struct ? ", key " + KeyText.of(struct) : "";
        return place + "aggregate " + current.aggregate() + key;
    }

    @Override
    public ConfigDef config() {
        return configDef();
    }

    @Override
    public String version() {
        return PluginVersion.get();
    }

    @Override
    public void close() {
        compiled = null;
    }

    private record Compiled(
            String aggregate, SchemaCache<RecordBuilder> keys, SchemaCache<EnvelopeConverters> values) {}
}
