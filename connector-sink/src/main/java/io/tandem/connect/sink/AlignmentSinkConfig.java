package io.tandem.connect.sink;

import io.tandem.connect.config.CommonConfig;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigDef.Width;

/** The settings of the sink connector and of its tasks. Immutable. */
public final class AlignmentSinkConfig extends CommonConfig {

    public static final String BATCH_SIZE = "sink.batch.size";
    private static final String BATCH_SIZE_DOC =
            "How many aggregates one transaction applies at most. Smaller ones hold "
                    + "their locks for a shorter time, larger ones are faster.";
    private static final int BATCH_SIZE_DEFAULT = 1000;

    public static final String FOREIGN_KEY_WAIT = "sink.foreign.key.wait.ms";
    private static final String FOREIGN_KEY_WAIT_DOC =
            "How long an aggregate waits that a constraint refuses for now: the "
                    + "row that it refers to has not arrived yet, or a child row still belongs to another aggregate. Others are "
                    + "applied meanwhile. Afterwards the task fails and names the key.";
    private static final long FOREIGN_KEY_WAIT_DEFAULT = 600_000;

    public AlignmentSinkConfig(Map<String, String> properties) {
        super(definition(), properties);
    }

    /** All settings with their documentation. */
    public static ConfigDef definition() {
        ConfigDef definition = commonDefinition();
        String sink = "Sink";
        definition.define(
                BATCH_SIZE,
                Type.INT,
                BATCH_SIZE_DEFAULT,
                Range.between(1, 10_000),
                Importance.MEDIUM,
                BATCH_SIZE_DOC,
                sink,
                next(definition),
                Width.SHORT,
                BATCH_SIZE);
        definition.define(
                FOREIGN_KEY_WAIT,
                Type.LONG,
                FOREIGN_KEY_WAIT_DEFAULT,
                Range.atLeast(0),
                Importance.MEDIUM,
                FOREIGN_KEY_WAIT_DOC,
                sink,
                next(definition),
                Width.SHORT,
                FOREIGN_KEY_WAIT);
        return definition;
    }

    int batchSize() {
        return getInt(BATCH_SIZE);
    }

    Duration foreignKeyWait() {
        return Duration.ofMillis(getLong(FOREIGN_KEY_WAIT));
    }
}
