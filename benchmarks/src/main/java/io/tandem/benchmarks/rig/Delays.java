package io.tandem.benchmarks.rig;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Some lengths of time, of which quantiles are told in milliseconds. Immutable. */
public final class Delays {

    private final long[] sortedNanos;

    private Delays(long[] sortedNanos) {
        this.sortedNanos = sortedNanos;
    }

    /** So many lengths of time, in any order. */
    public static Delays ofNanos(long... nanos) {
        long[] sorted = nanos.clone();
        Arrays.sort(sorted);
        return new Delays(sorted);
    }

    /** All of both. */
    public Delays and(Delays other) {
        return ofNanos(Stream.of(sortedNanos, other.sortedNanos)
                .flatMapToLong(Arrays::stream)
                .toArray());
    }

    /** How many there are. */
    public int count() {
        return sortedNanos.length;
    }

    /**
     * The shortest that so large a share of them does not exceed.
     *
     * @param share above 0; 1 for the longest
     * @throws IllegalStateException if there are none
     */
    public double millis(double share) {
        if (sortedNanos.length == 0) {
            throw new IllegalStateException("nothing was measured");
        }
        int place = (int) Math.ceil(share * sortedNanos.length) - 1;
        return sortedNanos[place] / (double) TimeUnit.MILLISECONDS.toNanos(1);
    }
}
