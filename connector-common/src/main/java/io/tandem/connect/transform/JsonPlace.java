package io.tandem.connect.transform;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/**
 * A value of a mapping document and where it stands, so that every error can name its place. Immutable.
 *
 * @param path the place, like {@code fields[3].codes}; empty for the document itself
 */
record JsonPlace(String path, JsonNode node) {

    private static final int MAX_DIGITS = 1000;
    private static final ObjectMapper PLAIN = new ObjectMapper();
    private static final TypeReference<Map<String, @Nullable Object>> VALUES = new TypeReference<>() {};

    ConfigException error(String message) {
        return error(path, message);
    }

    /** An error at a place of a mapping document. */
    static ConfigException error(String path, String message) {
        return new ConfigException("mapping: " + (path.isEmpty() ? "" : path + ": ") + message);
    }

    /** The names of the members. */
    Set<String> members() {
        if (!node.isObject()) {
            throw error("expected an object");
        }
        Set<String> names = new LinkedHashSet<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }

    /** Refuses members other than these: a misspelt one would be ignored in silence otherwise. */
    void allowOnly(String kind, Set<String> names) {
        for (String member : members()) {
            if (!names.contains(member)) {
                throw error(at(member), "unknown member; " + kind + " has " + String.join(", ", names));
            }
        }
    }

    boolean has(String name) {
        return node.has(name);
    }

    JsonPlace member(String name) {
        if (!members().contains(name)) {
            throw error("expected a member \"" + name + "\"");
        }
        return new JsonPlace(at(name), node.get(name));
    }

    Optional<JsonPlace> optional(String name) {
        return has(name) ? Optional.of(member(name)) : Optional.empty();
    }

    /** The items of an array that has some. */
    List<JsonPlace> items() {
        if (!node.isArray() || node.isEmpty()) {
            throw error("expected an array with at least one item");
        }
        List<JsonPlace> items = new ArrayList<>();
        node.forEach(item -> items.add(new JsonPlace(path + "[" + items.size() + "]", item)));
        return items;
    }

    String text() {
        if (!node.isTextual() || node.textValue().isEmpty()) {
            throw error("expected a text that isn't empty");
        }
        return node.textValue();
    }

    /** A text that may be empty. */
    String anyText() {
        if (!node.isTextual()) {
            throw error("expected a text");
        }
        return node.textValue();
    }

    Literal literal() {
        if (node.isTextual()) {
            return new Literal(node.textValue());
        }
        if (node.isBoolean()) {
            return new Literal(node.booleanValue());
        }
        if (node.isNumber()) {
            return new Literal(number());
        }
        throw error("expected a text, a number, true or false");
    }

    /** The members of an object that has some, as constants. */
    Map<String, Literal> literals() {
        Map<String, Literal> literals = new LinkedHashMap<>();
        for (String name : members()) {
            literals.put(name, member(name).literal());
        }
        if (literals.isEmpty()) {
            throw error("expected an object with at least one member");
        }
        return literals;
    }

    private BigDecimal number() {
        BigDecimal number = node.decimalValue();
        // an exponent like 1e999999999 would take all memory when it is spelled out
        if (Math.abs((long) number.precision() - number.scale()) > MAX_DIGITS || number.scale() > MAX_DIGITS) {
            throw error("expected a number of at most " + MAX_DIGITS + " digits");
        }
        return number.scale() < 0 ? number.setScale(0) : number;
    }

    boolean bool() {
        if (!node.isBoolean()) {
            throw error("expected true or false");
        }
        return node.booleanValue();
    }

    int integer(int min, int max) {
        if (!node.canConvertToInt() || !node.isIntegralNumber() || node.intValue() < min || node.intValue() > max) {
            throw error("expected a whole number from " + min + " to " + max);
        }
        return node.intValue();
    }

    /** The texts of an array that has some. */
    List<String> texts() {
        return items().stream().map(JsonPlace::text).toList();
    }

    /** The members of an object as they are: texts, numbers, booleans, lists and maps of them. */
    Map<String, @Nullable Object> values() {
        members();
        return PLAIN.convertValue(node, VALUES);
    }

    private String at(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
