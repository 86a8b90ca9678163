package io.tandem.connect.database;

import static io.tandem.connect.database.ColumnRoundTrip.ALL_BYTES;
import static io.tandem.connect.database.ColumnRoundTrip.TEXT;
import static io.tandem.connect.database.ColumnRoundTrip.decimal;
import static io.tandem.connect.database.ColumnRoundTrip.list;
import static io.tandem.connect.database.ColumnRoundTrip.roundTrips;
import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.connect.aggregate.Row;
import io.tandem.testbed.Vendor;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;

/** What {@link ColumnTypeTest} says holds for the types that only PostgreSQL has, and for its wider ranges. */
class PostgresColumnTypeTest {

    @DatabaseTest(Vendor.POSTGRESQL)
    void decimals_of_postgresql(TestDatabase database) throws Exception {
        roundTrips(database, "NUMERIC(1000,500)", decimal("9".repeat(500) + "." + "9".repeat(500)));
        roundTrips(database, "NUMERIC", "1.50", "-0.0000001", "NaN", "9".repeat(200));
    }

    @DatabaseTest(Vendor.POSTGRESQL)
    void floating_point_numbers_that_are_none(TestDatabase database) throws Exception {
        roundTrips(database, "REAL", Float.NaN, Float.POSITIVE_INFINITY);
        roundTrips(database, "DOUBLE PRECISION", Double.NaN, Double.NEGATIVE_INFINITY);
    }

    @DatabaseTest(Vendor.POSTGRESQL)
    void years_of_postgresql(TestDatabase database) throws Exception {
        roundTrips(
                database,
                "DATE",
                LocalDate.of(-4712, 1, 1),
                LocalDate.of(-43, 3, 15),
                LocalDate.of(0, 1, 1),
                LocalDate.of(12_345, 1, 2),
                LocalDate.of(5_874_897, 12, 31));
        roundTrips(
                database,
                "TIMESTAMP",
                LocalDateTime.of(-43, 3, 15, 1, 2, 3, 4_000),
                LocalDateTime.of(12_345, 1, 2, 3, 4));
        roundTrips(
                database,
                "TIMESTAMPTZ",
                Instant.parse("-0043-03-15T01:02:03Z"),
                Instant.parse("+12345-01-02T03:04:05Z"));
    }

    @DatabaseTest(Vendor.POSTGRESQL)
    void points_in_time_of_postgresql(TestDatabase database) throws Exception {
        roundTrips(
                database,
                "TIMESTAMPTZ",
                Instant.parse("0001-01-01T00:00:00Z"),
                Instant.parse("1883-11-18T16:59:59.5Z"),
                Instant.parse("9999-12-31T23:59:59.999999Z"));
    }

    @DatabaseTest(Vendor.POSTGRESQL)
    void types_of_postgresql_travel_as_text(TestDatabase database) throws Exception {
        database.execute("CREATE TYPE mood AS ENUM ('happy', 'it''s \"ok\"')", "CREATE DOMAIN small AS int");
        roundTrips(database, "mood", "happy", "it's \"ok\"");
        roundTrips(database, "small", "7");
        roundTrips(database, "UUID", "3f2504e0-4f89-11d3-9a0c-0305e82c3301");
        roundTrips(database, "JSONB", "{\"a\": [1, null, \"😀\"]}");
        roundTrips(database, "JSON", "{\"b\":1,  \"a\":2}");
        roundTrips(database, "XML", "<a b=\"c\">d</a>");
        roundTrips(database, "INET", "10.0.0.1/8", "10.0.0.1", "::1");
        roundTrips(database, "INTERVAL", "1 year 2 mons 03:04:05.000006", "-1 days +02:00:00", "infinity");
        roundTrips(database, "TEXT[][]", "{{a,\"b c\"},{NULL,\"{}\"}}");
        roundTrips(database, "BOX[]", "{(2,2),(1,1);(4,4),(3,3)}");
        roundTrips(database, "CIDR", "10.0.0.0/8", "2001:db8::/32");
        roundTrips(database, "MACADDR8", "08:00:2b:01:02:03:04:05");
        roundTrips(database, "TSTZRANGE", "[\"2024-10-27 00:30:00+00\",\"2024-10-27 01:30:00+00\")");
        roundTrips(database, "POINT", "(0.1,-1e-300)");
        roundTrips(database, "PG_LSN", "16/B374D848");
        roundTrips(database, "TSVECTOR", "'a':1A 'b':2");
        database.execute("CREATE TYPE pair AS (a int, b text)");
        roundTrips(database, "pair", "(1,\"x, y\")");
        roundTrips(database, "INT2VECTOR", "1 2 3");
        roundTrips(database, "BIT(5)", "10101");
        roundTrips(database, "BIT VARYING(9)", "101");
        roundTrips(database, "INT4RANGE", "[1,5)");
        roundTrips(database, "TIMETZ", "12:00:00+02", "24:00:00+00");
        roundTrips(database, "\"char\"", "x");
        roundTrips(database, "OID", "4294967295");
    }

