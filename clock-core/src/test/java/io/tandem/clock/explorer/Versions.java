package io.tandem.clock.explorer;

import io.tandem.clock.Decision;
import io.tandem.clock.Version;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Gives versions small numbers and remembers what the production code decided about each pair of them. It is asked once
 * for every pair that is ever met; remembering is sound since a decision depends on nothing but the two versions.
 *
 * <p>Not thread-safe.
 */
final class Versions {

    /** The id of {@link Version#UNCLOCKED}. */
    static final int UNCLOCKED = 0;

    /**
     * A decision.
     *
     * @param version the id of the version afterwards
     */
    record Judgement(Decision decision, int version) {}

    private final Rules rules;
    private final Map<Version, Integer> ids = new HashMap<>();
    private final List<Version> all = new ArrayList<>();
    private @Nullable Judgement[][] judgements = new @Nullable Judgement[64][];

    Versions(Rules rules) {
        this.rules = rules;
        id(Version.UNCLOCKED);
    }

    int id(Version version) {
        Integer known = ids.get(version);
        if (known != null) {
            return known;
        }
        if (all.size() > Short.MAX_VALUE) {
            throw new IllegalStateException("the world has too many versions; make its bounds smaller");
        }
        all.add(version);
        ids.put(version, all.size() - 1);
        return all.size() - 1;
    }

    Version get(int id) {
        return all.get(id);
    }

    Judgement reconcile(int stored, int incoming) {
        if (stored >= judgements.length) {
            judgements = Arrays.copyOf(judgements, Math.max(stored + 1, judgements.length * 2));
        }
        @Nullable Judgement[] row = judgements[stored];
        if (row == null || incoming >= row.length) {
            int length = Math.max(incoming + 1, row == null ? 16 : row.length * 2);
            row = row == null ? new @Nullable Judgement[length] : Arrays.copyOf(row, length);
            judgements[stored] = row;
        }
        Judgement known = row[incoming];
        if (known == null) {
            Decision decision = rules.reconcile(get(stored), get(incoming));
            known = new Judgement(decision, id(decision.version(get(stored), get(incoming))));
            row[incoming] = known;
        }
        return known;
    }
}
