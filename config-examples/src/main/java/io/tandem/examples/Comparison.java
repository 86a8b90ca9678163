package io.tandem.examples;

import io.tandem.clock.Version;
import io.tandem.connect.aggregate.Aggregate;
import io.tandem.connect.aggregate.AggregateKey;
import io.tandem.connect.aggregate.AggregateState;
import io.tandem.connect.config.CommonConfig;
import io.tandem.connect.database.AggregateResolver;
import io.tandem.connect.database.AggregateTables;
import io.tandem.connect.database.AlignedAggregate;
import io.tandem.connect.database.ClockRow;
import io.tandem.connect.database.Clocks;
import io.tandem.connect.database.Database;
import io.tandem.connect.record.AlignmentSchema;
import io.tandem.connect.record.LocalRecords;
import io.tandem.connect.source.AlignmentSourceConfig;
import io.tandem.connect.transform.ToCanonical;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * Compares all aggregates of both masters, each read from its own tables and taken through its own mapping to the
 * canonical form.
 */
public final class Comparison {

    private static final int PAGE = 1000;

    private final ExamplePair pair;

    public Comparison(ExamplePair pair) {
        this.pair = pair;
    }

    /**
     * The result for one kind of aggregate.
     *
     * @param aggregates how many there are on either side
     * @param differing the keys, as text, whose data or version is not the same on both sides
     */
    public record Result(int aggregates, List<String> differing) {}

    /** An aggregate as one master shows it. */
    private record Shown(Struct data, Version version) {}

    /** Compares data and versions of all aggregates of this name. */
    public Result compare(String aggregate) {
        return compare(
                aggregate, pair.settings(aggregate + "-legacy-source"), pair.settings(aggregate + "-modern-source"));
    }

    /**
     * Compares data and versions of all aggregates of two source connectors.
     *
     * @param aggregate what to call them in the result
     * @param one the settings of the source connector on one master, all variables replaced
     * @param other the settings of that on the other
     */
    public static Result compare(String aggregate, Map<String, String> one, Map<String, String> other) {
        Map<Struct, Shown> legacy = read(one);
        Map<Struct, Shown> modern = read(other);
        Map<String, Struct> keys = new HashMap<>();
        legacy.keySet().forEach(key -> keys.put(text(key), key));
        modern.keySet().forEach(key -> keys.put(text(key), key));
        Set<String> ordered = new TreeSet<>(keys.keySet());
        List<String> differing = ordered.stream()
                .filter(key -> !Objects.equals(legacy.get(keys.get(key)), modern.get(keys.get(key))))
                .map(key -> aggregate + " " + key)
                .toList();
        return new Result(keys.size(), differing);
    }

    private static String text(Struct key) {
        List<String> values = new ArrayList<>();
        key.schema().fields().forEach(field -> values.add(String.valueOf(key.get(field))));
        return String.join(",", values);
    }

    private static Map<Struct, Shown> read(Map<String, String> settings) {
        CommonConfig config = new AlignmentSourceConfig(settings);
        Map<Struct, Shown> shown = new HashMap<>();
        try (Database database = Database.connect(config.connection(), "comparison");
                ToCanonical<SourceRecord> mapping = new ToCanonical<>()) {
            mapping.configure(Map.of(
                    "mapping", settings.get("transforms.mapping.mapping"),
                    "schema", settings.get("transforms.mapping.schema")));
            Aggregate aggregate = database.withHandle(
                    handle -> new AggregateResolver(database.dialect()).resolve(handle, config.aggregate()));
            LocalRecords records =
                    new LocalRecords(aggregate, config.master(), config.policy().id());
            AggregateTables tables = new AggregateTables(database.dialect(), aggregate);
            Clocks clocks = AlignedAggregate.clocks(database.dialect(), aggregate, config.masters(), config.master());
            database.inSnapshot(handle -> {
                List<AggregateKey> page = tables.keysAfter(handle.getConnection(), null, PAGE);
                while (!page.isEmpty()) {
                    Map<AggregateKey, AggregateState> states = tables.read(handle.getConnection(), page);
                    Map<AggregateKey, ClockRow> versions = clocks.read(handle.getConnection(), page);
                    states.forEach((key, state) -> {
                        Version version = versions.getOrDefault(key, ClockRow.unclocked(key))
                                .version();
                        SourceRecord canonical = mapping.apply(record(records, key, version, state));
                        shown.put(
                                (Struct) canonical.key(),
                                new Shown(((Struct) canonical.value()).getStruct(AlignmentSchema.DATA), version));
                    });
                    page = tables.keysAfter(handle.getConnection(), page.get(page.size() - 1), PAGE);
                }
                return null;
            });
        }
        return shown;
    }

    private static SourceRecord record(LocalRecords records, AggregateKey key, Version version, AggregateState state) {
        return new SourceRecord(
                Map.of(),
                Map.of(),
                "comparison",
                records.keySchema(),
                records.key(key),
                records.valueSchema(),
                records.value(version, state));
    }
}
