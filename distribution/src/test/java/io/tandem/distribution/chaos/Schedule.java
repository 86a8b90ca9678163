package io.tandem.distribution.chaos;

import io.tandem.distribution.chaos.Strike.Fault;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * The endless order of faults that a seed stands for. All kinds occur equally often: each once, in changing order, before
 * any occurs again as the first fault of a strike. For one thread.
 */
final class Schedule implements Iterator<Strike> {

    /** One strike of so many has a second fault. */
    private static final int OVERLAPS_ONE_OF = 3;

    private final Random random;
    private final List<FaultKind> kinds;
    private final long longestHoldMillis;
    private final List<FaultKind> next = new ArrayList<>();

    /**
     * @param kinds what may go wrong
     * @param longestHoldMillis how long a fault lasts at most, before it is healed
     */
    Schedule(long seed, List<FaultKind> kinds, long longestHoldMillis) {
        this.random = new Random(seed);
        this.kinds = List.copyOf(kinds);
        this.longestHoldMillis = longestHoldMillis;
    }

    @Override
    public boolean hasNext() {
        return true;
    }

    @Override
    public Strike next() {
        if (next.isEmpty()) {
            next.addAll(kinds);
            Collections.shuffle(next, random);
        }
        Fault first = new Fault(next.remove(0), random.nextLong());
        long hold = longestHoldMillis / 4 + random.nextLong(1 + longestHoldMillis * 3 / 4);
        long offset = random.nextLong(1 + longestHoldMillis / 2);
        boolean order = random.nextBoolean();
        long calm = random.nextLong(1 + longestHoldMillis / 2);
        return new Strike(first, second(first), offset, hold, order, calm);
    }

    private @Nullable Fault second(Fault first) {
        List<FaultKind> joining = kinds.stream()
                .filter(kind -> kind.joins() && kind != first.kind())
                .toList();
        boolean overlaps = random.nextInt(OVERLAPS_ONE_OF) == 0;
        Fault second =
                joining.isEmpty() ? null : new Fault(joining.get(random.nextInt(joining.size())), random.nextLong());
        return overlaps ? second : null;
    }
}
