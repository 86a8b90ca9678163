package io.tandem.connect.transform;

import io.tandem.connect.transform.ConditionalLens.Branch;
import io.tandem.connect.transform.ConditionalRule.When;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.connect.errors.DataException;

/** Makes the lenses of the conditional rules of one level. For one compilation; not thread-safe. */
final class ConditionCompiler {

    private final LensCompiler level;
    private final Map<String, Subject> subjects = new HashMap<>();
    private final Map<String, List<Placed>> rules = new LinkedHashMap<>();

    ConditionCompiler(LensCompiler level) {
        this.level = level;
    }

    private record Subject(String field, ValueLens lens) {}

    private record Placed(String place, ConditionalRule rule) {}

    /** Tells of a value rule without a condition, which others may depend on. */
    void subject(ValueRule rule, ValueLens lens) {
        subjects.put(rule.column(), new Subject(rule.field(), lens));
    }

    void add(String place, ConditionalRule rule) {
        rules.computeIfAbsent(rule.when().column(), column -> new ArrayList<>()).add(new Placed(place, rule));
    }

    /** One lens for each column that rules depend on; they must run behind the lenses of those columns. */
    List<Lens> lenses() {
        List<Lens> lenses = new ArrayList<>();
        rules.forEach((column, placed) -> lenses.add(lens(column, placed)));
        return lenses;
    }

    private Lens lens(String column, List<Placed> placed) {
        String first = placed.get(0).place();
        Subject subject = subjects.get(column);
        if (subject == null) {
            throw JsonPlace.error(
                    first + ".when.column",
                    column + " must have a value rule of its own, without \"when\" and \"readOnly\", in the same list");
        }
        List<Branch> branches = new ArrayList<>();
        Map<String, Set<Object>> used = new HashMap<>();
        for (Placed one : placed) {
            branches.add(branch(one.place(), one.rule(), subject, used));
        }
        ConditionalLens lens =
                new ConditionalLens(subject.field(), column, subject.lens().type(), branches);
        try {
            // for trial: the types of columns that rules share are known now
            lens.fromCanonical(level.level(), new LocalShape("trial"));
        } catch (DataException e) {
            throw JsonPlace.error(first, String.valueOf(e.getMessage()));
        }
        return lens;
    }

    /** @param used the values with which the columns are in use by the branches so far */
    private Branch branch(String place, ConditionalRule rule, Subject subject, Map<String, Set<Object>> used) {
        Set<Object> values = values(place + ".when", rule.when(), subject.lens());
        Set<String> columns = new HashSet<>();
        Lens lens = level.alone(columns).lens(place, rule.rule());
        for (String column : rule.columns()) {
            Set<Object> others = used.get(column);
            if (others == null) {
                level.claimColumn(place, column);
                used.put(column, new HashSet<>(values));
            } else if (Collections.disjoint(others, values)) {
                others.addAll(values);
            } else {
                throw JsonPlace.error(
                        place + ".when",
                        "the column " + column + " has another rule whose condition does not exclude this one");
            }
        }
        lens.fields().forEach(field -> requireOptional(place, field));
        return new Branch(values, lens, rule.columns());
    }

    private static Set<Object> values(String place, When when, ValueLens lens) {
        Set<Object> values = new HashSet<>();
        for (Literal literal : when.values()) {
            try {
                values.add(lens.canonical(literal));
            } catch (DataException e) {
                throw JsonPlace.error(
                        place,
                        "the column " + when.column() + " can't have the value " + literal.value() + ": it "
                                + e.getMessage());
            }
        }
        return values;
    }

    private void requireOptional(String place, String field) {
        if (!level.leaf(place, field).optional()) {
            throw JsonPlace.error(
                    place + ".when",
                    "the canonical field " + level.prefix() + field
                            + " is required, but it is null where the rule does "
                            + "not apply; make the field optional or leave the condition out");
        }
    }
}
