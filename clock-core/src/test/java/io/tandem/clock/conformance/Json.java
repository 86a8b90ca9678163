package io.tandem.clock.conformance;

import io.tandem.clock.VectorClock;
import io.tandem.clock.Version;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Writes the little JSON that the vectors need, on one line. Numbers are written as strings: many JSON readers take a
 * number for a floating point one, and counters and timestamps use all of their 63 bits.
 */
final class Json {

    private Json() {}

    /** An object whose members stay in the given order: name, value, name, value … */
    static Map<String, @Nullable Object> object(@Nullable Object... members) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        for (int i = 0; i < members.length; i += 2) {
            object.put(String.valueOf(members[i]), members[i + 1]);
        }
        return object;
    }

    static Map<String, @Nullable Object> version(Version version) {
        return object(
                "clock", clock(version.clock()),
                "timestamp", version.timestampMicros(),
                "writer", version.writer());
    }

    static Map<String, @Nullable Object> clock(VectorClock clock) {
        return new LinkedHashMap<>(clock.toMap());
    }

    static String text(@Nullable Object value) {
        if (value == null || value instanceof Boolean) {
            return String.valueOf(value);
        }
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .map(entry -> quoted(entry.getKey()) + ": " + text(entry.getValue()))
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        if (value instanceof List<?> list) {
            return list.stream().map(Json::text).collect(Collectors.joining(", ", "[", "]"));
        }
        return quoted(value);
    }

    private static String quoted(Object value) {
        String text = value.toString();
        if (!text.matches("[ -!#-\\[\\]-~]*")) {
            throw new IllegalArgumentException("the vectors are plain ASCII without quotes, but not this: " + text);
        }
        return '"' + text + '"';
    }
}
