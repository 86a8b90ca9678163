package io.tandem.benchmarks.core;

import io.tandem.clock.LocalWrite;
import io.tandem.clock.VectorClock;
import io.tandem.clock.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Versions that arrive at the master {@code modern}, each with the one that is stored there: all of a kind, with counters
 * and times that differ. No two share the text of a master's id, since in a sink one comes from a record and the other
 * from the database. For one thread.
 */
final class Arrivals {

    /** The masters, in the order of their rank. */
    static final List<String> MASTERS = List.of("legacy", "modern");

    /** The receiving master. */
    static final String SELF = MASTERS.get(1);

    /** How many there are. */
    static final int COUNT = 1024;

    private static final String PEER = MASTERS.get(0);
    private static final int NEW_ONE_OF = 8;
    private static final int COUNTER_BOUND = 1000;
    private static final long EPOCH = 1_700_000_000_000_000L;
    private static final int MICROS_BOUND = 1_000_000_000;

    private final List<Arrival> all;
    private int next;

    /**
     * A version that arrives.
     *
     * @param stored what is there
     */
    record Arrival(Version stored, Version incoming) {}

    private Arrivals(Function<Random, Arrival> kind) {
        // the same in all runs
        Random random = new Random(1);
        List<Arrival> made = new ArrayList<>(COUNT);
        for (int i = 0; i < COUNT; i++) {
            Arrival arrival = kind.apply(random);
            made.add(new Arrival(copy(arrival.stored()), copy(arrival.incoming())));
        }
        this.all = List.copyOf(made);
    }

    /** The peer has written on; one of eight is new here. */
    static Arrivals newer() {
        return new Arrivals(random -> {
            Version stored = random.nextInt(NEW_ONE_OF) == 0 ? Version.UNCLOCKED : some(random);
            return new Arrival(stored, after(stored, PEER, random));
        });
    }

    /** This master has written over what arrives. */
    static Arrivals older() {
        return new Arrivals(random -> {
            Version incoming = some(random);
            return new Arrival(after(incoming, SELF, random), incoming);
        });
    }

    /** What arrives is here. */
    static Arrivals again() {
        return new Arrivals(random -> {
            Version version = some(random);
            return new Arrival(version, version);
        });
    }

    /** Both masters have written; either may be later. */
    static Arrivals concurrent() {
        return new Arrivals(random -> {
            Version known = some(random);
            return new Arrival(after(known, SELF, random), after(known, PEER, random));
        });
    }

    /** The next one; after the last the first. */
    Arrival next() {
        next = (next + 1) % COUNT;
        return all.get(next);
    }

    private static Version some(Random random) {
        VectorClock clock = VectorClock.of(Map.of(PEER, counter(random), SELF, counter(random)));
        return new Version(clock, EPOCH + random.nextInt(MICROS_BOUND), MASTERS.get(random.nextInt(2)));
    }

    private static long counter(Random random) {
        return 1L + random.nextInt(COUNTER_BOUND);
    }

    private static Version after(Version previous, String writer, Random random) {
        return LocalWrite.after(previous, writer, EPOCH + MICROS_BOUND + random.nextInt(MICROS_BOUND));
    }

    private static Version copy(Version version) {
        SortedMap<String, Long> counters = new TreeMap<>();
        version.clock().toMap().forEach((master, counter) -> counters.put(copy(master), counter));
        return new Version(VectorClock.of(counters), version.timestampMicros(), copy(version.writer()));
    }

    private static String copy(String text) {
        return String.valueOf(text.toCharArray());
    }
}