    @DatabaseTest(Vendor.POSTGRESQL)
    void money_travels_as_a_decimal(TestDatabase database) throws Exception {
        roundTrips(database, "MONEY", decimal("0.00"), decimal("-92233720368547758.08"), decimal("1234.50"));
    }

    @DatabaseTest(Vendor.POSTGRESQL)
    void one_dimensional_arrays_of_postgresql_travel_as_lists(TestDatabase database) throws Exception {
        database.execute("CREATE TYPE hue AS ENUM ('red', 'NULL')");
        roundTrips(database, "INT[]", List.of(), list(1, null, Integer.MIN_VALUE));
        roundTrips(database, "SMALLINT[]", list((short) 7));
        roundTrips(database, "BIGINT[]", list(Long.MAX_VALUE, null));
        roundTrips(database, "TEXT[]", list("", null, "NULL", "null", "{a}", "a,b", "a\\\"b", " x ", TEXT));
        roundTrips(database, "VARCHAR(5)[]", list("12345", "😀"));
        roundTrips(database, "CHAR(5)[]", list("a", ""));
        roundTrips(database, "NUMERIC(38,2)[]", list(decimal("9".repeat(36) + ".99"), decimal("0.00")));
        roundTrips(database, "NUMERIC[]", list("1.50", "NaN"));
        roundTrips(database, "BOOLEAN[]", list(true, false, null));
        roundTrips(database, "REAL[]", list(0.1f, Float.NaN, -0.0f));
        roundTrips(database, "DOUBLE PRECISION[]", list(0.1, Double.NEGATIVE_INFINITY, Double.MIN_VALUE));
        roundTrips(database, "DATE[]", list(LocalDate.of(1, 1, 1), LocalDate.of(1582, 10, 10), null));
        roundTrips(database, "TIME[]", list(LocalTime.MIDNIGHT, LocalTime.of(23, 59, 59, 999_999_000)));
        roundTrips(
                database, "TIMESTAMP[]", list(LocalDateTime.of(2024, 3, 31, 2, 30), LocalDateTime.of(1, 1, 1, 0, 0)));
        roundTrips(database, "TIMESTAMPTZ[]", list(Instant.parse("2024-10-27T01:30:00.000001Z")));
        roundTrips(database, "UUID[]", list("3f2504e0-4f89-11d3-9a0c-0305e82c3301"));
        roundTrips(database, "hue[]", list("red", "NULL", null));
        roundTrips(database, "JSONB[]", list("{\"a\": [1, null]}"));
    }

    @DatabaseTest(Vendor.POSTGRESQL)
    void arrays_of_bytes_travel_as_lists(TestDatabase database) throws Exception {
        database.execute("CREATE TABLE sample (id BIGINT PRIMARY KEY, v BYTEA[])");
        TestTable table = TestTable.of(database, "sample");

        table.insert(List.of(new Row(1L, list(new byte[0], ALL_BYTES, null))));

        List<?> read = (List<?>) table.select(TestTable.keys(1L)).get(0).required(1);
        assertThat(new Row(read.toArray())).isEqualTo(new Row(new byte[0], ALL_BYTES, null));
    }
}
