package io.tandem.distribution.chaos;

import java.util.Random;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** Which aggregates the applications write: the same on both masters, a few of them again and again. */
final class Keys {

    /** How many positions an aggregate's parts may have, from 1 on. */
    static final int POSITIONS = 4;

    private static final long JOBS = 260;
    private static final long ASSETS = 90;
    private static final int HOT = 6;

    /** Written by one session of one master only, to see when what is written arrives. */
    private static final long FIRST_PROBE = 1001;

    private Keys() {}

    /** Any aggregate; every second time one of the few that are written all the time. */
    static Register root(Random random) {
        boolean job = random.nextInt(3) > 0;
        long keys = job ? JOBS : ASSETS;
        long key = 1 + (random.nextBoolean() ? random.nextInt(HOT) : random.nextLong(keys));
        return Register.root(job ? Kind.JOB : Kind.ASSET, key);
    }

    /** Some aggregates in the order in which they have to be locked. */
    static SortedSet<Register> roots(Random random, int count) {
        SortedSet<Register> roots = new TreeSet<>();
        while (roots.size() < count) {
            roots.add(root(random));
        }
        return roots;
    }

    static Register part(Register root, Random random) {
        return root.part(1 + random.nextInt(POSITIONS));
    }

    /** The aggregate by which is seen when writes of a master arrive on the other one. */
    static Register probe(Side side) {
        return Register.root(Kind.JOB, side == Side.LEGACY ? FIRST_PROBE : FIRST_PROBE + 1);
    }

    /** The keys of all aggregates, as the source of an INSERT. */
    static String guarded() {
        return LongStream.concat(LongStream.rangeClosed(1, JOBS), LongStream.of(FIRST_PROBE, FIRST_PROBE + 1))
                .mapToObj(key -> "(" + key + ")")
                .collect(Collectors.joining(", ", "VALUES ", ""));
    }
}
