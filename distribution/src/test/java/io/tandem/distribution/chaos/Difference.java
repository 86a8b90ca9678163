package io.tandem.distribution.chaos;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A row or a version that is not the same on both masters.
 *
 * @param register the row; for a version the root
 * @param fields what differs: names of fields, or that one side has none
 * @param values what both sides show, for a file that only those read who look for the cause
 */
record Difference(Register register, String fields, String values) {

    /** Compares everything that two masters show. */
    static List<Difference> between(Shown legacy, Shown modern) {
        List<Difference> differences = new ArrayList<>();
        compare("row", legacy.rows(), modern.rows(), differences);
        compare("version", legacy.versions(), modern.versions(), differences);
        return differences;
    }

    private static void compare(
            String what,
            SortedMap<Register, Map<String, String>> legacy,
            SortedMap<Register, Map<String, String>> modern,
            List<Difference> differences) {
        Set<Register> registers = new TreeSet<>(legacy.keySet());
        registers.addAll(modern.keySet());
        for (Register register : registers) {
            Map<String, String> one = legacy.get(register);
            Map<String, String> other = modern.get(register);
            if (!Objects.equals(one, other)) {
                differences.add(new Difference(
                        register, fields(what, one, other), what + ": legacy " + one + ", modern " + other));
            }
        }
    }

    private static String fields(String what, @Nullable Map<String, String> one, @Nullable Map<String, String> other) {
        if (one == null || other == null) {
            return "no " + what + " on " + (one == null ? "legacy" : "modern");
        }
        Set<String> names = new TreeSet<>(one.keySet());
        names.addAll(other.keySet());
        names.removeIf(name -> Objects.equals(one.get(name), other.get(name)));
        return what + ": " + String.join(", ", names);
    }
}
