package io.tandem.connect.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tandem.connect.record.AlignmentSchema;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.transforms.Transformation;
import org.junit.jupiter.api.Test;

class TransformationTest {

    private static final String FIELDS = """
            {"name": "text", "type": ["null", "string"], "default": null},
            {"name": "count", "type": ["null", "int"], "default": null}""";
    private static final String RULES = """
            {"field": "text", "column": "TEXT"}, {"field": "count", "column": "COUNT"}""";
    private static final Sample SAMPLE = Sample.of(FIELDS, RULES);

    private static Struct row(String text) {
        return Sample.row(
                columns -> columns.field("TEXT", Schema.OPTIONAL_STRING_SCHEMA)
                        .field("COUNT", Schema.OPTIONAL_INT64_SCHEMA)
                        .field("LOCAL_ONLY", Schema.OPTIONAL_STRING_SCHEMA),
                values -> values.put("TEXT", text).put("COUNT", 3L).put("LOCAL_ONLY", Sample.SECRET));
    }

    private static SourceRecord deleted(SourceRecord like) {
        return Sample.record((Struct) like.key(), like.valueSchema(), null);
    }

    @Test
    void theEnvelopeAndTheRecordsOwnPropertiesAreKept() {
        // given
        SourceRecord local = Sample.local(row("x"));
        local.headers().addString("h", "v");

        // when
        SourceRecord canonical = SAMPLE.toCanonical().apply(local);

        // then
        Struct value = (Struct) canonical.value();
        for (Field field : local.valueSchema().fields()) {
            if (!field.name().equals(AlignmentSchema.DATA)) {
                assertThat(value.get(field.name())).isEqualTo(((Struct) local.value()).get(field));
            }
        }
        assertThat(canonical.valueSchema())
                .isEqualTo(CanonicalSchema.parse(Sample.avsc(FIELDS)).value());
        assertThat(canonical.keySchema())
                .isEqualTo(CanonicalSchema.parse(Sample.avsc(FIELDS)).key());
        assertThat(((Struct) canonical.key()).get("id")).isEqualTo(7L);
        assertThat(canonical.topic()).isEqualTo("topic");
        assertThat(canonical.kafkaPartition()).isEqualTo(3);
        assertThat(canonical.timestamp()).isEqualTo(local.timestamp());
        assertThat(canonical.headers()).isEqualTo(local.headers());
    }

    @Test
    void theWayBackHasTheMappedColumnsOnly() {
        // when
        SourceRecord back = SAMPLE.fromCanonical().apply(SAMPLE.canonicalRecord(row("x")));

        // then
        assertThat(Sample.data(back).schema().fields()).extracting(Field::name).containsExactly("ID", "TEXT", "COUNT");
        assertThat(((Struct) back.key()).get("ID")).isEqualTo(7L);
        assertThat(back.keySchema().name()).isEqualTo("sample.local.m.Key");
        assertThat(back.valueSchema().name()).isEqualTo("sample.local.m.Alignment");
        assertThat(((Struct) back.value()).get(AlignmentSchema.CLOCK)).isEqualTo(Map.of("m", 3L, "n", 4L));
    }

    @Test
    void aDeletedAggregateHasKeyAndEnvelopeBothWays() {
        // when
        SourceRecord canonical = SAMPLE.toCanonical().apply(deleted(Sample.local(row("x"))));
        SourceRecord back = SAMPLE.fromCanonical().apply(canonical);

        // then
        assertThat(Sample.data(canonical)).isNull();
        assertThat(((Struct) canonical.key()).get("id")).isEqualTo(7L);
        assertThat(canonical.valueSchema())
                .isEqualTo(CanonicalSchema.parse(Sample.avsc(FIELDS)).value());
        assertThat(Sample.data(back)).isNull();
        assertThat(((Struct) back.value()).get(AlignmentSchema.DELETED)).isEqualTo(true);
        assertThat(((Struct) back.key()).get("ID")).isEqualTo(7L);
    }

    @Test
    void dataAndDeletedMustAgree() {
        // given
        SourceRecord contradiction = Sample.local(row(Sample.SECRET));
        ((Struct) contradiction.value()).put(AlignmentSchema.DELETED, true);

        // then
        assertThatThrownBy(() -> SAMPLE.toCanonical().apply(contradiction))
                .isInstanceOf(DataException.class)
                .hasMessageStartingWith("aggregate sample, key ")
                .hasMessageEndingWith(": data: must be null if and only if the record says deleted");
    }

    @Test
    void aRecordWithoutAValueIsPassedOnToTheSinkAndRefusedAtTheSource() {
        // given
        SourceRecord local = Sample.local(row("x"));
        SourceRecord tombstone =
                new SourceRecord(Map.of(), Map.of(), "topic", 0, local.keySchema(), local.key(), null, null);

        // then
        assertThat(SAMPLE.fromCanonical().apply(tombstone)).isSameAs(tombstone);
        assertThatThrownBy(() -> SAMPLE.toCanonical().apply(tombstone))
                .isInstanceOf(DataException.class)
                .hasMessageStartingWith(
                        "aggregate sample, key ID=7: the record is no alignment record, key and value must be");
    }

