package io.tandem.benchmarks.application;

import io.tandem.benchmarks.rig.Accounts;
import io.tandem.benchmarks.rig.Figures;
import io.tandem.benchmarks.rig.Scratch;
import io.tandem.benchmarks.rig.State;

/** Who is compared: an application whose table is aligned, and one without Tandem. */
enum Side {
    /** Clocks and triggers are installed. */
    TANDEM(Figures.OURS),
    /** A plain table. */
    WITHOUT("without");

    private final String title;

    Side(String title) {
        this.title = title;
    }

    /** The contender's name. */
    String title() {
        return title;
    }

    /** Creates the table with so many rows, of which nothing is pending. */
    void create(Scratch database, Accounts accounts, int rows, String master) {
        if (this == TANDEM) {
            State.create(database, accounts, rows, master);
        } else {
            accounts.create(database);
            accounts.fill(database, rows);
            database.analyze(accounts.tables());
        }
    }

    /**
     * Looks at a table that nobody else has written to, and no connector reads.
     *
     * @throws IllegalStateException if the triggers have not noted these writes
     */
    void requireNotes(Scratch database, long writes) {
        if (this == TANDEM && database.number("SELECT COUNT(*) FROM tandem_account_journal") < writes) {
            throw new IllegalStateException("what was measured are not " + writes + " writes that triggers note");
        }
    }
}
