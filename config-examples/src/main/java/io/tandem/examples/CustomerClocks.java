package io.tandem.examples;

import io.tandem.clock.VectorClock;
import io.tandem.clock.Version;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/** What the clock tables of the customers hold, read as anybody could. Stateless. */
final class CustomerClocks {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSSSSS").withZone(ZoneOffset.UTC);

    private CustomerClocks() {}

    /** The version of a customer on a master. */
    static Version version(Master master, long customer) {
        String key = master.id().equals("legacy") ? "key_CUST_NO" : "key_id";
        String query =
                "SELECT clock_legacy, clock_modern, clock_timestamp, clock_writer FROM tandem_customer_clock WHERE "
                        + key + " = " + customer;
        try (Connection connection = master.server().connect(master.id());
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            if (!row.next()) {
                return Version.UNCLOCKED;
            }
            VectorClock clock = VectorClock.of(Map.of("legacy", row.getLong(1), "modern", row.getLong(2)));
            return new Version(clock, row.getLong(3), row.getString(4));
        } catch (SQLException e) {
            throw new IllegalStateException("cannot read the clock table of " + master.id() + ": " + e.getMessage(), e);
        }
    }

    /** A version for people. */
    static String told(Version version) {
        Instant written = Instant.EPOCH.plus(version.timestampMicros(), ChronoUnit.MICROS);
        VectorClock clock = version.clock();
        return "legacy:" + clock.counter("legacy") + " modern:" + clock.counter("modern") + ", written at "
                + TIME.format(written) + " by " + version.writer();
    }
}
