package io.tandem.connect.config;

import io.tandem.connect.aggregate.Aggregate;
import io.tandem.connect.check.Finding;
import io.tandem.connect.check.Finding.Severity;
import io.tandem.connect.check.MappingCheck;
import io.tandem.connect.check.MappingSample;
import io.tandem.connect.database.Database;
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
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigException;

/**
 * Checks the mappings in a connector's chain of transforms against the real tables. The transforms cannot: they see
 * records, not the database.
 */
final class MappingChecks {

    // a worker takes the simple name of a plugin too
    private static final Set<String> MAPPING_TRANSFORMS = Set.of(
            ToCanonical.class.getName(),
            ToCanonical.class.getSimpleName(),
            FromCanonical.class.getName(),
            FromCanonical.class.getSimpleName());

    private static final String TYPE = ".type";

    private static final String DOCUMENT = "mapping: ";

    private MappingChecks() {}

    /** A finding, and the setting that holds the mapping. */
    record Located(String setting, Finding finding) {

        /** For people; what is wrong with the document by itself says already that it is the mapping. */
        String message() {
            return finding.message().startsWith(DOCUMENT) ? finding.message() : DOCUMENT + finding.message();
        }
    }

    /**
     * The transforms that map the wrong way round, of which no record would come out: what a source reads is not
     * canonical, and what a sink gets is.
     *
     * @param fitting the transform for this kind of connector
     * @return what is wrong, in words, by the name of the setting
     */
    static Map<String, String> wrongWayRound(Map<String, String> properties, Class<?> fitting) {
        Map<String, String> wrong = new TreeMap<>();
        transforms(properties).forEach(prefix -> {
            String type = properties.getOrDefault(prefix + TYPE, "");
            if (!type.equals(fitting.getName()) && !type.equals(fitting.getSimpleName())) {
                wrong.put(
                        prefix + TYPE,
                        type + " maps the other way round and would refuse every record; expected "
                                + fitting.getName());
            }
        });
        return wrong;
    }

    private static Stream<String> transforms(Map<String, String> properties) {
        return Arrays.stream(properties.getOrDefault("transforms", "").split(",", -1))
                .map(String::strip)
                .map(alias -> "transforms." + alias)
                .filter(prefix -> MAPPING_TRANSFORMS.contains(properties.getOrDefault(prefix + TYPE, "")));
    }

    /**
     * What is wrong with the mappings, or may go wrong.
     *
     * @param database where rows are read if the settings ask for a sample
     * @param config the connector's settings, those of its transforms included
     */
    static List<Located> of(Database database, Aggregate aggregate, CommonConfig config) {
        Map<String, String> properties = config.originalsStrings();
        List<Located> located = new ArrayList<>();
        transforms(properties)
                .forEach(prefix -> findings(database, aggregate, config, prefix)
                        .forEach(finding -> located.add(new Located(prefix + ".mapping", finding))));
        return located;
    }

    private static List<Finding> findings(Database database, Aggregate aggregate, CommonConfig config, String prefix) {
        Map<String, Object> transform = config.originalsWithPrefix(prefix + ".");
        Mapping mapping;
        CanonicalSchema canonical;
        try {
            mapping = Mapping.parse(String.valueOf(transform.getOrDefault("mapping", "")));
            canonical = CanonicalSchema.parse(String.valueOf(transform.getOrDefault("schema", "")));
        } catch (ConfigException e) {
            // the transform's own settings report what is wrong with a document by itself
            return List.of();
        }
        List<Finding> findings = new MappingCheck(aggregate, config.master(), new HashSet<>(config.unmappedColumns()))
                .findings(mapping, canonical);
        // with an error the transform could not be made, or every row would tell the same error again
        if (config.sampleRows() == 0 || findings.stream().anyMatch(finding -> finding.severity() == Severity.ERROR)) {
            return findings;
        }
        List<Finding> all = new ArrayList<>(
                new MappingSample(database, aggregate, config.master(), config.sampleRows()).findings(transform));
        all.addAll(findings);
        return all;
    }
}
