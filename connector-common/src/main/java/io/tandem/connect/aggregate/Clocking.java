package io.tandem.connect.aggregate;

import java.util.Set;

/**
 * Where the versions of an aggregate are kept, and who counts its writes. Immutable.
 *
 * @param placement where the versions are
 * @param stamping who counts the writes
 * @param rootColumns the names of the columns of the root table that are Tandem's and not the application's; empty unless
 *     the versions are in the root table
 */
public record Clocking(Placement placement, Stamping stamping, Set<String> rootColumns) {

    /** The clock table, and triggers that note writes in the journal. */
    public static final Clocking DEFAULT = new Clocking(Placement.TABLE, Stamping.TRIGGERS, Set.of());

    public Clocking {
        rootColumns = Set.copyOf(rootColumns);
    }

    /** Where the versions are. */
    public enum Placement {
        /** In a table beside the application's. */
        TABLE,
        /** In columns of the root table; what has no root row any more is in the clock table. */
        ROOT
    }

    /** Who counts the writes. */
    public enum Stamping {
        /** Triggers of Tandem; the application's statements stay as they are. */
        TRIGGERS,
        /** The application itself, in the transaction that writes. */
        APPLICATION
    }

    /** True if the versions are columns of the root table. */
    public boolean inRoot() {
        return placement == Placement.ROOT;
    }

    /** True if triggers count the writes. */
    public boolean byTriggers() {
        return stamping == Stamping.TRIGGERS;
    }
}
