package io.tandem.distribution.chaos;

/** The aggregates that are written: the same shape, but with versions in different places. */
enum Kind {
    /** Versions in a clock table, the default. */
    JOB("chaos_job", "JOBS", "JOB_STEPS", "job", "job_step", "table"),
    /** Versions in columns of the root table. */
    ASSET("chaos_asset", "ASSETS", "ASSET_PARTS", "asset", "asset_part", "root");

    private final String aggregate;
    private final String legacyRoot;
    private final String legacyPart;
    private final String modernRoot;
    private final String modernPart;
    private final String placement;

    Kind(
            String aggregate,
            String legacyRoot,
            String legacyPart,
            String modernRoot,
            String modernPart,
            String placement) {
        this.aggregate = aggregate;
        this.legacyRoot = legacyRoot;
        this.legacyPart = legacyPart;
        this.modernRoot = modernRoot;
        this.modernPart = modernPart;
        this.placement = placement;
    }

    /** The aggregate's name in the connectors. */
    String aggregate() {
        return aggregate;
    }

    /** The root table of a master. */
    String root(Side side) {
        return side == Side.LEGACY ? legacyRoot : modernRoot;
    }

    /** The child table of a master. */
    String part(Side side) {
        return side == Side.LEGACY ? legacyPart : modernPart;
    }

    /** A table of the application's own, without any trigger, whose rows its sessions lock to keep out of each other's way. */
    String guard(Side side) {
        return root(side) + (side == Side.LEGACY ? "_GUARD" : "_guard");
    }

    /** Where the versions are: the setting {@code clock.placement}. */
    String placement() {
        return placement;
    }

    /** Whether the versions are in columns of the root table. */
    boolean inRoot() {
        return placement.equals("root");
    }

    /** A connector of this aggregate. */
    String connector(Side side, String sourceOrSink) {
        return aggregate + "-" + side.id() + "-" + sourceOrSink;
    }
}
