package io.tandem.connect.source;

import io.tandem.connect.PluginVersion;
import io.tandem.connect.config.CommonConfig;
import io.tandem.connect.config.ConnectorCheck;
import io.tandem.connect.transform.ToCanonical;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.source.ExactlyOnceSupport;
import org.apache.kafka.connect.source.SourceConnector;

/** Publishes the local writes of one aggregate on one master as alignment records. */
public final class AlignmentSourceConnector extends SourceConnector {

    private Map<String, String> properties = Map.of();

    @Override
    public String version() {
        return PluginVersion.get();
    }

    @Override
    public ConfigDef config() {
        return AlignmentSourceConfig.definition();
    }

    @Override
    public Config validate(Map<String, String> connectorConfigs) {
        Map<String, String> given = CommonConfig.given(connectorConfigs);
        return ConnectorCheck.validate(super.validate(given), given, AlignmentSourceConfig::new, ToCanonical.class);
    }

    @Override
    public void start(Map<String, String> props) {
        properties = CommonConfig.given(props);
        ConnectorCheck.start(new AlignmentSourceConfig(properties));
    }

    @Override
    public Class<? extends Task> taskClass() {
        return AlignmentSourceTask.class;
    }

    /** Every task gets its own share of the keys, by their hash. */
    @Override
    public List<Map<String, String>> taskConfigs(int maxTasks) {
        List<Map<String, String>> configs = new ArrayList<>();
        for (int task = 0; task < maxTasks; task++) {
            Map<String, String> config = new HashMap<>(properties);
            config.put(AlignmentSourceConfig.TASK_ID, String.valueOf(task));
            config.put(AlignmentSourceConfig.TASK_COUNT, String.valueOf(maxTasks));
            configs.add(config);
        }
        return configs;
    }

    @Override
    public void stop() {
        // holds nothing
    }

    /** A crash between sending and acknowledging sends a record again, which the sink recognises as a duplicate. */
    @Override
    public ExactlyOnceSupport exactlyOnceSupport(Map<String, String> connectorConfig) {
        return ExactlyOnceSupport.UNSUPPORTED;
    }
}
