package io.tandem.connect.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tandem.clock.Masters;
import io.tandem.clock.VectorClock;
import io.tandem.clock.Version;
import io.tandem.connect.aggregate.AggregateKey;
import io.tandem.connect.aggregate.AggregateState;
import io.tandem.connect.aggregate.Row;
import io.tandem.connect.database.AlignedAggregate;
import io.tandem.connect.database.Database;
import io.tandem.connect.record.AlignmentSchema;
import io.tandem.connect.record.LocalRecords;
import io.tandem.connect.record.SemanticTypes;
import io.tandem.testbed.Vendor;
import io.tandem.testbed.fixtures.Servers;
import io.tandem.testbed.fixtures.Servers.Databases;
import io.tandem.testbed.fixtures.TestDatabase;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What is no proper alignment record is refused, with words that say what to do. */
@ParameterizedClass
@EnumSource(Vendor.class)
@ExtendWith(Servers.class)
class SinkProtocolTest {

    private final Vendor vendor;
    private final TestDatabase database;
    private final Sink sink;

    SinkProtocolTest(Vendor vendor, Databases databases) {
        this.vendor = vendor;
        database = databases.create(vendor).withTables();
        sink = Sink.startOn(database);
    }

    @AfterEach
    void stop() {
        sink.close();
    }

    private static Change ann() {
        return Change.named(1, "Geheim").clock(1, 0);
    }

    private static SinkRecord record(
            @Nullable Schema keySchema, @Nullable Object key, @Nullable Schema valueSchema, @Nullable Object value) {
        return new SinkRecord(Change.TOPIC, 0, keySchema, key, valueSchema, value, 42);
    }

    private static Struct key() {
        return Change.key(1);
    }

    static Stream<Arguments> improper() {
        Struct value = ann().value();
        Struct plain = new Struct(SchemaBuilder.struct().field("name", Schema.STRING_SCHEMA)).put("name", "Geheim");
        Struct otherKey = new Struct(SchemaBuilder.struct().field("nr", Schema.INT64_SCHEMA)).put("nr", 1L);
        Struct textKey = new Struct(SchemaBuilder.struct().field("id", Schema.BYTES_SCHEMA)).put("id", new byte[1]);
        return Stream.of(
                Arguments.of(
                        ann().under("timestamp:legacy,modern,mars").record(42),
                        "'timestamp:legacy,modern,mars' but this sink has 'timestamp:legacy,modern'"),
                Arguments.of(ann().under("timestamp:modern,legacy").record(42), "the sinks get the longer list before"),
                Arguments.of(
                        ann().under("priority:legacy,modern").record(42), "conflict policy 'priority:legacy,modern'"),
                Arguments.of(ann().publishedBy("modern").record(42), "the sink's own master"),
                Arguments.of(ann().publishedBy("mars").record(42), "not one of the masters legacy,modern"),
                Arguments.of(ann().counts("mars", 1).record(42), "the clock counts 'mars'"),
                Arguments.of(ann().counts("legacy", -1).record(42), "counter of 'legacy'"),
                Arguments.of(Change.named(1, "Geheim").record(42), "the clock is empty"),
                Arguments.of(ann().writtenBy("mars").record(42), "writer 'mars'"),
                Arguments.of(record(null, null, value.schema(), value), "the key is not a struct"),
                Arguments.of(record(Schema.STRING_SCHEMA, "1", value.schema(), value), "the key is not a struct"),
                Arguments.of(record(otherKey.schema(), otherKey, value.schema(), value), "lacks the column id"),
                Arguments.of(record(textKey.schema(), textKey, value.schema(), value), "column id"),
                Arguments.of(record(key().schema(), key(), null, null), "not an alignment record"),
                Arguments.of(record(key().schema(), key(), plain.schema(), plain), "FromCanonical"),
                Arguments.of(record(key().schema(), key(), Schema.STRING_SCHEMA, "x"), "not an alignment record"));
    }

    @ParameterizedTest
    @MethodSource
    void improper(SinkRecord record, String reason) {
        assertThatThrownBy(() -> sink.putRaw(record))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("legacy.customer-0@42")
                .hasMessageContaining(reason)
                .hasMessageNotContaining("Geheim");
        assertThat(database.customer(1)).isEqualTo("none");
        assertThat(database.clock(1)).isEqualTo("unclocked");
    }

    /** As long as the other side's source does not know of a master that was added. */
    @Test
    void a_record_under_a_list_of_masters_that_has_grown_since_is_applied() {
        try (Sink grown = Sink.startOn(database, "masters", "legacy,modern,mars")) {
            grown.apply(ann());
        }

        assertThat(database.customer(1)).isEqualTo("Geheim null 7 []");
        assertThat(database.clock(1)).isEqualTo("1,0 @1000 legacy");
    }

    @Test
    void by_priority_the_list_of_masters_must_be_the_very_same() {
        try (Sink byPriority = Sink.startOn(database, "conflict.policy", "priority")) {
            assertThatThrownBy(() ->
                            byPriority.putRaw(ann().under("priority:legacy").record(42)))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("'priority:legacy' but this sink has 'priority:legacy,modern'");
        }
    }

