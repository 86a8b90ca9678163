package io.tandem.connect.transform;

import io.tandem.connect.record.AlignmentSchema;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.transforms.Transformation;
import org.jspecify.annotations.Nullable;

/** A small aggregate for tests: the key {@code id} ↔ {@code ID}, and the fields and rules that a test is about. */
final class Sample {

    /** What must never be seen in a message. */
    static final String SECRET = "SECRET";

    private final String schema;
    private final String mapping;

    private Sample(String schema, String mapping) {
        this.schema = schema;
        this.mapping = mapping;
    }

    /**
     * @param fields the Avro fields besides {@code id}, JSON
     * @param rules the rules besides that of {@code id}, JSON
     */
    static Sample of(String fields, String rules) {
        return new Sample(avsc(fields), mapping(rules));
    }

    /** The same, with the tables of the document. */
    static Sample withTables(String fields, String rules, String tables) {
        return new Sample(
                avsc(fields),
                mapping(rules).replaceFirst("\\{", Matcher.quoteReplacement("{\"tables\": {" + tables + "}, ")));
    }

    /** A schema with the key {@code id} and these fields. */
    static String avsc(String fields) {
        return """
                {"type": "record", "name": "Sample", "namespace": "test", "key": ["id"],
                 "fields": [{"name": "id", "type": "long"}, %s]}""".formatted(fields);
    }

    /** A mapping with a rule for {@code id} and these rules. */
    static String mapping(String rules) {
        return """
                {"aggregate": "sample", "master": "m", "fields": [{"field": "id", "column": "ID"}, %s]}""".formatted(rules);
    }

    /**
     * The same for a master that lacks fields.
     *
     * @param absent their paths
     */
    static Sample lacking(String fields, String rules, String... absent) {
        return new Sample(avsc(fields), mapping(rules, absent));
    }

    /** A mapping with a rule for {@code id} and these rules, which lists these fields as absent. */
    static String mapping(String rules, String... absent) {
        return mapping(rules)
                .replace(
                        "\"fields\": [{\"field\": \"id\"",
                        "\"absent\": [\"" + String.join("\", \"", absent) + "\"], \"fields\": [{\"field\": \"id\"");
    }

    /** The canonical schema of the data. */
    Schema canonical() {
        return CanonicalSchema.parse(schema).data();
    }

    Transformation<SourceRecord> toCanonical() {
        return configured(new ToCanonical<>());
    }

    Transformation<SourceRecord> fromCanonical() {
        return configured(new FromCanonical<>());
    }

    private Transformation<SourceRecord> configured(Transformation<SourceRecord> transformation) {
        transformation.configure(Map.of("mapping", mapping, "schema", schema));
        return transformation;
    }

    /** The canonical data of a local row. */
    Struct toCanonical(Struct row) {
        return data(toCanonical().apply(local(row)));
    }

    /** The local row of canonical data. */
    Struct fromCanonical(Struct canonical) {
        return data(fromCanonical().apply(canonical(canonical)));
    }

    /** The canonical record of a local row. */
    SourceRecord canonicalRecord(Struct row) {
        return toCanonical().apply(local(row));
    }

    /** An alignment record with this canonical data. */
    static SourceRecord canonical(Struct data) {
        return record(key("id"), data);
    }

    static SourceRecord local(Struct row) {
        return record(key("ID"), row);
    }

    private static Struct key(String name) {
        Schema schema = SchemaBuilder.struct().field(name, Schema.INT64_SCHEMA).build();
        return new Struct(schema).put(name, 7L);
    }

    /** A local row with the column {@code ID} and these columns. */
    static Struct row(Consumer<SchemaBuilder> columns, Consumer<Struct> values) {
        SchemaBuilder builder = SchemaBuilder.struct().name("local").optional().field("ID", Schema.INT64_SCHEMA);
        columns.accept(builder);
        Struct row = new Struct(builder.build()).put("ID", 7L);
        values.accept(row);
        return row;
    }

    /** A local row with the column {@code ID} and one more. */
    static Struct row(String column, Schema schema, @Nullable Object value) {
        return row(builder -> builder.field(column, schema), row -> row.put(column, value));
    }

    /** An alignment record with this data. */
    static SourceRecord record(Struct key, Struct data) {
        Schema schema = AlignmentSchema.of("alignment", data.schema());
        return record(key, schema, data);
    }

    /** An alignment record; it says deleted if there is no data. */
    static SourceRecord record(Struct key, Schema schema, @Nullable Struct data) {
        Struct value = new Struct(schema)
                .put(AlignmentSchema.MASTER, "m")
                .put(AlignmentSchema.CLOCK, Map.of("m", 3L, "n", 4L))
                .put(AlignmentSchema.TIMESTAMP, 1_700_000_000_000_001L)
                .put(AlignmentSchema.WRITER, "n")
                .put(AlignmentSchema.POLICY, "timestamp")
                .put(AlignmentSchema.DELETED, data == null)
                .put(AlignmentSchema.DATA, data);
        return new SourceRecord(Map.of(), Map.of(), "topic", 3, key.schema(), key, schema, value, 1_700_000_000_000L);
    }

    static Struct data(SourceRecord alignmentRecord) {
        return ((Struct) alignmentRecord.value()).getStruct(AlignmentSchema.DATA);
    }

    /** A text field that may be null, JSON. */
    static String text(String field) {
        return optional(field, "\"string\"");
    }

    /** A field that may be null, JSON. */
    static String optional(String field, String avroType) {
        return "{\"name\": \"" + field + "\", \"type\": [\"null\", " + avroType + "], \"default\": null}";
    }

    /** A local row with the column {@code ID} and columns of text. */
    static Struct texts(@Nullable String... namesAndValues) {
        return row(
                columns -> {
                    for (int i = 0; i < namesAndValues.length; i += 2) {
                        columns.field(namesAndValues[i], Schema.OPTIONAL_STRING_SCHEMA);
                    }
                },
                values -> {
                    for (int i = 0; i < namesAndValues.length; i += 2) {
                        values.put(namesAndValues[i], namesAndValues[i + 1]);
                    }
                });
    }

    /** Canonical data with {@code id} and these fields. */
    Struct canonical(@Nullable Object... namesAndValues) {
        Struct data = new Struct(CanonicalSchema.parse(schema).data()).put("id", 7L);
        for (int i = 0; i < namesAndValues.length; i += 2) {
            data.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return data;
    }
}
