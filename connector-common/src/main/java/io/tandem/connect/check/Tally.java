package io.tandem.connect.check;

import io.tandem.connect.aggregate.AggregateKey;
import io.tandem.connect.aggregate.TableId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Counts the troubles of a sample's rows, and remembers the first keys of each; its size does not grow with the sample.
 * Used by one thread.
 */
final class Tally {

    private static final int KEYS = 3;
    private static final int KINDS = 50;

    private final TableId root;
    private final Map<Trouble, Concerned> troubles = new LinkedHashMap<>();
    private int rows;
    private int further;

    /** @param root the table whose rows are counted */
    Tally(TableId root) {
        this.root = root;
    }

    /** How many rows have a trouble, and the keys of the first of them. */
    private static final class Concerned {

        private final List<AggregateKey> first = new ArrayList<>();
        private int rows;

        void add(AggregateKey key) {
            rows++;
            if (first.size() < KEYS) {
                first.add(key);
            }
        }

        /** {@code (keys 17, 23, 99, …)}. */
        String keys() {
            return first.stream()
                    .map(AggregateKey::toString)
                    .collect(Collectors.joining(
                            ", ", rows == 1 ? " (key " : " (keys ", rows > first.size() ? ", …)" : ")"));
        }
    }

    /** Counts a row with its troubles, each of which is there once. */
    void add(AggregateKey key, Collection<Trouble> found) {
        rows++;
        boolean left = false;
        for (Trouble trouble : found) {
            if (troubles.containsKey(trouble) || troubles.size() < KINDS) {
                troubles.computeIfAbsent(trouble, kind -> new Concerned()).add(key);
            } else {
                left = true;
            }
        }
        further += left ? 1 : 0;
    }

    /** One finding per trouble, in the order in which they were met. */
    List<Finding> findings() {
        String sample = "of " + rows + (rows == 1 ? " row of " : " rows of ") + root + ", ";
        List<Finding> findings = new ArrayList<>();
        troubles.forEach((trouble, concerned) -> findings.add(Finding.error(
                sample + concerned.rows + " " + trouble.what() + concerned.keys() + "; " + trouble.remedy())));
        if (further > 0) {
            findings.add(Finding.error(
                    sample + further + " have other troubles than these " + KINDS + "; correct these first"));
        }
        return findings;
    }
}
