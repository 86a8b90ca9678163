package io.tandem.connect.transform;

import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One column ↔ one canonical field. Immutable.
 *
 * @param field the canonical field, a dotted path
 * @param column the local column
 * @param type the local type on the way back, null for the one that follows from the rest of the rule
 * @param codes local → canonical, empty if the value is no code
 * @param format the pattern of a date or time kept as text, null if it isn't
 * @param zone the zone of a local date and time that stands for an instant, null if it doesn't
 * @param nullText the local value, as text, that means null; null if only NULL does. NULL is read as null in any case,
 *     written is only this value
 * @param fallback the canonical value as which NULL is read, null if NULL is read as null
 * @param factor what a local number is multiplied by to be the canonical one, null if it is the same
 */
public record ValueRule(
        String field,
        String column,
        @Nullable LocalType type,
        Map<String, Literal> codes,
        @Nullable String format,
        @Nullable ZoneId zone,
        @Nullable String nullText,
        @Nullable Literal fallback,
        @Nullable BigDecimal factor)
        implements Rule {

    public ValueRule {
        // keeps the document's order, which Map.copyOf doesn't
        codes = Collections.unmodifiableMap(new LinkedHashMap<>(codes));
    }

    @Override
    public List<String> columns() {
        return List.of(column);
    }

    /** True if the value itself travels, at most in another type. */
    boolean isPlain() {
        return codes.isEmpty()
                && format == null
                && zone == null
                && nullText == null
                && fallback == null
                && factor == null;
    }
}
