package io.tandem.connect.sink;

import io.tandem.connect.record.AlignmentSchema;
import io.tandem.connect.sink.Fault.Place;
import io.tandem.connect.sink.RawRecord.Part;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/** What can be wrong with a record as such: its key, its value, and what surrounds the data. */
final class EnvelopeFaults {

    private static final Map<String, List<String>> FITTING = Map.of(
            AlignmentSchema.MASTER, List.of("text"),
            AlignmentSchema.CLOCK, List.of("map"),
            AlignmentSchema.TIMESTAMP, List.of("int64", "instant", "unknown type"),
            AlignmentSchema.WRITER, List.of("text"),
            AlignmentSchema.POLICY, List.of("text"),
            AlignmentSchema.DELETED, List.of("boolean"),
            AlignmentSchema.DATA, List.of("struct"));
    private static final List<String> FITTING_KEYS =
            List.of("boolean", "int8", "int32", "int64", "infinity", "decimal with a huge exponent");

    private final List<Fault> faults = new ArrayList<>();

    private EnvelopeFaults() {}

    static List<Fault> all() {
        EnvelopeFaults all = new EnvelopeFaults();
        all.keys();
        all.values();
        all.fields();
        all.versions();
        all.publishers();
        return all.faults;
    }

    private void add(String name, Place place, String told, Consumer<RawRecord> breaks) {
        faults.add(new Fault(name, place, told, breaks));
    }

    private void keys() {
        WrongTypes.except(List.of())
                .forEach((type, part) -> add(
                        "key is no struct but " + type,
                        Place.KEY,
                        type.equals("struct") ? "lacks the column id" : "the key is not a struct",
                        record -> record.wholeKey(part.schema(), part.value())));
        add("key is null", Place.KEY, "the key is not a struct", record -> record.wholeKey(null, null));
        add(
                "key is a map without schema",
                Place.KEY,
                "the key is not a struct",
                record -> record.wholeKey(null, Map.of("id", 1L)));
        WrongTypes.except(FITTING_KEYS)
                .forEach((type, part) ->
                        add("key column is " + type, Place.KEY, "column id", record -> record.key("id", part)));
        for (String type : List.of("infinity", "decimal with a huge exponent")) {
            add("key column is " + type, Place.KEY, "column id", record -> record.key("id", WrongTypes.of(type)));
        }
        add("key column is null", Place.KEY, "column id", record -> record.key("id", Part.number(null)));
        add(
                "key lacks its column",
                Place.KEY,
                "lacks the column id",
                record -> record.withoutKey("id").key("nr", Part.number(1L)));
        add("key has no columns", Place.KEY, "lacks the column id", record -> record.withoutKey("id"));
    }

    private void values() {
        WrongTypes.except(List.of())
                .forEach((type, part) -> add(
                        "value is " + type,
                        Place.VALUE,
                        "not an alignment record",
                        record -> record.wholeValue(part.schema(), part.value())));
        add("value is null, as a tombstone", Place.VALUE, "RecordIsTombstone", record -> record.wholeValue(null, null));
        add(
                "value is JSON without schema",
                Place.VALUE,
                "not an alignment record",
                record -> record.wholeValue(null, Map.of("master", "legacy", "clock", Map.of("legacy", 2L))));
        add(
                "value is text without schema",
                Place.VALUE,
                "not an alignment record",
                record -> record.wholeValue(null, RawRecord.SECRET));
        Struct change = change();
        add(
                "value is a change as Debezium sends it",
                Place.VALUE,
                "FromCanonical",
                record -> record.wholeValue(change.schema(), change));
    }

    private static Struct change() {
        Schema row = SchemaBuilder.struct()
                .optional()
                .field("id", Schema.INT64_SCHEMA)
                .field("name", Schema.STRING_SCHEMA)
                .build();
        Schema schema = SchemaBuilder.struct()
                .name("legacy.customer.Envelope")
                .field("before", row)
                .field("after", row)
                .field("op", Schema.STRING_SCHEMA)
                .field("ts_ms", Schema.INT64_SCHEMA)
                .build();
        return new Struct(schema)
                .put("after", new Struct(row).put("id", 1L).put("name", RawRecord.SECRET))
                .put("op", "c")
                .put("ts_ms", 1L);
    }

    private void fields() {
        FITTING.forEach((field, fitting) -> {
            String told = "the field '" + field + "' is of type";
            WrongTypes.except(fitting)
                    .forEach((type, part) ->
                            add(field + " is " + type, Place.ENVELOPE, told, record -> record.envelope(field, part)));
            if (!field.equals(AlignmentSchema.CLOCK)) {
                add(
                        field + " is missing",
                        Place.ENVELOPE,
                        "the field '" + field + "' is missing",
                        record -> record.withoutEnvelope(field));
            }
            if (!field.equals(AlignmentSchema.DATA)) {
                add(
                        field + " is null",
                        Place.ENVELOPE,
                        "the field '" + field + "' is null",
                        record -> record.envelope(field, Part.text(null)));
            }
        });
        add(
                "clock is missing",
                Place.VALUE,
                "not an alignment record",
                record -> record.withoutEnvelope(AlignmentSchema.CLOCK));
    }

