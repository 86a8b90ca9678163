package io.tandem.clock.conformance;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One question and the answer that every implementation has to give.
 *
 * @param id unique, starts with the kind
 * @param kind which function is asked
 * @param input its arguments
 * @param expect what the core answers
 */
record Vector(String id, String kind, Map<String, @Nullable Object> input, Map<String, @Nullable Object> expect) {

    static Vector of(
            String kind, String name, Map<String, @Nullable Object> input, Map<String, @Nullable Object> expect) {
        return new Vector(kind + ": " + name, kind, input, expect);
    }

    /** The vector as one line of the file. */
    String line() {
        Map<String, @Nullable Object> all = new LinkedHashMap<>();
        all.put("id", id);
        all.put("kind", kind);
        all.putAll(input);
        all.put("expect", expect);
        return Json.text(all);
    }
}
