package io.tandem.connect.database;

import static io.tandem.connect.database.ColumnRoundTrip.ALL_BYTES;
import static io.tandem.connect.database.ColumnRoundTrip.TEXT;
import static io.tandem.connect.database.ColumnRoundTrip.decimal;
import static io.tandem.connect.database.ColumnRoundTrip.list;
import static io.tandem.connect.database.ColumnRoundTrip.roundTrips;

import io.tandem.testbed.Vendor;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;

/** A value that was read can be written, and is then read as the same value: else it would ping-pong for ever. */
class ColumnTypeTest {

    @DatabaseTest
    void integers(TestDatabase database) throws Exception {
        roundTrips(database, "SMALLINT", (short) 0, Short.MIN_VALUE, Short.MAX_VALUE);
        roundTrips(database, "INT", 0, Integer.MIN_VALUE, Integer.MAX_VALUE);
        roundTrips(database, "BIGINT", 0L, Long.MIN_VALUE, Long.MAX_VALUE);
    }

    @DatabaseTest
    void decimals(TestDatabase database) throws Exception {
        roundTrips(database, "DECIMAL(10,2)", decimal("0.00"), decimal("-12345678.90"), decimal("0.01"));
        roundTrips(
                database,
                "DECIMAL(38,0)",
                decimal("99999999999999999999999999999999999999"),
                decimal("-99999999999999999999999999999999999999"));
        roundTrips(
                database,
                "DECIMAL(38,38)",
                decimal("0.99999999999999999999999999999999999999"),
                decimal("-0.00000000000000000000000000000000000001"));
    }

    @DatabaseTest
    void floating_point_numbers(TestDatabase database) throws Exception {
        roundTrips(
                database,
                database.vendor().choose("REAL", "FLOAT"),
                0.1f,
                1.2345678f,
                16777216f,
                Float.MAX_VALUE,
                -Float.MIN_NORMAL,
                Float.MIN_VALUE,
                -0.0f);
        roundTrips(
                database,
                "DOUBLE PRECISION",
                0.1,
                1.2345678901234567,
                9007199254740992.0,
                Double.MAX_VALUE,
                -Double.MIN_NORMAL,
                Double.MIN_VALUE,
                -0.0,
                1e-300);
    }

    @DatabaseTest
    void truth_values(TestDatabase database) throws Exception {
        roundTrips(database, database.vendor().choose("BOOLEAN", "BIT(1)"), true, false);
    }

    @DatabaseTest
    void texts(TestDatabase database) throws Exception {
        roundTrips(database, "VARCHAR(100)", "", " ", "a ", TEXT);
        roundTrips(database, "TEXT", "", TEXT, "long ".repeat(10_000));
    }

    @DatabaseTest
    void texts_of_a_fixed_length_come_without_their_padding(TestDatabase database) throws Exception {
        roundTrips(database, "CHAR(10)", "", "a", "ab\t", "ab\n", "0123456789", "😀");
    }

    @DatabaseTest
    void bytes(TestDatabase database) throws Exception {
        roundTrips(database, database.vendor().choose("BYTEA", "LONGBLOB"), new byte[0], ALL_BYTES);
    }

    @DatabaseTest
    void dates(TestDatabase database) throws Exception {
        roundTrips(
                database,
                "DATE",
                LocalDate.of(1, 1, 1),
                LocalDate.of(1582, 10, 10),
                LocalDate.of(2024, 2, 29),
                LocalDate.of(9999, 12, 31));
    }

    @DatabaseTest
    void times(TestDatabase database) throws Exception {
        roundTrips(
                database,
                "TIME(6)",
                LocalTime.MIDNIGHT,
                LocalTime.of(12, 0),
                LocalTime.of(23, 59, 59, 999_999_000),
                LocalTime.of(0, 0, 0, 1_000));
    }

    @DatabaseTest
    void dates_with_times(TestDatabase database) throws Exception {
        roundTrips(
                database,
                database.vendor().choose("TIMESTAMP(6)", "DATETIME(6)"),
                LocalDateTime.of(1, 1, 1, 0, 0),
                LocalDateTime.of(1582, 10, 10, 1, 2, 3, 4_000),
                // does not exist in Europe, exists twice in Europe
                LocalDateTime.of(2024, 3, 31, 2, 30),
                LocalDateTime.of(2024, 10, 27, 2, 30),
                LocalDateTime.of(9999, 12, 31, 23, 59, 59, 999_999_000));
    }

    @DatabaseTest
    void points_in_time(TestDatabase database) throws Exception {
        roundTrips(
                database,
                database.vendor().choose("TIMESTAMPTZ(6)", "TIMESTAMP(6) NULL"),
                Instant.parse("1970-01-01T00:00:01Z"),
                Instant.parse("2024-03-31T00:30:00.000001Z"),
                Instant.parse("2024-10-27T00:30:00Z"),
                Instant.parse("2024-10-27T01:30:00Z"),
                Instant.parse("2038-01-19T03:14:07.999999Z"));
    }

    @DatabaseTest
    void the_settings_of_the_server_do_not_change_values(TestDatabase database) throws Exception {
        if (database.vendor() == Vendor.POSTGRESQL) {
            for (String setting : List.of(
                    "TimeZone = 'America/New_York'",
                    "DateStyle = 'German, DMY'",
                    "IntervalStyle = 'sql_standard'",
                    "extra_float_digits = -15",
                    "bytea_output = 'escape'")) {
                database.execute("ALTER DATABASE " + database.name() + " SET " + setting);
            }
            roundTrips(database, "TSTZRANGE", "[\"2024-10-27 00:30:00+00\",\"2024-10-27 01:30:00+00\")");
            roundTrips(database, "INTERVAL", "1 year -2 days +03:04:05.000006");
            roundTrips(database, "POINT", "(0.1,1.2345678901234567)");
            roundTrips(database, "DATE[]", list(LocalDate.of(2024, 2, 1)));
            roundTrips(database, "TIMESTAMPTZ[]", list(Instant.parse("2024-10-27T01:30:00.000001Z")));
            return;
        }
        String before = database.query("SELECT CONCAT('sql_mode=''', @@GLOBAL.sql_mode, ''', time_zone=''', "
                        + "@@GLOBAL.time_zone, '''')")
                .get(0);
        database.execute("SET GLOBAL sql_mode = 'PAD_CHAR_TO_FULL_LENGTH,ANSI_QUOTES', GLOBAL time_zone = '-05:00'");
        try {
            roundTrips(database, "CHAR(5)", "ab", "");
            roundTrips(database, "TIMESTAMP(6) NULL", Instant.parse("2024-10-27T01:30:00.000001Z"));
        } finally {
            database.execute("SET GLOBAL " + before.replace(", time", ", GLOBAL time"));
        }
    }
}
