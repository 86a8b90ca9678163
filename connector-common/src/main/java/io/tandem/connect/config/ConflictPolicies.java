package io.tandem.connect.config;

import io.tandem.clock.ConflictPolicy;
import io.tandem.clock.Masters;
import io.tandem.clock.PriorityPolicy;
import io.tandem.clock.TimestampPolicy;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.utils.Utils;

/** Makes the conflict policy that a setting names. */
final class ConflictPolicies {

    private ConflictPolicies() {}

    static ConflictPolicy create(String name, Masters masters) {
        try {
            return switch (name) {
                case TimestampPolicy.NAME -> new TimestampPolicy(masters);
                case PriorityPolicy.NAME -> new PriorityPolicy(masters);
                default -> custom(name, masters);
            };
        } catch (IllegalArgumentException e) {
            throw new ConfigException(CommonConfig.CONFLICT_POLICY, name, e.getMessage());
        }
    }

    private static ConflictPolicy custom(String className, Masters masters) {
        try {
            return Utils.newParameterizedInstance(className, Masters.class, masters);
        } catch (ReflectiveOperationException | ClassCastException e) {
            throw new ConfigException(
                    CommonConfig.CONFLICT_POLICY,
                    className,
                    "expected 'timestamp', 'priority' or a class on the plugin's path that implements "
                            + ConflictPolicy.class.getName() + " with a constructor (" + Masters.class.getName() + "): "
                            + e);
        }
    }
}