    private void clock(String name, String told, Schema master, Schema counter, Map<?, ?> counters) {
        add(
                name,
                Place.ENVELOPE,
                told,
                record -> record.envelope(
                        AlignmentSchema.CLOCK,
                        new Part(SchemaBuilder.map(master, counter).build(), counters)));
    }

    private void versions() {
        Schema text = Schema.STRING_SCHEMA;
        Schema number = Schema.INT64_SCHEMA;
        clock("clock is empty", "the clock is empty", text, number, Map.of());
        clock("clock is zero everywhere", "the clock is empty", text, number, Map.of("legacy", 0L, "modern", 0L));
        clock("counters are texts", "the counter of 'legacy'", text, text, Map.of("legacy", RawRecord.SECRET));
        clock("counters are int32", "the counter of 'legacy'", text, Schema.INT32_SCHEMA, Map.of("legacy", 1));
        clock("counters are fractions", "the counter of 'legacy'", text, Schema.FLOAT64_SCHEMA, Map.of("legacy", 1.5));
        clock("masters are numbers", "not one of the masters", number, number, Map.of(1L, 1L));
        Map<String, @Nullable Long> without = new HashMap<>();
        without.put("legacy", null);
        clock("a counter is null", "the counter of 'legacy'", text, Schema.OPTIONAL_INT64_SCHEMA, without);
        Map<@Nullable String, Long> nobody = new HashMap<>();
        nobody.put(null, 1L);
        clock("a counter is nobody's", "not one of the masters", Schema.OPTIONAL_STRING_SCHEMA, number, nobody);
        for (String master : List.of("legacy", "modern")) {
            for (long count : new long[] {-1, Long.MIN_VALUE, Long.MAX_VALUE, Long.MAX_VALUE - 1}) {
                clock(
                        "the counter of " + master + " is " + count,
                        "the counter of '" + master + "'",
                        text,
                        number,
                        counters(master, count));
            }
        }
        for (String master : List.of("mars", "", "LEGACY", "legacy ", "x".repeat(100_000))) {
            clock(
                    "the clock counts " + shown(master),
                    "not one of the masters",
                    text,
                    number,
                    Map.of("legacy", 2L, master, 1L));
        }
        for (long micros : new long[] {
            -1, Long.MIN_VALUE, Long.MAX_VALUE, Long.MAX_VALUE - 1, 1_800_000_000_000_000_000L, 253_402_300_800_000_000L
        }) {
            add(
                    "the timestamp is " + micros,
                    Place.ENVELOPE,
                    "is no time of a write",
                    record -> record.envelope(AlignmentSchema.TIMESTAMP, new Part(number, micros)));
        }
    }

    private static Map<String, Long> counters(String master, long count) {
        Map<String, Long> counters = new HashMap<>(Map.of("legacy", 2L));
        counters.put(master, count);
        return counters;
    }

    private static String shown(String master) {
        return master.length() > 20 ? "a master with a long name" : "'" + master + "'";
    }

    private void publishers() {
        for (String master : List.of("mars", "", "LEGACY", "legacy\u0000", "x".repeat(100_000))) {
            add(
                    "published by " + shown(master),
                    Place.ENVELOPE,
                    "not one of the masters",
                    record -> record.envelope(AlignmentSchema.MASTER, Part.required(Schema.STRING_SCHEMA, master)));
            add(
                    "written by " + shown(master),
                    Place.ENVELOPE,
                    "not one of the masters",
                    record -> record.envelope(AlignmentSchema.WRITER, Part.required(Schema.STRING_SCHEMA, master)));
        }
        add(
                "published by the sink's own master",
                Place.ENVELOPE,
                "the sink's own master",
                record -> record.envelope(AlignmentSchema.MASTER, Part.required(Schema.STRING_SCHEMA, "modern")));
        for (String policy : List.of(
                "",
                "timestamp",
                "priority:legacy,modern",
                "timestamp:modern,legacy",
                "timestamp:legacy,modern,mars",
                "timestamp:mars",
                "x".repeat(100_000))) {
            add(
                    "under the policy " + shown(policy),
                    Place.ENVELOPE,
                    "conflict policy",
                    record -> record.envelope(AlignmentSchema.POLICY, Part.required(Schema.STRING_SCHEMA, policy)));
        }
        add(
                "deleted, but with data",
                Place.ENVELOPE,
                "'deleted' is true",
                record -> record.envelope(AlignmentSchema.DELETED, new Part(Schema.BOOLEAN_SCHEMA, true)));
        add(
                "neither data nor deleted",
                Place.ENVELOPE,
                "'deleted' is false",
                record -> record.envelope(AlignmentSchema.DATA, Part.text(null)));
    }
}
