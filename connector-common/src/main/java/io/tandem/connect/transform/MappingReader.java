package io.tandem.connect.transform;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
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

    private static final Set<String> DOCUMENT = names("aggregate", "master", "absent", "fields", "tables", "$schema");

    private final ValueRuleReader values;

    private MappingReader(ValueRuleReader values) {
        this.values = values;
    }

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
        document.optional("$schema").ifPresent(JsonPlace::text);
        Map<String, LookupTable> tables =
                document.optional("tables").map(TablesReader::read).orElse(Map.of());
        return new Mapping(
                document.member("aggregate").text(),
                document.member("master").text(),
                StructureReader.absent(document),
                new MappingReader(new ValueRuleReader(tables)).rules(document));
    }

    private List<Rule> rules(JsonPlace parent) {
        List<Rule> rules = new ArrayList<>();
        Problems problems = new Problems();
        for (JsonPlace item : parent.member("fields").items()) {
            problems.collect(() -> rules.add(rule(item)));
        }
        problems.throwIfAny();
        return rules;
    }

    private Rule rule(JsonPlace place) {
        Set<String> members = place.members();
        if (ValueRuleReader.reads(members)) {
            return values.read(place);
        }
        long kinds = members.stream()
                .filter(Set.of("column", "table", "repeated", "extension")::contains)
                .count();
        if (kinds != 1) {
            throw place.error("expected exactly one of the members \"column\", \"table\", \"repeated\", \"extension\"");
        }
        if (members.contains("extension")) {
            return StructureReader.extension(place, this::rules);
        }
        if (members.contains("repeated")) {
            return StructureReader.repeated(place, values::slotValue);
        }
        if (members.contains("table")) {
            return StructureReader.table(place, this::rules);
        }
        return members.contains("separator") ? StructureReader.separated(place) : values.read(place);
    }
}
