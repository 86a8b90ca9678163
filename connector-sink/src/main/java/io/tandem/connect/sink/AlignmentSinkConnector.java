package io.tandem.connect.sink;

import io.tandem.connect.PluginVersion;
import io.tandem.connect.config.CommonConfig;
import io.tandem.connect.config.ConnectorCheck;
import io.tandem.connect.transform.FromCanonical;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.sink.SinkConnector;

/** Applies the alignment records of the other masters to one aggregate on this master. */
public final class AlignmentSinkConnector extends SinkConnector {

    private Map<String, String> properties = Map.of();

    @Override
    public String version() {
        return PluginVersion.get();
    }

    @Override
    public ConfigDef config() {
        return AlignmentSinkConfig.definition();
    }

    @Override
    public Config validate(Map<String, String> connectorConfigs) {
        Map<String, String> given = CommonConfig.given(connectorConfigs);
        return ConnectorCheck.validate(super.validate(given), given, AlignmentSinkConfig::new, FromCanonical.class);
    }

    @Override
    public void start(Map<String, String> props) {
        properties = CommonConfig.given(props);
        ConnectorCheck.start(new AlignmentSinkConfig(properties));
    }

    @Override
    public Class<? extends Task> taskClass() {
        return AlignmentSinkTask.class;
    }

    @Override
    public List<Map<String, String>> taskConfigs(int maxTasks) {
        return Collections.nCopies(maxTasks, properties);
    }

    @Override
    public void stop() {
        // holds nothing
    }
}
