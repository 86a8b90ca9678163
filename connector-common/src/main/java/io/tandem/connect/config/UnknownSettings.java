package io.tandem.connect.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Finds settings that nobody reads. Connect passes over what it does not know, so that a slip of the pen would leave the
 * connector with a default and say nothing. Stateless.
 */
final class UnknownSettings {

    /** What starts like this can only be meant for these connectors. */
    private static final List<String> PREFIXES =
            List.of("aggregate.", "clock.", "conflict.", "connection.", "ledger.", "mapping.", "sink.", "source.");

    // how many letters may differ, in a name that starts like one of ours and in any other one
    private static final int SLIPS_IN_OURS = 3;
    private static final int SLIPS = 2;

    private UnknownSettings() {}

    /**
     * What is wrong, in words, by the name of the setting.
     *
     * @param defined the settings of the connector, without those of single children
     * @param properties the connector's configuration; what belongs to Connect, to converters and transforms is passed over
     */
    static Map<String, String> of(Set<String> defined, Map<String, String> properties) {
        List<String> known = new ArrayList<>(defined);
        known.addAll(AggregateSettings.ofChildren(children(properties)));
        Map<String, String> unknown = new TreeMap<>();
        for (String name : properties.keySet()) {
            if (known.contains(name)) {
                continue;
            }
            boolean ours = PREFIXES.stream().anyMatch(name::startsWith);
            Optional<String> meant = closest(name, known, ours ? SLIPS_IN_OURS : SLIPS);
            if (ours) {
                unknown.put(name, "is no setting of this connector" + remedy(name, meant));
            } else if (meant.isPresent() && meant.get().contains(".")) {
                unknown.put(name, "is no setting of Tandem" + remedy(name, meant));
            }
        }
        return unknown;
    }

    private static List<String> children(Map<String, String> properties) {
        String names = properties.get(AggregateSettings.CHILDREN);
        return names == null ? List.of() : Arrays.asList(names.strip().split("\\s*,\\s*", -1));
    }

    private static String remedy(String name, Optional<String> meant) {
        if (meant.isPresent()) {
            return "; did you mean '" + meant.get() + "'?";
        }
        return name.startsWith(AggregateSettings.CHILDREN + ".")
                ? "; expected " + AggregateSettings.CHILDREN + ".<name>.<what>, where <name> is one of '"
                        + AggregateSettings.CHILDREN + "' and <what> one of "
                        + AggregateSettings.ofChild("").stream()
                                .map(what -> what.substring(1))
                                .toList()
                : "; source and sink have settings that the other one does not know. Take it out, or see the README for "
                        + "the settings that there are";
    }

    private static Optional<String> closest(String name, List<String> known, int most) {
        String lower = name.toLowerCase(Locale.ROOT);
        return known.stream()
                .filter(one -> distance(lower, one.toLowerCase(Locale.ROOT)) <= most)
                .min(Comparator.comparingInt((String one) -> distance(lower, one.toLowerCase(Locale.ROOT)))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** How many letters have to be put in, taken out or replaced to make one name of the other (Levenshtein). */
    private static int distance(String one, String other) {
        int[] row = new int[other.length() + 1];
        Arrays.setAll(row, i -> i);
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int replaced = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[other.length()];
    }
}
