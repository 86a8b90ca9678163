package io.tandem.benchmarks.size;

import io.tandem.benchmarks.rig.Accounts;
import io.tandem.benchmarks.rig.Connectors;
import io.tandem.benchmarks.rig.Measures;
import io.tandem.benchmarks.rig.Progress;
import io.tandem.benchmarks.rig.Rig;
import io.tandem.benchmarks.rig.Scratch;
import io.tandem.benchmarks.rig.State;
import io.tandem.testbed.Vendor;

/**
 * The same number of changes, in the same pieces, travels between two small tables and between two large ones, of one
 * vendor; and the heap that a large backlog takes. In the large tables a piece is rows that lie far apart.
 */
public final class SizeBenchmark {

    private static final int PIECE = 10_000;
    private static final String RATE = "rows-per-s";
    private static final int ROUNDS = 5;
    // a figure of its own is the most of many samples
    private static final int HEAP_ROUNDS = 1;

    private final int rounds;
    private final int large;
    private final int pieces;
    private final String only;
    private int runs;

    /**
     * A measurement.
     *
     * @param quick one round with fewer rows
     * @param only a part of the names of the cases to be measured; empty for all
     */
    public SizeBenchmark(boolean quick, String only) {
        this.rounds = quick ? 1 : ROUNDS;
        this.large = quick ? 100_000 : 1_000_000;
        this.pieces = quick ? 5 : 20;
        this.only = only;
    }

    /** Runs. */
    public Measures run(Rig rig) {
        Measures measures = new Measures();
        for (int round = 0; round < rounds; round++) {
            for (Vendor vendor : Vendor.values()) {
                String name = "size-" + Scratch.name(vendor);
                if (name.contains(only)) {
                    String big = name + "-" + large;
                    String small = name + "-" + PIECE;
                    measures.add(big, RATE, rate(rig, vendor, large));
                    measures.add(small, RATE, rate(rig, vendor, PIECE));
                    measures.ratio(big + "-vs-" + PIECE, RATE, big, small);
                }
                String heap = "heap-" + Scratch.name(vendor) + "-" + large;
                if (round < HEAP_ROUNDS && heap.contains(only)) {
                    new Backlog(rig, large).run(vendor, heap, "size" + ++runs, measures);
                }
            }
        }
        return measures;
    }

    /** Rows per second from the commit of each piece until all of it has arrived. */
    private double rate(Rig rig, Vendor vendor, int rows) {
        Accounts accounts = new Accounts(false);
        String id = "size" + ++runs;
        try (Scratch legacy = rig.scratch(vendor);
                Scratch modern = rig.scratch(vendor);
                Connectors connectors = new Connectors(rig)) {
            State.create(legacy, accounts, rows, "legacy");
            State.create(modern, accounts, rows, "modern");
            connectors.start(id + "-source", State.source(legacy, accounts, "legacy", id));
            connectors.start(id + "-sink", State.sink(modern, accounts, "modern", id));
            double seconds = 0;
            // the first one warms up
            for (int piece = 0; piece <= pieces; piece++) {
                double rate = drain(rig, legacy, modern, rows, piece);
                seconds += piece == 0 ? 0 : PIECE / rate;
            }
            return pieces * PIECE / seconds;
        }
    }

    /** Of the table's strides each piece takes one row, in a small table every row. */
    private static double drain(Rig rig, Scratch legacy, Scratch modern, int rows, int piece) {
        int stride = rows / PIECE;
        int offset = piece % stride;
        int revision = piece / stride + 1;
        legacy.execute("UPDATE account SET revision = " + revision + " WHERE MOD(id, " + stride + ") = " + offset);
        long start = System.nanoTime();
        return Progress.of(
                        modern,
                        PIECE,
                        // Progress counts from 0, the accounts from 1
                        number -> stride * (number + 1L) - (offset == 0 ? 0 : stride - offset),
                        revision,
                        rig.pair()::requireNoFailure)
                .since(start);
    }
}
