package io.tandem.benchmarks.mapping;

import io.tandem.connect.record.AlignmentSchema;
import io.tandem.connect.transform.CanonicalSchema;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * The record that is measured: 20 scalar fields, seven of them in two nested records, and two collections of three
 * elements. Immutable.
 *
 * @param mapping the mapping document
 * @param schema the canonical schema as Avro text
 */
record Customer(String mapping, String schema) {

    private static final int ELEMENTS = 3;

    /** The record with its mapping, from the resources of this package. */
    static Customer load() {
        return new Customer(text("customer.json"), text("customer.avsc"));
    }

    private static String text(String name) {
        try (InputStream stream = Objects.requireNonNull(Customer.class.getResourceAsStream(name))) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("the resource " + name + " can't be read", e);
        }
    }

    /** As a canonical alignment record: what {@code FromCanonical} takes. */
    SourceRecord alignmentRecord() {
        CanonicalSchema canonical = CanonicalSchema.parse(schema);
        Struct value = new Struct(canonical.value())
                .put(AlignmentSchema.MASTER, "modern")
                .put(AlignmentSchema.CLOCK, Map.of("legacy", 3L, "modern", 4L))
                .put(AlignmentSchema.TIMESTAMP, 1_700_000_000_000_001L)
                .put(AlignmentSchema.WRITER, "modern")
                .put(AlignmentSchema.POLICY, "timestamp")
                .put(AlignmentSchema.DELETED, false)
                .put(AlignmentSchema.ABSENT, List.of())
                .put(AlignmentSchema.DATA, data(canonical.data()));
        return sourceRecord(key(canonical.key()), value);
    }

    /** The same data without the envelope: what a chain of Kafka's transforms can take, which has no use for a map. */
    SourceRecord plainRecord() {
        CanonicalSchema canonical = CanonicalSchema.parse(schema);
        return sourceRecord(key(canonical.key()), data(canonical.data()));
    }

    private static SourceRecord sourceRecord(Struct key, Struct value) {
        return new SourceRecord(Map.of(), Map.of(), "customers", 0, key.schema(), key, value.schema(), value);
    }

    private static Struct key(Schema schema) {
        return new Struct(schema).put("customerNumber", 4711L);
    }

    private static Struct data(Schema schema) {
        Schema name = schema.field("name").schema();
        Schema home = schema.field("home").schema();
        return new Struct(schema)
                .put("customerNumber", 4711L)
                .put("name", new Struct(name).put("first", "Anna").put("last", "Muster"))
                .put(
                        "home",
                        new Struct(home)
                                .put("street", "Seestrasse 12")
                                .put("zip", "8002")
                                .put("city", "Zürich")
                                .put("country", "CH"))
                .put("born", Date.from(Instant.parse("1980-02-29T00:00:00Z")))
                .put("active", true)
                .put("language", "de")
                .put("email", "anna.muster@example.org")
                .put("balance", 1_234_567L)
                .put("limit", 5_000_000L)
                .put("discount", 15)
                .put("rating", 4)
                .put("agent", "100234")
                .put("branch", 17)
                .put("since", 946_684_800_000_000L)
                .put("changed", 1_700_000_000_123_456L)
                .put("phones", phones(schema.field("phones").schema().valueSchema()))
                .put("contracts", contracts(schema.field("contracts").schema().valueSchema()));
    }

    private static List<Struct> phones(Schema schema) {
        return elements(i -> new Struct(schema).put("position", i).put("number", "+41 44 000 00 0" + i));
    }

    private static List<Struct> contracts(Schema schema) {
        return elements(i -> new Struct(schema)
                .put("number", 10_000L + i)
                .put("product", "household")
                .put("premium", 45_000L * (i + 1)));
    }

    private static List<Struct> elements(java.util.function.IntFunction<Struct> element) {
        return java.util.stream.IntStream.range(0, ELEMENTS).mapToObj(element).toList();
    }
}
