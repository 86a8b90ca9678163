package io.tandem.examples;

import io.tandem.connect.sink.AlignmentSinkConfig;
import io.tandem.connect.source.AlignmentSourceConfig;
import io.tandem.connect.transform.FromCanonical;
import io.tandem.connect.transform.ToCanonical;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;
import org.apache.kafka.common.config.types.Password;

/** The settings as tables in Markdown, made from their definitions. */
final class SettingsReference {

    private static final Set<ConfigDef.Type> NUMBERS = Set.of(ConfigDef.Type.INT, ConfigDef.Type.LONG);

    private SettingsReference() {}

    static String text() {
        List<String> source = rows(AlignmentSourceConfig.definition());
        List<String> sink = rows(AlignmentSinkConfig.definition());
        List<String> toCanonical = rows(ToCanonical.CONFIG_DEF);
        List<String> fromCanonical = rows(FromCanonical.CONFIG_DEF);
        return table("Source and sink connector", common(source, sink))
                + table("Source connector only", without(source, sink))
                + table("Sink connector only", without(sink, source))
                + table(
                        "Transforms ToCanonical and FromCanonical (`transforms.<alias>.…`)",
                        common(toCanonical, fromCanonical))
                + table("Transform ToCanonical only", without(toCanonical, fromCanonical))
                + table("Transform FromCanonical only", without(fromCanonical, toCanonical));
    }

    private static List<String> common(List<String> rows, List<String> others) {
        return rows.stream().filter(others::contains).toList();
    }

    private static List<String> without(List<String> rows, List<String> others) {
        return rows.stream().filter(row -> !others.contains(row)).toList();
    }

    private static String table(String title, List<String> rows) {
        return rows.isEmpty()
                ? ""
                : "\n### " + title + "\n\n| setting | type | default | importance | what it does |\n"
                        + "| --- | --- | --- | --- | --- |\n" + String.join("", rows);
    }

    /** One line per setting, in the order of definition. */
    private static List<String> rows(ConfigDef definition) {
        return definition.configKeys().values().stream()
                .map(key -> List.of(
                                "`" + key.name + "`",
                                key.type.toString().toLowerCase(Locale.ROOT),
                                defaultValue(key),
                                key.importance.toString().toLowerCase(Locale.ROOT),
                                escaped(key.documentation) + range(key))
                        .stream()
                        .collect(Collectors.joining(" | ", "| ", " |\n")))
                .toList();
    }

    private static String defaultValue(ConfigKey key) {
        if (!key.hasDefault()) {
            return "required";
        }
        Object value = key.defaultValue instanceof Password password ? password.value() : key.defaultValue;
        String text = ConfigDef.convertToString(value, key.type);
        return text == null || text.isEmpty() ? "empty" : "`" + text + "`";
    }

    private static String range(ConfigKey key) {
        return NUMBERS.contains(key.type) && key.validator != null ? " Valid: " + key.validator + "." : "";
    }

    /** A pipe would end the cell, and a name in angle brackets would be taken for a tag and not be shown. */
    private static String escaped(String text) {
        return text.replace("<", "&lt;").replace("|", "\\|");
    }
}
