package io.tandem.connect.config;

import io.tandem.connect.aggregate.Aggregate;
import io.tandem.connect.check.Finding;
import io.tandem.connect.check.MappingCheck;
import io.tandem.connect.transform.CanonicalSchema;
import io.tandem.connect.transform.FromCanonical;
import io.tandem.connect.transform.Mapping;
import io.tandem.connect.transform.ToCanonical;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.config.ConfigException;

/**
 * Checks the mappings in a connector's chain of transforms against the real tables. The transforms cannot: they see
 * records, not the database.
 */
final class MappingChecks {

    private static final Set<String> MAPPING_TRANSFORMS =
            Set.of(ToCanonical.class.getName(), FromCanonical.class.getName());

    private MappingChecks() {}

    /** A finding, and the setting that holds the mapping. */
    record Located(String setting, Finding finding) {

        /** For people. */
        String message() {
            return "the mapping does not fit the tables: " + finding.message();
        }
    }

    /** @param config the connector's settings, those of its transforms included */
    static List<Located> of(Aggregate aggregate, CommonConfig config) {
        Map<String, String> properties = config.originalsStrings();
        MappingCheck check = new MappingCheck(aggregate, config.master(), new HashSet<>(config.unmappedColumns()));
        List<Located> located = new ArrayList<>();
        Arrays.stream(properties.getOrDefault("transforms", "").split(",", -1))
                .map(String::strip)
                .map(alias -> "transforms." + alias)
                .filter(prefix -> MAPPING_TRANSFORMS.contains(properties.getOrDefault(prefix + ".type", "")))
                .forEach(prefix -> findings(check, properties, prefix)
                        .forEach(finding -> located.add(new Located(prefix + ".mapping", finding))));
        return located;
    }

    private static List<Finding> findings(MappingCheck check, Map<String, String> properties, String prefix) {
        Mapping mapping;
        CanonicalSchema canonical;
        try {
            mapping = Mapping.parse(properties.getOrDefault(prefix + ".mapping", ""));
            canonical = CanonicalSchema.parse(properties.getOrDefault(prefix + ".schema", ""));
        } catch (ConfigException e) {
            // the transform's own settings report what is wrong with a document by itself
            return List.of();
        }
        return check.findings(mapping, canonical);
    }
}
