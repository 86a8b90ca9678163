package io.tandem.connect.transform;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.transforms.Transformation;
import org.jspecify.annotations.Nullable;

/**
 * Checks the laws of lenses on generated rows of a few short, similar values: what is taken comes back as it was. A
 * local row may come back changed, as long as the canonical record stays the same: then the rule normalises, and what
 * it normalises to stays as it is.
 */
final class LensLaws {

    private static final long SEED = 20_261_101L;
    private static final String LETTERS = "aabb  1";
    private static final long MICROS_AROUND_A_CHANGE_OF_CLOCKS = 1_729_990_800_000_000L;

    private final UnaryOperator<Struct> toCanonical;
    private final UnaryOperator<Struct> fromCanonical;
    private final Schema local;
    private final Schema canonical;

    LensLaws(Sample sample, Map<String, Schema> columns) {
        this.toCanonical = compiled(sample.toCanonical(), "ID");
        this.fromCanonical = compiled(sample.fromCanonical(), "id");
        this.local = local(columns);
        this.canonical = sample.canonical("id", 7L).schema();
    }

    /** A lens by itself. */
    LensLaws(Lens lens, CanonicalSchema canonical, Map<String, Schema> columns) {
        Lens id = new ValueLens(
                "id",
                "ID",
                new PlainForm(Schema.OPTIONAL_INT64_SCHEMA, Set.of()),
                Schema.INT64_SCHEMA,
                null,
                null,
                null);
        List<Lens> lenses = List.of(id, lens);
        this.local = local(columns);
        this.canonical = canonical.data();
        RecordBuilder out = RecordBuilder.toCanonical(lenses, this.local, canonical.data());
        RecordBuilder back =
                RecordBuilder.fromCanonical(lenses, Level.of(canonical.data()), new LocalShape("local"), true);
        this.toCanonical = out::build;
        this.fromCanonical = back::build;
    }

    private static UnaryOperator<Struct> compiled(Transformation<SourceRecord> transformation, String keyColumn) {
        Schema keySchema =
                SchemaBuilder.struct().field(keyColumn, Schema.INT64_SCHEMA).build();
        Struct key = new Struct(keySchema).put(keyColumn, 7L);
        return data -> Sample.data(transformation.apply(Sample.record(key, data)));
    }

    private static Schema local(Map<String, Schema> columns) {
        SchemaBuilder builder = SchemaBuilder.struct().name("local").optional().field("ID", Schema.INT64_SCHEMA);
        new TreeMap<>(columns).forEach(builder::field);
        return builder.build();
    }

    /** How many of the values were taken in each direction. */
    record Result(int toCanonical, int fromCanonical) {}

    Result check(int rounds) {
        return new Result(checkToCanonical(rounds), checkFromCanonical(rounds).fromCanonical());
    }

    Result checkFromCanonical(int rounds) {
        Random random = new Random(SEED);
        int taken = 0;
        for (int i = 0; i < rounds; i++) {
            Struct before = generated(canonical, "id", random);
            Struct row = accepted(fromCanonical, before);
            if (row != null) {
                taken++;
                assertThat(toCanonical.apply(row))
                        .as("canonical → local → canonical")
                        .isEqualTo(before);
            }
        }
        return new Result(0, taken);
    }

    private int checkToCanonical(int rounds) {
        Random random = new Random(SEED);
        int taken = 0;
        for (int i = 0; i < rounds; i++) {
            Struct before = generated(local, "ID", random);
            Struct data = accepted(toCanonical, before);
            if (data != null) {
                taken++;
                // what this master publishes, it must also take: the peer sends it back with its own changes
                assertThat(toCanonical.apply(fromCanonical.apply(data)))
                        .as("local → canonical → local → canonical of %s", before)
                        .isEqualTo(data);
            }
        }
        return taken;
    }

    private static @Nullable Struct accepted(UnaryOperator<Struct> direction, Struct value) {
        try {
            return direction.apply(value);
        } catch (DataException e) {
            return null;
        }
    }

    private static Struct generated(Schema schema, String key, Random random) {
        Struct struct = new Struct(schema).put(key, 7L);
        for (Field field : schema.fields()) {
            if (!field.name().equals(key)) {
                struct.put(field, random.nextInt(5) == 0 ? null : value(field.schema(), random));
            }
        }
        return struct;
    }

    private static Object value(Schema schema, Random random) {
        if (Decimal.LOGICAL_NAME.equals(schema.name())) {
            int scale = Integer.parseInt(schema.parameters().get(Decimal.SCALE_FIELD));
            return new BigDecimal(BigInteger.valueOf(random.nextInt(19_999) - 9_999), scale);
        }
        return switch (schema.type()) {
            case BOOLEAN -> random.nextBoolean();
            case INT32 ->
                schema.name() == null
                        ? (Object) (random.nextInt(201) - 100)
                        : new Date((random.nextInt(40_000) - 1_000) * 86_400_000L);
            case INT64 ->
                schema.name() == null
                        ? random.nextInt(20_001) - 10_000L
                        : MICROS_AROUND_A_CHANGE_OF_CLOCKS + (random.nextInt(600) - 300) * 60_000_000L;
            default -> text(random);
        };
    }

    private static String text(Random random) {
        int length = random.nextInt(6);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return text.toString();
    }
}
