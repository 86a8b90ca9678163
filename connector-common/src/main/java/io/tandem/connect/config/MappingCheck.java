package io.tandem.connect.config;

import io.tandem.connect.aggregate.Aggregate;
import io.tandem.connect.aggregate.Aggregate.Child;
import io.tandem.connect.aggregate.Column;
import io.tandem.connect.aggregate.Table;
import io.tandem.connect.database.InvalidAggregateException;
import io.tandem.connect.transform.CanonicalSchema;
import io.tandem.connect.transform.FromCanonical;
import io.tandem.connect.transform.Mapping;
import io.tandem.connect.transform.ToCanonical;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigException;

/**
 * Checks the mapping of a connector's transforms against the real tables. The transforms cannot: they see records, not
 * the database.
 */
final class MappingCheck {

    private static final Set<String> MAPPING_TRANSFORMS =
            Set.of(ToCanonical.class.getName(), FromCanonical.class.getName());

    private final Aggregate aggregate;
    private final String setting;

    private MappingCheck(Aggregate aggregate, String setting) {
        this.aggregate = aggregate;
        this.setting = setting;
    }

    /**
     * Checks every mapping in the connector's chain of transforms.
     *
     * @param properties the connector's settings, those of its transforms included
     * @throws InvalidAggregateException that names the setting, the table and the column
     */
    static void against(Aggregate aggregate, Map<String, String> properties) {
        Arrays.stream(properties.getOrDefault("transforms", "").split(",", -1))
                .map(String::strip)
                .map(alias -> "transforms." + alias)
                .filter(prefix -> MAPPING_TRANSFORMS.contains(properties.getOrDefault(prefix + ".type", "")))
                .forEach(prefix -> new MappingCheck(aggregate, prefix + ".mapping").check(properties, prefix));
    }

    private void check(Map<String, String> properties, String prefix) {
        Mapping mapping;
        CanonicalSchema canonical;
        try {
            mapping = Mapping.parse(properties.getOrDefault(setting, ""));
            canonical = CanonicalSchema.parse(properties.getOrDefault(prefix + ".schema", ""));
        } catch (ConfigException e) {
            // the transform's own settings report what is wrong with a document by itself
            return;
        }
        try {
            mapping.check(canonical);
        } catch (ConfigException e) {
            throw new InvalidAggregateException(setting, String.valueOf(e.getMessage()));
        }
        check(mapping, canonical, properties.getOrDefault(CommonConfig.MASTER, ""));
    }

    private void check(Mapping mapping, CanonicalSchema canonical, String master) {
        if (!mapping.master().equals(master) || !mapping.aggregate().equals(aggregate.name())) {
            throw invalid("it is the mapping of aggregate '" + mapping.aggregate() + "' on master '" + mapping.master()
                    + "', but the connector is for '" + aggregate.name() + "' on '" + master
                    + "'; give it its own mapping");
        }
        columns(aggregate.root(), mapping.rootColumns());
        mapping.childColumns().forEach((name, columns) -> {
            List<String> names = aggregate.children().stream().map(Child::name).toList();
            Child child = aggregate.children().stream()
                    .filter(one -> one.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> invalid("it names the child table '" + name
                            + "', which is not among 'aggregate.children' " + names));
            columns(child.table(), columns);
        });
        key(mapping.keyColumns(canonical));
    }

    private void columns(Table table, Set<String> mapped) {
        mapped.stream().filter(name -> table.column(name).isEmpty()).findFirst().ifPresent(name -> {
            throw invalid("it names the column " + name + ", which the table " + table.id()
                    + " does not have; the table has "
                    + table.columns().stream().map(Column::name).collect(Collectors.joining(", ")));
        });
    }

    private void key(List<String> mapped) {
        List<String> expected = aggregate.key().stream().map(Column::name).toList();
        if (!Set.copyOf(mapped).equals(Set.copyOf(expected))) {
            throw invalid("it maps the canonical key to the columns " + mapped + ", but the key of "
                    + aggregate.root().id() + " is " + expected);
        }
    }

    private InvalidAggregateException invalid(String problem) {
        return new InvalidAggregateException(setting, "the mapping does not fit the tables: " + problem);
    }
}
