package io.tandem.connect.config;

import java.util.List;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;

/** Validators of single settings. */
public final class Validators {

    private Validators() {}

    /**
     * Every item of the value, or the value itself, must match.
     *
     * @param expected what is expected, in words; also shown in the reference of the settings
     */
    public static ConfigDef.Validator matching(String regex, String expected) {
        Pattern pattern = Pattern.compile(regex);
        return ConfigDef.LambdaValidator.with(
                (name, value) -> {
                    List<?> items = value instanceof List<?> list ? list : value == null ? List.of() : List.of(value);
                    for (Object item : items) {
                        if (!pattern.matcher(String.valueOf(item)).matches()) {
                            throw new ConfigException(name, item, "expected " + expected);
                        }
                    }
                },
                () -> expected);
    }
}
