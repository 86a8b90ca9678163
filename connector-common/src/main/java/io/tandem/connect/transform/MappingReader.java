package io.tandem.connect.transform;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
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

    private static final Set<String> DOCUMENT = names("aggregate", "master", "absent", "fields");
    private static final Set<String> VALUE = names("field", "column", "type", "codes", "format", "zone", "null");

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
                document.member("aggregate").text(),
                document.member("master").text(),
                StructureReader.absent(document),
                rules(document));
    }

    private static List<Rule> rules(JsonPlace parent) {
        List<Rule> rules = new ArrayList<>();
        for (JsonPlace item : parent.member("fields").items()) {
            rules.add(rule(item));
        }
        return rules;
    }

    private static Rule rule(JsonPlace place) {
        Set<String> members = place.members();
        long kinds = members.stream()
                .filter(Set.of("column", "table", "repeated", "extension")::contains)
                .count();
        if (kinds != 1) {
            throw place.error("expected exactly one of the members \"column\", \"table\", \"repeated\", \"extension\"");
        }
        if (members.contains("extension")) {
            return StructureReader.extension(place, MappingReader::rules);
        }
        if (members.contains("repeated")) {
            return StructureReader.repeated(place, MappingReader::value);
        }
        if (members.contains("table")) {
            return StructureReader.table(place, MappingReader::rules);
        }
        return members.contains("separator") ? StructureReader.separated(place) : value(place);
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
