package io.tandem.benchmarks.idle;

import io.tandem.benchmarks.rig.Accounts;
import io.tandem.benchmarks.rig.Measures;
import io.tandem.benchmarks.rig.Rig;
import io.tandem.benchmarks.rig.Scratch;
import io.tandem.benchmarks.rig.State;
import io.tandem.testbed.Vendor;
import java.util.List;
import java.util.Locale;

/**
 * One look of a source at a database where nothing is pending, with a few versions there, with many, and after many notes
 * have gone through the journal under a transaction that stayed open. Each case is measured in turns with the few.
 */
public final class IdleBenchmark {

    private static final String MASTER = "legacy";
    private static final String QUANTITY = "look-us";
    // an expensive look may be rare, and then the median does not show it
    private static final String MEAN = "look-mean-us";
    private static final int FEW = 10_000;
    private static final int PIECE = 1_000_000;
    private static final int ROUNDS = 5;

    private final List<Integer> sizes;
    private final int notes;
    private final String only;

    /**
     * A measurement.
     *
     * @param quick smaller databases
     * @param only a part of the names of the cases to be measured; empty for all
     */
    public IdleBenchmark(boolean quick, String only) {
        this.sizes = quick ? List.of(300_000) : List.of(1_000_000, 10_000_000);
        this.notes = quick ? 300_000 : 10_000_000;
        this.only = only;
    }

    /** Runs. */
    public Measures run(Rig rig) {
        Measures measures = new Measures();
        for (Vendor vendor : Vendor.values()) {
            String name = "idle-" + Scratch.name(vendor);
            for (int size : sizes) {
                compare(rig, vendor, name + "-" + size, measures, size);
            }
            String journal = name + "-journal-" + notes;
            if (journal.contains(only)) {
                try (Scratch few = create(rig, vendor, FEW);
                        Scratch past = create(rig, vendor, FEW)) {
                    JournalPast.during(past, notes, () -> compare(few, past, vendor, journal, measures));
                }
            }
        }
        return measures;
    }

    private void compare(Rig rig, Vendor vendor, String name, Measures measures, int size) {
        if (name.contains(only)) {
            try (Scratch few = create(rig, vendor, FEW);
                    Scratch many = create(rig, vendor, size)) {
                compare(few, many, vendor, name, measures);
            }
        }
    }

    private static void compare(Scratch few, Scratch other, Vendor vendor, String name, Measures measures) {
        String base = "idle-" + Scratch.name(vendor) + "-" + FEW;
        try (Looks atFew = new Looks(few, MASTER);
                Looks atOther = new Looks(other, MASTER)) {
            atOther.meetNote();
            // the code of the driver is compiled then
            atFew.medianMicros();
            atOther.medianMicros();
            for (int round = 0; round < ROUNDS; round++) {
                measures.add(base, QUANTITY, atFew.medianMicros());
                measures.add(name, QUANTITY, atOther.medianMicros());
            }
            measures.add(base, MEAN, atFew.meanMicros());
            measures.add(name, MEAN, atOther.meanMicros());
        }
        measures.ratio(name + "-vs-" + FEW, QUANTITY, name, base);
    }

    /** So many versions, of which none is pending; there is no need for the rows that they are about. */
    private static Scratch create(Rig rig, Vendor vendor, int versions) {
        Scratch database = rig.scratch(vendor);
        try {
            long start = System.nanoTime();
            State.create(database, new Accounts(false), 0, MASTER);
            for (int first = 1; first <= versions; first += PIECE) {
                State.version(database, first, Math.min(versions, first + PIECE - 1), MASTER);
            }
            database.analyze(List.of("tandem_account_clock"));
            System.err.printf(
                    Locale.ROOT,
                    "%,d versions on %s made in %.0f s%n",
                    versions,
                    Scratch.name(vendor),
                    (System.nanoTime() - start) / 1e9);
            return database;
        } catch (RuntimeException e) {
            try (database) {
                throw e;
            }
        }
    }
}
