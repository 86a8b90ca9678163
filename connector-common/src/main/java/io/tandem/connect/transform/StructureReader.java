package io.tandem.connect.transform;

import io.tandem.connect.transform.RepeatedRule.Slot;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Reads the rules about tables, collections and arrays, and the list of absent fields. */
final class StructureReader {

    private static final Set<String> TABLE = names("field", "table", "where", "rows", "none", "fields");
    private static final Set<String> EXTENSION = names("extension", "required", "fields");
    private static final Set<String> REPEATED = names("field", "repeated", "none");
    private static final Set<String> SLOT = names("where", "fields");
    private static final Set<String> SEPARATED = names("field", "column", "separator");

    private StructureReader() {}

    private static Set<String> names(String... names) {
        return new LinkedHashSet<>(List.of(names));
    }

    /** @param rules reads the rules of the rows, given the rule itself */
    static TableRule table(JsonPlace place, Function<JsonPlace, List<Rule>> rules) {
        place.allowOnly("a table rule", TABLE);
        return new TableRule(
                place.member("field").text(),
                place.member("table").text(),
                place.optional("where").map(JsonPlace::literals).orElse(Map.of()),
                place.optional("rows").map(JsonPlace::literals).orElse(Map.of()),
                noneIsNull(place),
                rules.apply(place));
    }

    static ExtensionRule extension(JsonPlace place, Function<JsonPlace, List<Rule>> rules) {
        place.allowOnly("an extension rule", EXTENSION);
        List<Rule> fields = rules.apply(place);
        for (int i = 0; i < fields.size(); i++) {
            Rule rule = fields.get(i);
            if (rule instanceof TableRule || rule instanceof ExtensionRule || rule instanceof RepeatedRule) {
                throw JsonPlace.error(
                        place.path() + ".fields[" + i + "]",
                        "an extension has rules for values only; map child rows and repeated columns beside it");
            }
        }
        return new ExtensionRule(
                place.member("extension").text(),
                place.optional("required").map(StructureReader::flag).orElse(false),
                fields);
    }

    static RepeatedRule repeated(JsonPlace place, Function<JsonPlace, ValueRule> value) {
        place.allowOnly("a repeated rule", REPEATED);
        return new RepeatedRule(
                place.member("field").text(),
                noneIsNull(place),
                place.member("repeated").items().stream()
                        .map(slot -> slot(slot, value))
                        .toList());
    }

    private static Slot slot(JsonPlace place, Function<JsonPlace, ValueRule> value) {
        place.allowOnly("a slot", SLOT);
        Map<String, Literal> where = place.member("where").literals();
        return new Slot(
                where, place.member("fields").items().stream().map(value).toList());
    }

    static SeparatedRule separated(JsonPlace place) {
        place.allowOnly("a rule for an array with a separator", SEPARATED);
        return new SeparatedRule(
                place.member("field").text(),
                place.member("column").text(),
                place.member("separator").text());
    }

    /** The canonical fields that this master does not have. */
    static List<String> absent(JsonPlace document) {
        List<String> paths = new ArrayList<>();
        document.optional("absent").map(JsonPlace::items).orElse(List.of()).forEach(item -> {
            if (paths.contains(item.text())) {
                throw item.error("is listed twice");
            }
            paths.add(item.text());
        });
        return paths;
    }

    private static boolean noneIsNull(JsonPlace place) {
        place.optional("none").filter(none -> !none.anyText().equals("null")).ifPresent(none -> {
            throw none.error("expected the text \"null\": no elements are null, and not an empty array");
        });
        return place.has("none");
    }

    private static boolean flag(JsonPlace place) {
        if (!place.node().isBoolean()) {
            throw place.error("expected true or false");
        }
        return place.node().booleanValue();
    }
}
