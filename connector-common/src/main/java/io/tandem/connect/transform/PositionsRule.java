package io.tandem.connect.transform;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One column whose text is made of parts of fixed width ↔ several canonical fields. Immutable.
 *
 * @param column the local column
 * @param positions the parts, from the left
 */
public record PositionsRule(String column, List<Part> positions) implements Rule {

    public PositionsRule {
        positions = List.copyOf(positions);
    }

    @Override
    public List<String> columns() {
        return List.of(column);
    }

    /**
     * A part of the text.
     *
     * @param field the canonical field, a dotted path
     * @param length how many characters it takes
     * @param codes local → canonical, without trailing blanks; empty if the part is no code
     */
    public record Part(String field, int length, Map<String, Literal> codes) {

        public Part {
            codes = Collections.unmodifiableMap(new LinkedHashMap<>(codes));
        }
    }
}
