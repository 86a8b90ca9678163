package io.tandem.connect.transform;

import io.tandem.connect.transform.ConditionalRule.When;
import io.tandem.connect.transform.CustomRule.Input;
import io.tandem.connect.transform.PositionsRule.Part;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads the rules between columns and scalar fields. Immutable. */
final class ValueRuleReader {

    private static final Set<String> KINDS = names("constant", "join", "split", "positions", "lookup", "class");

    private static final Set<String> SLOT_VALUE =
            names("field", "column", "type", "codes", "format", "zone", "null", "factor");
    private static final Set<String> VALUE = names(
            "field", "column", "type", "codes", "format", "zone", "null", "default", "factor", "when", "readOnly");
    private static final Set<String> CONSTANT_COLUMN = names("column", "constant", "type", "when");
    private static final Set<String> CONSTANT_FIELD = names("field", "constant", "when");
    private static final Set<String> JOIN = names("field", "join", "separator", "when", "readOnly");
    private static final Set<String> SPLIT = names("column", "split", "separator", "when", "readOnly");
    private static final Set<String> POSITIONS = names("column", "positions", "when", "readOnly");
    private static final Set<String> PART = names("field", "length", "codes");
    private static final Set<String> LOOKUP = names("column", "lookup", "fields", "type", "when", "readOnly");
    private static final Set<String> CUSTOM = names("class", "columns", "fields", "options", "when", "readOnly");
    private static final Set<String> INPUT = names("column", "type");
    private static final Set<String> WHEN_IS = names("column", "is", "in");

    private static final int MAX_POSITIONS = 100_000;
    private static final int MAX_FACTOR_DIGITS = 50;

    private final Map<String, LookupTable> tables;

    /** @param tables the tables of the document, by name */
    ValueRuleReader(Map<String, LookupTable> tables) {
        this.tables = Map.copyOf(tables);
    }

    private static Set<String> names(String... names) {
        return new LinkedHashSet<>(List.of(names));
    }

    /** True for the members of a rule that can't be of another kind than those that are read here. */
    static boolean reads(Set<String> members) {
        return members.stream().anyMatch(KINDS::contains);
    }

    /** A value rule, or one that {@link #reads} says. */
    Rule read(JsonPlace place) {
        List<String> kinds = place.members().stream().filter(KINDS::contains).toList();
        if (kinds.size() > 1) {
            throw place.error("expected at most one of the members \"" + String.join("\", \"", KINDS) + "\"");
        }
        Rule rule = switch (kinds.isEmpty() ? "" : kinds.get(0)) {
            case "constant" -> constant(place);
            case "join" -> join(place);
            case "split" -> split(place);
            case "positions" -> positions(place);
            case "lookup" -> lookup(place);
            case "class" -> custom(place);
            default -> value(place, VALUE);
        };
        boolean readOnly = place.optional("readOnly").map(JsonPlace::bool).orElse(false);
        if (readOnly && place.has("when")) {
            throw place.error("\"readOnly\" can't be combined with \"when\"");
        }
        if (readOnly) {
            return new ReadOnlyRule(rule);
        }
        return place.optional("when")
                .<Rule>map(when -> new ConditionalRule(when(when), rule))
                .orElse(rule);
    }

    /** A value rule of a slot. */
    ValueRule slotValue(JsonPlace place) {
        for (String name : List.of("default", "when", "readOnly")) {
            if (place.has(name)) {
                throw place.member(name)
                        .error("is not possible in a slot, which holds no element if all its columns are NULL");
            }
        }
        return value(place, SLOT_VALUE);
    }

    private ValueRule value(JsonPlace place, Set<String> members) {
        place.allowOnly("a value rule", members);
        if (place.has("codes") && (place.has("format") || place.has("zone"))) {
            throw place.error("\"codes\" can't be combined with \"format\" or \"zone\"");
        }
        if (place.has("factor") && (place.has("codes") || place.has("format") || place.has("zone"))) {
            throw place.error("\"factor\" can't be combined with \"codes\", \"format\" or \"zone\"");
        }
        return new ValueRule(
                place.member("field").text(),
                place.member("column").text(),
                place.optional("type").map(ValueRuleReader::type).orElse(null),
                place.optional("codes").map(this::codes).orElse(Map.of()),
                place.optional("format").map(JsonPlace::text).orElse(null),
                place.optional("zone").map(ValueRuleReader::zone).orElse(null),
                place.optional("null").map(JsonPlace::anyText).orElse(null),
                place.optional("default").map(JsonPlace::literal).orElse(null),
                place.optional("factor").map(ValueRuleReader::factor).orElse(null));
    }

    private static Rule constant(JsonPlace place) {
        if (place.has("column") == place.has("field")) {
            throw place.error("expected \"constant\" with either \"column\" or \"field\"");
        }
        Literal constant = place.member("constant").literal();
        if (place.has("field")) {
            place.allowOnly("the constant of a field", CONSTANT_FIELD);
            return new ConstantFieldRule(place.member("field").text(), constant);
        }
        place.allowOnly("the constant of a column", CONSTANT_COLUMN);
        return new ConstantColumnRule(
                place.member("column").text(),
                constant,
                place.optional("type").map(ValueRuleReader::type).orElse(null));
    }

    private static Rule join(JsonPlace place) {
        place.allowOnly("a join rule", JOIN);
        return new JoinRule(
                place.member("field").text(),
                several(place.member("join")),
                place.member("separator").text());
    }