    @Test
    void aStructThatIsNoAlignmentRecordIsRefused() {
        // given
        SourceRecord local = Sample.local(row(Sample.SECRET));
        SourceRecord bare = new SourceRecord(
                Map.of(),
                Map.of(),
                "topic",
                0,
                local.keySchema(),
                local.key(),
                row(Sample.SECRET).schema(),
                row(Sample.SECRET));

        // then
        assertThatThrownBy(() -> SAMPLE.toCanonical().apply(bare))
                .isInstanceOf(DataException.class)
                .hasMessageStartingWith("aggregate sample, key ")
                .hasMessageEndingWith(": data: is missing, so this is no alignment record");
    }

    @Test
    void aFieldThatAnOlderWriterDidNotKnowIsAbsentAndNotNull() {
        // given
        Sample older = Sample.of(
                "{\"name\": \"text\", \"type\": [\"null\", \"string\"], \"default\": null}",
                "{\"field\": \"text\", \"column\": \"TEXT\"}");

        // when
        Struct back = Sample.data(SAMPLE.fromCanonical().apply(older.canonicalRecord(row("x"))));

        // then
        assertThat(back.schema().field("COUNT")).isNull();
        assertThat(back.get("TEXT")).isEqualTo("x");
    }

    @Test
    void aFieldThatOnlyANewerWriterKnowsIsIgnored() {
        // given
        Sample older = Sample.of(
                "{\"name\": \"text\", \"type\": [\"null\", \"string\"], \"default\": null}",
                "{\"field\": \"text\", \"column\": \"TEXT\"}");

        // when
        Struct back = Sample.data(older.fromCanonical().apply(SAMPLE.canonicalRecord(row("x"))));

        // then
        assertThat(back.schema().fields()).extracting(Field::name).containsExactly("ID", "TEXT");
    }

    @Test
    void aLocalKeyWithMoreColumnsThanTheCanonicalKeyIsRefused() {
        // given
        Schema wide = SchemaBuilder.struct()
                .field("ID", Schema.INT64_SCHEMA)
                .field("PART", Schema.STRING_SCHEMA)
                .build();
        SourceRecord local = Sample.record(new Struct(wide).put("ID", 7L).put("PART", Sample.SECRET), row("x"));

        // then
        assertThatThrownBy(() -> SAMPLE.toCanonical().apply(local))
                .isInstanceOf(DataException.class)
                .hasMessageStartingWith("aggregate sample, key ")
                .hasMessageEndingWith(
                        ": key: the local key must have the columns ID, which the canonical key is " + "mapped to");
    }

    @Test
    void theSchemaIsCompiledOnceAndRecordsOfOtherSchemasInBetweenDoNoHarm() {
        // given
        Transformation<SourceRecord> transformation = SAMPLE.toCanonical();
        Struct other = Sample.row(
                columns -> columns.field("COUNT", Schema.OPTIONAL_INT32_SCHEMA)
                        .field("TEXT", Schema.OPTIONAL_STRING_SCHEMA),
                values -> values.put("TEXT", "other").put("COUNT", 5));

        // when
        SourceRecord first = transformation.apply(Sample.local(row("one")));
        SourceRecord second = transformation.apply(Sample.local(other));
        SourceRecord third = transformation.apply(Sample.local(row("three")));

        // then
        assertThat(List.of(first, second, third))
                .extracting(canonical -> Sample.data(canonical).get("text"))
                .containsExactly("one", "other", "three");
        assertThat(first.valueSchema()).isSameAs(third.valueSchema());
        assertThat(Sample.data(second).get("count")).isEqualTo(5);
    }

    @Test
    void settingsAreValidatedEachByItself() {
        // when
        List<ConfigValue> values = new ToCanonical<SourceRecord>()
                .config()
                .validate(Map.of("mapping", Sample.mapping("{\"field\": \"x\"}"), "schema", "{"));

        // then
        assertThat(values)
                .filteredOn(value -> value.name().equals("mapping"))
                .flatExtracting(ConfigValue::errorMessages)
                .containsExactly("mapping: fields[1]: expected exactly one of the members \"column\", \"table\", "
                        + "\"repeated\", \"extension\"");
        assertThat(values)
                .filteredOn(value -> value.name().equals("schema"))
                .flatExtracting(ConfigValue::errorMessages)
                .singleElement()
                .asString()
                .startsWith("schema: not an Avro schema: ");
    }

    @Test
    void missingSettingsAreReported() {
        List<ConfigValue> values = new FromCanonical<SinkRecord>().config().validate(Map.of());

        assertThat(values)
                .flatExtracting(ConfigValue::errorMessages)
                .hasSize(2)
                .allMatch(message -> message.startsWith("Missing required configuration"));
    }

    @Test
    void aSettingThatIsNullIsMissing() {
        // given
        Map<String, Object> settings = new HashMap<>();
        settings.put("mapping", null);

        // then
        assertThatThrownBy(() -> new FromCanonical<SinkRecord>().configure(settings))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("Missing required configuration \"mapping\"");
    }

    @Test
    void aMappingThatDoesNotFitTheSchemaIsRefusedWhenConfigured() {
        assertThatThrownBy(() -> Sample.of(FIELDS, "{\"field\": \"text\", \"column\": \"TEXT\"}")
                        .toCanonical())
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("the canonical field count is not mapped by any rule");
    }

    @Test
    void aWorkerFindsBothTransformations() {
        assertThat(ServiceLoader.load(Transformation.class).stream().map(ServiceLoader.Provider::type))
                .contains(ToCanonical.class, FromCanonical.class);
    }
}
