package io.tandem.connect.source;

import io.tandem.connect.config.CommonConfig;
import io.tandem.connect.config.Validators;
import io.tandem.connect.database.TaskShare;
import io.tandem.connect.database.dialect.Right;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigDef.Width;
import org.apache.kafka.common.config.ConfigException;

/** The settings of the source connector and of its tasks. Immutable. */
public final class AlignmentSourceConfig extends CommonConfig {

    public static final String TOPIC = "topic";
    private static final String TOPIC_DOC =
            "Topic that gets this master's alignment records of the aggregate. It should be "
                    + "compacted: the last record of a key is the whole aggregate.";

    // Kafka's own rule; a producer would try a name that breaks it for ever
    private static final String TOPIC_PATTERN = "(?!\\.{1,2}$)[a-zA-Z0-9._-]{1,249}";

    public static final String BATCH_SIZE = "source.batch.size";
    private static final String BATCH_SIZE_DOC =
            "How many aggregates are read and folded at once at most; fewer while that takes long.";
    private static final int BATCH_SIZE_DEFAULT = 1000;

    public static final String POLL_INTERVAL = "source.poll.interval.ms";
    private static final String POLL_INTERVAL_DOC =
            "How long to wait at most before looking again when nothing is pending. Looking costs two index look-ups. While "
                    + "there is traffic the source looks every 20 ms, or as often as this says if that is shorter.";
    private static final int POLL_INTERVAL_DEFAULT = 50;
    private static final int POLL_INTERVAL_MAX = 60_000;

    public static final String ACKNOWLEDGE_DROPPED = "source.acknowledge.dropped";
    private static final String ACKNOWLEDGE_DROPPED_DOC =
            "Whether a record counts as published that never reached Kafka, "
                    + "because a transform dropped it or because sending it failed and errors are tolerated. False: it stays "
                    + "pending and is tried again when the aggregate is written again, when the task starts, and after "
                    + "a pause that grows from half a minute to an hour. True only if a filter drops records on purpose.";

    public static final String CLOCK_SEED = "clock.seed";
    private static final String CLOCK_SEED_DOC =
            "Whether rows that exist but have no clock get this master's first version, "
                    + "so that they travel. Done in pages while the connector runs; rows that have a clock are left alone.";

    public static final String LEDGER_TOPIC = "ledger.topic";
    private static final String LEDGER_TOPIC_DOC =
            "Topic that gets the entries of this master's ledger of the aggregate, too, so that people and programs can be "
                    + "told about conflicts. Each is sent at least once. The user needs SELECT and UPDATE on the ledger. "
                    + "Default: the ledger stays in its table.";

    static final String TASK_ID = "task.id";
    static final String TASK_COUNT = "task.count";

    public AlignmentSourceConfig(Map<String, String> properties) {
        super(definition(), properties);
        if (ledgerTopic().filter(topic()::equals).isPresent()) {
            throw new ConfigException(
                    LEDGER_TOPIC,
                    topic(),
                    "is the topic of the alignment records, which the other masters' sinks read; name another one");
        }
    }

    /** All settings with their documentation. */
    public static ConfigDef definition() {
        ConfigDef definition = commonDefinition();
        definition.define(
                CLOCK_SEED,
                Type.BOOLEAN,
                false,
                Importance.MEDIUM,
                CLOCK_SEED_DOC,
                "Clocks",
                next(definition),
                Width.SHORT,
                CLOCK_SEED);
        String source = "Source";
        definition.define(
                TOPIC,
                Type.STRING,
                ConfigDef.NO_DEFAULT_VALUE,
                Validators.matching(TOPIC_PATTERN, "the name of a topic: 1 to 249 letters, digits, '.', '_' and '-'"),
                Importance.HIGH,
                TOPIC_DOC,
                source,
                next(definition),
                Width.MEDIUM,
                TOPIC);
        definition.define(
                BATCH_SIZE,
                Type.INT,
                BATCH_SIZE_DEFAULT,
                Range.between(1, 10_000),
                Importance.MEDIUM,
                BATCH_SIZE_DOC,
                source,
                next(definition),
                Width.SHORT,
                BATCH_SIZE);
        definition.define(
                POLL_INTERVAL,
                Type.INT,
                POLL_INTERVAL_DEFAULT,
                Range.between(1, POLL_INTERVAL_MAX),
                Importance.MEDIUM,
                POLL_INTERVAL_DOC,
                source,
                next(definition),
                Width.SHORT,
                POLL_INTERVAL);
        define(definition, ACKNOWLEDGE_DROPPED, Type.BOOLEAN, false, Importance.LOW, ACKNOWLEDGE_DROPPED_DOC, source);
        define(definition, LEDGER_TOPIC, Type.STRING, "", Importance.LOW, LEDGER_TOPIC_DOC, source);
        return definition;
    }

    @Override
    protected boolean appliesRecords() {
        return false;
    }

    @Override
    protected Set<Right> ledgerRights() {
        return ledgerTopic().isPresent() ? Set.of(Right.SELECT, Right.UPDATE) : Set.of();
    }

    String topic() {
        return getString(TOPIC);
    }

    /** Where the ledger's entries go, if anywhere. */
    Optional<String> ledgerTopic() {
        return Optional.of(getString(LEDGER_TOPIC).trim()).filter(name -> !name.isEmpty());
    }

    int batchSize() {
        return getInt(BATCH_SIZE);
    }

    Duration pollInterval() {
        return Duration.ofMillis(getInt(POLL_INTERVAL));
    }

    boolean acknowledgeDropped() {
        return getBoolean(ACKNOWLEDGE_DROPPED);
    }

    boolean seed() {
        return getBoolean(CLOCK_SEED);
    }

    /** The share of the keys that a task works on; set by the connector. */
    TaskShare share() {
        Map<String, String> properties = originalsStrings();
        return new TaskShare(
                Integer.parseInt(properties.getOrDefault(TASK_ID, "0")),
                Integer.parseInt(properties.getOrDefault(TASK_COUNT, "1")));
    }
}
