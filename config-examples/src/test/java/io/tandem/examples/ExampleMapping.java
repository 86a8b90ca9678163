package io.tandem.examples;

import io.tandem.clock.VectorClock;
import io.tandem.clock.Version;
import io.tandem.connect.aggregate.Aggregate;
import io.tandem.connect.aggregate.AggregateKey;
import io.tandem.connect.aggregate.AggregateState;
import io.tandem.connect.config.CommonConfig;
import io.tandem.connect.record.LocalRecords;
import io.tandem.connect.source.AlignmentSourceConfig;
import io.tandem.connect.transform.FromCanonical;
import io.tandem.connect.transform.ToCanonical;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;

/** The mapping of one aggregate on one master, run as its source and its sink connector would. */
record ExampleMapping(String aggregate, String master) {

    static final Version VERSION =
            new Version(VectorClock.of(Map.of("legacy", 3L, "modern", 1L)), 1_700_000L, "legacy");

    /** The sample as the source connector reads it from the tables. */
    SourceRecord local() {
        CommonConfig config = new AlignmentSourceConfig(settings("source"));
        Aggregate tables = ExampleTables.of(master).aggregate(config.aggregate());
        LocalRecords records = new LocalRecords(tables, master, config.policy().id());
        AggregateState state = SampleRows.of(tables);
        AggregateKey key =
                new AggregateKey(List.of(Objects.requireNonNull(state.root().get(0))));
        return new SourceRecord(
                Map.of(),
                Map.of(),
                "topic",
                records.keySchema(),
                records.key(key),
                records.valueSchema(),
                records.value(VERSION, state));
    }

    SourceRecord toCanonical(SourceRecord local) {
        try (ToCanonical<SourceRecord> transform = new ToCanonical<>()) {
            transform.configure(transformSettings("source"));
            return transform.apply(local);
        }
    }

    SourceRecord fromCanonical(SourceRecord canonical) {
        try (FromCanonical<SourceRecord> transform = new FromCanonical<>()) {
            transform.configure(transformSettings("sink"));
            return transform.apply(canonical);
        }
    }

    /** The data of a record. */
    static Struct data(SourceRecord alignment) {
        return ((Struct) alignment.value()).getStruct("data");
    }

    private Map<String, String> transformSettings(String kind) {
        Map<String, String> settings = settings(kind);
        return Map.of(
                "mapping", settings.get("transforms.mapping.mapping"),
                "schema", settings.get("transforms.mapping.schema"));
    }

    private Map<String, String> settings(String kind) {
        return ExampleFilesTest.settings(aggregate + "-" + master + "-" + kind);
    }

    @Override
    public String toString() {
        return aggregate + " on " + master;
    }
}
