package io.tandem.benchmarks.rig;

import io.tandem.testbed.DatabaseServer;
import io.tandem.testbed.ScratchDatabase;
import io.tandem.testbed.Sql;
import io.tandem.testbed.Vendor;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;

/** A database that is there for one measurement. Thread-safe. */
public final class Scratch extends ScratchDatabase {

    Scratch(Vendor vendor, DatabaseServer server) {
        super(vendor, server);
    }

    /** Its address. */
    public String url() {
        return server().jdbcUrl(name());
    }

    /** Runs statements that each commit by themselves. */
    public void execute(String... statements) {
        try (Connection connection = connect()) {
            Sql.run(connection, statements);
        } catch (SQLException e) {
            throw refused(e);
        }
    }

    /** A query for the numbers 1 to {@code count}, in the column {@code n} of the table {@code s}. */
    public String numbers(int count) {
        return numbers(1, count);
    }

    /** As {@link #numbers(int)}, from one number to another one. */
    public String numbers(int first, int last) {
        return vendor().choose(
                        "generate_series(" + first + ", " + last + ") AS s(n)",
                        "(SELECT seq AS n FROM seq_" + first + "_to_" + last + ") AS s");
    }

    /** Lets the server know how many rows there are, as it would after a while. */
    public void analyze(Iterable<String> tables) {
        for (String table : tables) {
            execute(vendor().choose("VACUUM ANALYZE ", "ANALYZE TABLE ") + table);
        }
        if (vendor() == Vendor.POSTGRESQL) {
            execute("CHECKPOINT");
        }
    }

    /** A vendor's name in that of a case. */
    public static String name(Vendor vendor) {
        return vendor.name().toLowerCase(Locale.ROOT);
    }
}
