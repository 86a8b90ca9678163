package io.tandem.connect.transform;

import static java.util.Objects.requireNonNull;

import io.tandem.connect.record.DecimalType;
import io.tandem.connect.record.SemanticTypes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes.Decimal;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.data.Date;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Timestamp;
import org.jspecify.annotations.Nullable;

/** Translates an Avro schema into a Connect schema. For one schema only; not thread-safe. */
final class AvroReader {

    private static final String KEY = "key";
    private static final String MAX_LENGTH = "maxLength";

    private static final String SUPPORTED = "supported are records, arrays, [\"null\", T], string, int, long, float, "
            + "double, boolean, bytes, enum, decimal (bytes), date, timestamp-millis, timestamp-micros, "
            + "local-timestamp-micros, time-micros and uuid";

    private final Map<String, List<String>> orders = new HashMap<>();
    private final Map<String, Set<String>> symbols = new HashMap<>();
    private final Map<String, Integer> maxLengths = new HashMap<>();
    private final Deque<String> open = new ArrayDeque<>();

    CanonicalSchema read(String avsc) {
        org.apache.avro.Schema avro;
        try {
            avro = new org.apache.avro.Schema.Parser().parse(avsc);
        } catch (AvroRuntimeException e) {
            throw new ConfigException("schema: not an Avro schema: " + e.getMessage());
        }
        if (avro.getType() != org.apache.avro.Schema.Type.RECORD) {
            throw error("", "expected a record");
        }
        Schema data = record("", avro).optional().build();
        List<String> key = names("", avro.getObjectProp(KEY));
        if (key.isEmpty()) {
            throw error("", "expected a property \"key\": the names of the fields that identify the aggregate");
        }
        SchemaBuilder keySchema = SchemaBuilder.struct().name(data.name() + "Key");
        for (String name : key) {
            keySchema.field(name, keyField("", data, name).schema());
        }
        return new CanonicalSchema(data, keySchema.build(), key, orders, symbols, maxLengths);
    }

    private SchemaBuilder record(String path, org.apache.avro.Schema avro) {
        if (open.contains(avro.getFullName())) {
            throw error(path, "a record within itself is not supported");
        }
        open.push(avro.getFullName());
        SchemaBuilder builder = SchemaBuilder.struct().name(avro.getFullName()).doc(avro.getDoc());
        for (org.apache.avro.Schema.Field field : avro.getFields()) {
            builder.field(field.name(), field(join(path, field.name()), field));
        }
        open.pop();
        return builder;
    }

    private Schema field(String path, org.apache.avro.Schema.Field field) {
        org.apache.avro.Schema type = field.schema();
        boolean optional = type.getType() == org.apache.avro.Schema.Type.UNION;
        SchemaBuilder builder = type(path, optional ? present(path, type) : type);
        if (builder.doc() == null && field.doc() != null) {
            builder.doc(field.doc());
        }
        if (optional) {
            builder.optional();
        }
        Object fallback = AvroDefaults.of(field, builder);
        if (fallback == AvroDefaults.UNSUPPORTED) {
            throw error(path, "a default of this type is not supported");
        }
        if (fallback != null) {
            if (optional) {
                throw error(path, "a field that may be null can have no default but null: Connect reads null as it");
            }
            builder.defaultValue(fallback);
        }
        return builder.build();
    }

    private static org.apache.avro.Schema present(String path, org.apache.avro.Schema union) {
        List<org.apache.avro.Schema> types = union.getTypes();
        boolean pair = types.size() == 2 && union.isNullable();
        if (!pair) {
            throw error(path, "a union other than [\"null\", T] is not supported");
        }
        return types.get(types.get(0).getType() == org.apache.avro.Schema.Type.NULL ? 1 : 0);
    }

    private SchemaBuilder type(String path, org.apache.avro.Schema avro) {
        maxLength(path, avro);
        LogicalType logical = avro.getLogicalType();
        String logicalName = avro.getProp(LogicalType.LOGICAL_TYPE_PROP);
        if (logicalName != null) {
            return logical(path, avro, logical);
        }
        return switch (avro.getType()) {
            case RECORD -> record(path, avro);
            case ARRAY -> array(path, avro);
            case STRING -> SchemaBuilder.string();
            case ENUM -> {
                symbols.put(path, Set.copyOf(avro.getEnumSymbols()));
                yield SchemaBuilder.string();
            }
            case INT -> SchemaBuilder.int32();
            case LONG -> SchemaBuilder.int64();
            case FLOAT -> SchemaBuilder.float32();
            case DOUBLE -> SchemaBuilder.float64();
            case BOOLEAN -> SchemaBuilder.bool();
            case BYTES -> SchemaBuilder.bytes();
            default -> throw error(path, "the type " + avro.getType().getName() + " is not supported; " + SUPPORTED);
        };
    }