    @Test
    void an_unknown_column_is_refused_by_name() {
        Struct data = new Struct(SchemaBuilder.struct()
                        .optional()
                        .field("nickname", Schema.STRING_SCHEMA)
                        .build())
                .put("nickname", "Geheim");
        Struct other = envelope(data);

        assertThatThrownBy(() -> sink.putRaw(record(key().schema(), key(), other.schema(), other)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("nickname")
                .hasMessageContaining("customer");
    }

    @Test
    void a_value_that_the_column_would_cut_is_refused_by_its_place() {
        database.execute(
                "ALTER TABLE customer ADD COLUMN " + (vendor == Vendor.POSTGRESQL ? "seen TIME(0)" : "seen TIME"));
        Schema time = SemanticTypes.int64(SemanticTypes.MICRO_TIME).build();
        try (Sink restarted = Sink.startOn(database)) {
            for (long micros : new long[] {1, -1, 86_400_000_000L}) {
                Struct data = new Struct(SchemaBuilder.struct()
                                .optional()
                                .field("seen", time)
                                .build())
                        .put("seen", micros);
                Struct value = envelope(data);

                assertThatThrownBy(() -> restarted.putRaw(record(key().schema(), key(), value.schema(), value)))
                        .isInstanceOf(DataException.class)
                        .hasMessageContaining("legacy.customer-0@42, key 1: column seen of")
                        .hasMessageContaining("restart the task");
            }
        }
        assertThat(database.customer(1)).isEqualTo("none");
    }

    private static Struct envelope(Struct data) {
        Struct value = ann().value();
        Struct other = new Struct(AlignmentSchema.of("x", data.schema()));
        value.schema().fields().stream()
                .filter(field -> !field.name().equals("data"))
                .forEach(field -> other.put(field.name(), value.get(field)));
        return other.put("data", data);
    }

    /** Whoever reads the topic again finds what came before the improper record. */
    @Test
    void what_comes_with_an_improper_record_stays_in_the_topic() {
        assertThatThrownBy(() -> sink.put(Change.named(1, "a").clock(1, 0), ann().publishedBy("mars")))
                .isInstanceOf(DataException.class);

        assertThat(sink.committable()).isZero();
    }

    @Test
    void a_record_as_the_other_source_makes_it_is_applied() {
        try (Database opened =
                Database.open(new AlignmentSinkConfig(database.settings("modern")).connection(), "test", 1)) {
            AlignedAggregate aligned = AlignedAggregate.open(
                    opened,
                    new AlignmentSinkConfig(database.settings("modern")).aggregate(),
                    new Masters(List.of("legacy", "modern")),
                    "modern",
                    true);
            LocalRecords records = new LocalRecords(aligned.aggregate(), "legacy", "timestamp:legacy,modern");
            AggregateState state = AggregateState.of(
                    new Row(1L, "Ann", null, 5L, null), List.of(List.of(new Row(11L, 1L, "Rome", 6L))));
            Struct value = records.value(new Version(VectorClock.of(Map.of("legacy", 3L)), 3000, "legacy"), state);

            sink.putRaw(record(
                    records.keySchema(), records.key(new AggregateKey(List.of(1L))), records.valueSchema(), value));
        }

        assertThat(database.customer(1)).isEqualTo("Ann null 5 [11 Rome 6]");
        assertThat(database.clock(1)).isEqualTo("3,0 @3000 legacy");
    }

    @Test
    void triggers_that_do_not_see_the_flag_are_noticed_and_nothing_is_applied() {
        sink.apply(ann());
        replaceTriggersByOnesWithoutTheFlag();

        assertThatThrownBy(() ->
                        sink.put(Change.named(1, "Anna").clock(2, 0).at(2000).address(11, "Rome")))
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining("the triggers of customer")
                .hasMessageContaining("Nothing was applied")
                .hasMessageContaining("clock.install=create");

        assertThat(database.customer(1)).isEqualTo("Geheim null 7 []");
        assertThat(database.clock(1)).isEqualTo("1,0 @1000 legacy");
        assertThat(database.pending()).isZero();
    }

    private void replaceTriggersByOnesWithoutTheFlag() {
        List<String> definitions = vendor == Vendor.POSTGRESQL
                ? database.query("SELECT pg_get_functiondef(oid) FROM pg_proc WHERE proname LIKE 'tandem_customer%'")
                : database.query("SELECT CONCAT('CREATE OR REPLACE TRIGGER ', TRIGGER_NAME, ' AFTER ', "
                        + "EVENT_MANIPULATION, ' ON ', EVENT_OBJECT_TABLE, ' FOR EACH ROW ', ACTION_STATEMENT) "
                        + "FROM information_schema.TRIGGERS WHERE TRIGGER_SCHEMA = DATABASE()");
        assertThat(definitions).isNotEmpty().allMatch(ddl -> ddl.contains("'customer'"));
        definitions.forEach(ddl -> database.execute(ddl.replace("'customer'", "'nobody'")));
    }

    @Test
    void triggers_that_see_the_flag_are_installed_again_at_the_next_start() {
        replaceTriggersByOnesWithoutTheFlag();

        try (Sink restarted = Sink.start(database)) {
            restarted.apply(ann());
        }

        assertThat(database.pending()).isZero();
    }
}
