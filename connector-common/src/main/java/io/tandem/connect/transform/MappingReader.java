package io.tandem.connect.transform;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tandem.connect.transform.RepeatedRule.Slot;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.config.ConfigException;

/** Reads the JSON of a mapping document. */
final class MappingReader {

    private static final ObjectReader READER = JsonMapper.builder()
            // a code given twice would otherwise win by its position
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build()
            .readerFor(JsonNode.class);

    private static final Set<String> DOCUMENT = names("aggregate", "master", "fields");
    private static final Set<String> VALUE = names("field", "column", "type", "codes", "format", "zone", "null");
    private static final Set<String> TABLE = names("field", "table", "fields");
    private static final Set<String> REPEATED = names("field", "repeated");
    private static final Set<String> SLOT = names("where", "fields");

    private MappingReader() {}

    private static Set<String> names(String... names) {
        return new LinkedHashSet<>(List.of(names));
    }

    static Mapping read(String json) {
        JsonNode node;
        try {
            node = READER.readTree(json);
        } catch (JsonProcessingException e) {
            throw new ConfigException("mapping: not a JSON document: " + e.getOriginalMessage()
                    + (e.getLocation() == null ? "" : " at " + e.getLocation().offsetDescription()));
        }
        JsonPlace document = new JsonPlace("", node);
        document.allowOnly("a mapping", DOCUMENT);
        return new Mapping(
                document.member("aggregate").text(), document.member("master").text(), rules(document, true));
    }

    private static List<Rule> rules(JsonPlace parent, boolean root) {
        List<Rule> rules = new ArrayList<>();
        for (JsonPlace item : parent.member("fields").items()) {
            rules.add(rule(item, root));
        }
        return rules;
    }

    private static Rule rule(JsonPlace place, boolean root) {
        Set<String> members = place.members();
        long kinds = members.stream()
                .filter(Set.of("column", "table", "repeated")::contains)
                .count();
        if (kinds != 1) {
            throw place.error("expected exactly one of the members \"column\", \"table\", \"repeated\"");
        }
        String field = place.member("field").text();
        if (members.contains("column")) {
            return value(place);
        }
        if (members.contains("repeated")) {
            place.allowOnly("a repeated rule", REPEATED);
            return new RepeatedRule(
                    field,
                    place.member("repeated").items().stream()
                            .map(MappingReader::slot)
                            .toList());
        }
        if (!root) {
            throw place.error("child tables of child tables are not supported");
        }
        place.allowOnly("a table rule", TABLE);
        return new TableRule(field, place.member("table").text(), rules(place, false));
    }

    private static Slot slot(JsonPlace place) {
        place.allowOnly("a slot", SLOT);
        Map<String, Literal> where = place.member("where").literals();
        List<ValueRule> fields = place.member("fields").items().stream()
                .map(MappingReader::value)
                .toList();
        return new Slot(where, fields);
    }

    private static ValueRule value(JsonPlace place) {
        place.allowOnly("a value rule", VALUE);
        if (place.has("codes") && (place.has("format") || place.has("zone"))) {
            throw place.error("\"codes\" can't be combined with \"format\" or \"zone\"");
        }
        return new ValueRule(
                place.member("field").text(),
                place.member("column").text(),
                place.optional("type").map(MappingReader::type).orElse(null),
                place.optional("codes").map(MappingReader::codes).orElse(Map.of()),
                place.optional("format").map(JsonPlace::text).orElse(null),
                place.optional("zone").map(MappingReader::zone).orElse(null),
                place.optional("null").map(JsonPlace::anyText).orElse(null));
    }

    private static LocalType type(JsonPlace place) {
        return LocalType.of(place.text()).orElseThrow(() -> place.error("expected " + LocalType.EXPECTED));
    }

    private static Map<String, Literal> codes(JsonPlace place) {
        Map<String, Literal> codes = place.literals();
        Collection<Literal> canonical = codes.values();
        if (Set.copyOf(canonical).size() != codes.size()) {
            throw place.error("expected codes that are one-to-one; two of them have the same canonical value");
        }
        return codes;
    }

    private static ZoneId zone(JsonPlace place) {
        try {
            return ZoneId.of(place.text());
        } catch (DateTimeException e) {
            throw place.error("expected a time zone like UTC or Europe/Zurich");
        }
    }
}