    private void maxLength(String path, org.apache.avro.Schema avro) {
        Object length = avro.getObjectProp(MAX_LENGTH);
        if (length == null) {
            return;
        }
        boolean hasLength = avro.getType() == org.apache.avro.Schema.Type.STRING
                || avro.getType() == org.apache.avro.Schema.Type.BYTES;
        if (!hasLength || !(length instanceof Integer limit) || limit <= 0) {
            throw error(path, "\"maxLength\": expected a whole number above 0, on a string or bytes");
        }
        maxLengths.put(path, limit);
    }

    private static SchemaBuilder logical(String path, org.apache.avro.Schema avro, @Nullable LogicalType logical) {
        String name = avro.getProp(LogicalType.LOGICAL_TYPE_PROP);
        // Avro itself ignores a logical type that it doesn't know or that doesn't go with the type
        if (logical == null) {
            throw error(path, "the logical type " + name + " is unknown or incomplete; " + SUPPORTED);
        }
        boolean bytes = avro.getType() == org.apache.avro.Schema.Type.BYTES;
        boolean string = avro.getType() == org.apache.avro.Schema.Type.STRING;
        if (logical instanceof Decimal decimal && bytes) {
            return new DecimalType(decimal.getPrecision(), decimal.getScale()).schema();
        }
        return switch (string || !name.equals("uuid") ? name : "") {
            case "uuid" -> SchemaBuilder.string();
            case "date" -> Date.builder();
            case "timestamp-millis" -> Timestamp.builder();
            case "timestamp-micros" -> SemanticTypes.int64(SemanticTypes.MICRO_TIMESTAMP);
            case "local-timestamp-micros" -> SemanticTypes.int64(SemanticTypes.LOCAL_MICRO_TIMESTAMP);
            case "time-micros" -> SemanticTypes.int64(SemanticTypes.MICRO_TIME);
            default ->
                throw error(
                        path,
                        "the logical type " + name + " of " + avro.getType().getName() + " is not supported; "
                                + SUPPORTED);
        };
    }

    private SchemaBuilder array(String path, org.apache.avro.Schema avro) {
        org.apache.avro.Schema item = avro.getElementType();
        if (item.getType() == org.apache.avro.Schema.Type.ARRAY) {
            throw error(path, "an array of arrays is not supported");
        }
        if (item.getType() == org.apache.avro.Schema.Type.UNION) {
            return SchemaBuilder.array(optionalItem(path, present(path, item)));
        }
        Schema itemSchema = type(path, item).build();
        if (item.getType() == org.apache.avro.Schema.Type.RECORD) {
            List<String> order = names(path, item.getObjectProp(KEY));
            order.forEach(name -> keyField(path, itemSchema, name));
            orders.put(path, order);
        }
        return SchemaBuilder.array(itemSchema);
    }

    private Schema optionalItem(String path, org.apache.avro.Schema item) {
        if (item.getType() == org.apache.avro.Schema.Type.RECORD
                || item.getType() == org.apache.avro.Schema.Type.ARRAY) {
            throw error(path, "an array of records or arrays that may be null is not supported");
        }
        return type(path, item).optional().build();
    }

    private static List<String> names(String path, @Nullable Object property) {
        if (property == null) {
            return List.of();
        }
        Set<String> names = new LinkedHashSet<>();
        for (Object name : property instanceof List<?> list ? list : List.of()) {
            if (name instanceof String text) {
                names.add(text);
            }
        }
        if (!(property instanceof List<?> list) || names.size() != list.size() || names.isEmpty()) {
            throw error(path, "\"key\": expected an array of field names, each once");
        }
        return new ArrayList<>(names);
    }

    private static Field keyField(String path, Schema record, String name) {
        Field field = record.field(name);
        if (field == null) {
            throw error(path, "\"key\": there is no field " + name);
        }
        Schema schema = requireNonNull(field.schema());
        boolean decimal = org.apache.kafka.connect.data.Decimal.LOGICAL_NAME.equals(schema.name());
        if (schema.isOptional() || !schema.type().isPrimitive() || (schema.type() == Schema.Type.BYTES && !decimal)) {
            throw error(path, "\"key\": the field " + name + " must be a required scalar and not bytes");
        }
        return field;
    }

    private static String join(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    private static ConfigException error(String path, String message) {
        return new ConfigException("schema: " + (path.isEmpty() ? "" : path + ": ") + message);
    }
}