    private static Rule split(JsonPlace place) {
        place.allowOnly("a split rule", SPLIT);
        return new SplitRule(
                place.member("column").text(),
                several(place.member("split")),
                place.member("separator").text());
    }

    private static List<String> several(JsonPlace place) {
        List<String> texts = place.texts();
        if (texts.size() < 2) {
            throw place.error("expected at least two names");
        }
        return texts;
    }

    private Rule positions(JsonPlace place) {
        place.allowOnly("a positions rule", POSITIONS);
        List<Part> parts = new ArrayList<>();
        for (JsonPlace part : place.member("positions").items()) {
            part.allowOnly("a part of a positions rule", PART);
            int length = part.member("length").integer(1, MAX_POSITIONS);
            parts.add(new Part(
                    part.member("field").text(),
                    length,
                    part.optional("codes")
                            .map(codes -> partCodes(codes, length))
                            .orElse(Map.of())));
        }
        return new PositionsRule(place.member("column").text(), parts);
    }

    /** The codes without trailing blanks, as they are when the filling is gone. */
    private Map<String, Literal> partCodes(JsonPlace place, int length) {
        Map<String, Literal> stripped = new LinkedHashMap<>();
        codes(place).forEach((code, value) -> {
            String text = PositionsForm.stripped(code);
            if (code.codePointCount(0, code.length()) > length) {
                throw place.error("the code \"" + code + "\" is longer than the " + length + " positions of its part");
            }
            if (stripped.put(text, value) != null) {
                throw place.error("the code \"" + text + "\" is given twice; blanks at the end don't count");
            }
        });
        return stripped;
    }

    private Rule lookup(JsonPlace place) {
        place.allowOnly("a lookup rule", LOOKUP);
        LookupTable table = table(place.member("lookup"));
        List<String> fields = place.member("fields").texts();
        if (fields.size() != table.width()) {
            throw place.member("fields")
                    .error("expected " + table.width() + " names, as many as the table " + table.name()
                            + " has values for each code");
        }
        return new LookupRule(
                place.member("column").text(),
                table,
                fields,
                place.optional("type").map(ValueRuleReader::type).orElse(null));
    }

    private static Rule custom(JsonPlace place) {
        place.allowOnly("a class rule", CUSTOM);
        List<Input> inputs = place.member("columns").items().stream()
                .map(ValueRuleReader::input)
                .toList();
        return new CustomRule(
                place.member("class").text(),
                inputs,
                place.member("fields").texts(),
                place.optional("options").map(JsonPlace::values).orElse(Map.of()));
    }

    private static Input input(JsonPlace place) {
        LocalType text = LocalType.of("string").orElseThrow();
        if (!place.node().isObject()) {
            return new Input(place.text(), text);
        }
        place.allowOnly("a column", INPUT);
        return new Input(
                place.member("column").text(),
                place.optional("type").map(ValueRuleReader::type).orElse(text));
    }

    private static When when(JsonPlace place) {
        place.allowOnly("a condition", WHEN_IS);
        if (place.has("is") == place.has("in")) {
            throw place.error("expected either \"is\" or \"in\"");
        }
        List<Literal> values = place.has("is")
                ? List.of(place.member("is").literal())
                : place.member("in").items().stream().map(JsonPlace::literal).toList();
        if (new HashSet<>(values).size() != values.size()) {
            throw place.member("in").error("expected every value once");
        }
        return new When(place.member("column").text(), values);
    }

    private static LocalType type(JsonPlace place) {
        return LocalType.of(place.text()).orElseThrow(() -> place.error("expected " + LocalType.EXPECTED));
    }

    /** Codes as written, or those of a table of that name. */
    private Map<String, Literal> codes(JsonPlace place) {
        if (place.node().isTextual()) {
            LookupTable table = table(place);
            if (table.width() != 1) {
                throw place.error("the table " + table.name() + " has " + table.width()
                        + " values for each code, but codes have one");
            }
            return table.codes();
        }
        Map<String, Literal> codes = place.literals();
        Collection<Literal> canonical = codes.values();
        if (Set.copyOf(canonical).size() != codes.size()) {
            throw place.error("expected codes that are one-to-one; two of them have the same canonical value");
        }
        return codes;
    }

    private LookupTable table(JsonPlace place) {
        LookupTable table = tables.get(place.text());
        if (table == null) {
            throw place.error("the document has no table " + place.text() + "; expected a name in \"tables\"");
        }
        return table;
    }

    private static ZoneId zone(JsonPlace place) {
        try {
            return ZoneId.of(place.text());
        } catch (DateTimeException e) {
            throw place.error("expected a time zone like UTC or Europe/Zurich");
        }
    }

    private static BigDecimal factor(JsonPlace place) {
        try {
            BigDecimal factor = place.node().isNumber() ? place.node().decimalValue() : new BigDecimal(place.text());
            boolean reasonable =
                    factor.precision() <= MAX_FACTOR_DIGITS && Math.abs(factor.scale()) <= MAX_FACTOR_DIGITS;
            if (factor.signum() != 0 && reasonable) {
                return factor;
            }
        } catch (NumberFormatException e) {
            // the same answer as for 0
        }
        throw place.error("expected a number other than 0, like \"0.01\", of at most " + MAX_FACTOR_DIGITS + " digits");
    }
}
