package io.tandem.connect.transform;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.connect.record.KeyText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever is in a topic, the sink's transform converts it or refuses it by its place, by a field, and without a value. */
class FromCanonicalFuzzTest {

    private static final Path EXAMPLES = Path.of("..", "config-examples", "src", "main", "resources", "examples");
    private static final long SEED = 4711;
    private static final int SCHEMAS = 500;
    private static final int RECORDS = 20;
    private static final int FRAMES = 4;
    // how often a schema differs from the good one: never, here and there, in many places
    private static final int[] PLACES = {0, 40, 10, 4};

    private static String read(String file) throws IOException {
        return Files.readString(EXAMPLES.resolve(file));
    }

    @ParameterizedTest
    @CsvSource({"customer,legacy", "customer,modern", "order,legacy", "order,modern"})
    void everyRecordIsConvertedOrRefusedByAFieldWithoutAValue(String aggregate, String master) throws IOException {
        // given
        String avsc = read("canonical/" + aggregate + ".avsc");
        CanonicalSchema canonical = CanonicalSchema.parse(avsc);
        FromCanonical<SinkRecord> transform = new FromCanonical<>();
        transform.configure(Map.of("mapping", read("mappings/" + aggregate + "." + master + ".json"), "schema", avsc));
        WildRecords wild = new WildRecords(SEED);
        Pattern field =
                Pattern.compile(names(canonical.value()).collect(Collectors.joining("|", "\\b(", "|key|column)\\b")));
        Set<String> problems = new TreeSet<>();
        int converted = 0;

        for (int i = 0; i < SCHEMAS; i++) {
            Schema keySchema = wild.like(canonical.key(), i % 3 == 0 ? 10 : 0);
            Schema valueSchema = wild.like(canonical.value(), PLACES[i % PLACES.length]);
            for (int j = 0; j < RECORDS; j++) {
                Object key = wild.record(keySchema);
                Object value = wild.record(valueSchema);
                SinkRecord record = new SinkRecord("topic", 3, keySchema, key, valueSchema, value, 4711);
                try {
                    // when
                    SinkRecord local = transform.apply(record);

                    // then
                    if (local.value() instanceof Struct struct) {
                        struct.validate();
                        ((Struct) local.key()).validate();
                        converted++;
                    }
                } catch (DataException refusal) {
                    problem(refusal, aggregate, record, field).ifPresent(problems::add);
                } catch (RuntimeException | Error other) {
                    problems.add(other + " at " + Arrays.toString(Arrays.copyOf(other.getStackTrace(), FRAMES)));
                }
            }
        }

        assertThat(problems).isEmpty();
        assertThat(converted).isPositive();
    }

    /** What is wrong with the message of a refusal. A key may be told. */
    private static Optional<String> problem(DataException refusal, String aggregate, SinkRecord record, Pattern field) {
        String message = String.valueOf(refusal.getMessage());
        String who = "record topic-3@4711, aggregate " + aggregate
                + (record.key() instanceof Struct key ? ", key " + KeyText.of(key) : "") + ": ";
        if (!message.startsWith(who)) {
            return Optional.of("names another record: " + message);
        }
        String reason = message.substring(who.length());
        if (reason.contains(WildRecords.CANARY)) {
            return Optional.of("shows a value: " + reason);
        }
        return field.matcher(reason).find() || reason.contains("key and value must be structs")
                ? Optional.empty()
                : Optional.of("names no field: " + reason);
    }

    /** The names of the fields of a schema and of all that is in it. */
    private static Stream<String> names(Schema schema) {
        return switch (schema.type()) {
            case STRUCT ->
                schema.fields().stream()
                        .flatMap(field -> Stream.concat(Stream.of(field.name()), names(field.schema())));
            case ARRAY -> names(schema.valueSchema());
            default -> Stream.of();
        };
    }
}
