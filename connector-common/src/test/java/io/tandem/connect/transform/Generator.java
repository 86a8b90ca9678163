package io.tandem.connect.transform;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/** Makes values of a schema. The same seed makes the same values. Not thread-safe. */
final class Generator {

    private static final String[] TEXTS = {"", "a", "b", "a,b", "ä\"\n", "A", "B", "-"};
    private static final int NUMBERS = 4;
    private static final int MOST_ELEMENTS = 4;
    private static final int NULL_EVERY = 4;

    private final Random random;
    private final Map<String, List<?>> pools;
    private final Map<String, List<String>> keys;

    /**
     * @param pools what a field of this name may be, wherever it is
     * @param keys the fields that tell the elements of a collection of this name apart, and order them
     */
    Generator(long seed, Map<String, List<?>> pools, Map<String, List<String>> keys) {
        this.random = new Random(seed);
        this.pools = pools;
        this.keys = keys;
    }

    /** A struct with a value in every field, and the ID that every test has. */
    Struct struct(Schema schema) {
        Struct struct = new Struct(schema);
        for (Field field : schema.fields()) {
            struct.put(
                    field,
                    field.name().equalsIgnoreCase("id") ? Long.valueOf(7L) : value(field.name(), field.schema()));
        }
        return struct;
    }

    private @Nullable Object value(String name, Schema schema) {
        List<?> pool = pools.get(name);
        if (pool != null) {
            return pool.get(random.nextInt(pool.size()));
        }
        if (schema.isOptional() && random.nextInt(NULL_EVERY) == 0) {
            return null;
        }
        return switch (schema.type()) {
            case STRUCT -> struct(schema);
            case ARRAY -> array(name, schema.valueSchema());
            case STRING -> TEXTS[random.nextInt(TEXTS.length)];
            case BOOLEAN -> random.nextBoolean();
            case INT16 -> (short) random.nextInt(NUMBERS);
            case INT32 -> random.nextInt(NUMBERS);
            case INT64 -> (long) random.nextInt(NUMBERS);
            case BYTES ->
                new BigDecimal(
                        BigInteger.valueOf(random.nextInt(1000)),
                        Integer.parseInt(schema.parameters().get(Decimal.SCALE_FIELD)));
            default -> throw new IllegalArgumentException(schema.type().getName());
        };
    }

    private List<@Nullable Object> array(String name, Schema element) {
        List<@Nullable Object> elements = new ArrayList<>();
        for (int i = random.nextInt(MOST_ELEMENTS); i > 0; i--) {
            elements.add(value(name + "[]", element));
        }
        List<String> key = keys.get(name);
        if (key == null) {
            return elements;
        }
        Map<List<Object>, @Nullable Object> distinct = new LinkedHashMap<>();
        elements.forEach(
                one -> distinct.put(key.stream().map(((Struct) one)::get).toList(), one));
        List<Struct> ordered = new ArrayList<>();
        distinct.values().forEach(one -> ordered.add((Struct) one));
        new ElementOrder(element, key).sort(ordered);
        return new ArrayList<>(ordered);
    }
}
