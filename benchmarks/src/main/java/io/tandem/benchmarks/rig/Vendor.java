package io.tandem.benchmarks.rig;

import java.util.Locale;

/** The databases that benchmarks run on. */
public enum Vendor {
    POSTGRESQL("postgres"),
    MARIADB("mysql");

    private final String systemDatabase;

    Vendor(String systemDatabase) {
        this.systemDatabase = systemDatabase;
    }

    /** A database that every server has. */
    String systemDatabase() {
        return systemDatabase;
    }

    /** A query for the numbers 1 to {@code count}, in the column {@code n} of the table {@code s}. */
    public String numbers(int count) {
        return this == POSTGRESQL
                ? "generate_series(1, " + count + ") AS s(n)"
                : "(SELECT seq AS n FROM seq_1_to_" + count + ") AS s";
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
