package io.tandem.distribution;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One thing that is wrong with the settings of a connector.
 *
 * @param connector the example connector whose settings are broken
 * @param changes what is put in place; null takes a setting out
 * @param blamed the setting that the error must stand at
 * @param told what the error must say
 */
record ConfigFault(String connector, Map<String, @Nullable String> changes, String blamed, String told) {

    /** What is wrong, in words. */
    String name() {
        StringBuilder name = new StringBuilder(connector);
        changes.forEach((setting, value) -> name.append(' ')
                .append(setting)
                .append(value == null ? " missing" : "=" + value.substring(0, Math.min(80, value.length()))));
        return name.toString();
    }

    /** The settings with this fault. */
    Map<String, String> in(Map<String, String> proper) {
        Map<String, String> config = new HashMap<>(proper);
        changes.forEach((setting, value) -> {
            if (value == null) {
                config.remove(setting);
            } else {
                config.put(setting, value);
            }
        });
        return config;
    }

    /** Whether the worker is needed to notice: it is about a transform, whose settings a connector never sees. */
    boolean isOfTransform() {
        return changes.keySet().stream().anyMatch(setting -> setting.startsWith("transforms"));
    }
}
