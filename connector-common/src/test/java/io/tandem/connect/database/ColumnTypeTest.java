package io.tandem.connect.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.connect.aggregate.Column;
import io.tandem.connect.aggregate.Row;
import io.tandem.connect.record.Coercion;
import io.tandem.connect.record.ColumnFit;
import io.tandem.connect.record.ColumnSchemas;
import io.tandem.testbed.Vendor;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.kafka.connect.data.ConnectSchema;
import org.apache.kafka.connect.data.Schema;
import org.jspecify.annotations.Nullable;

/** A value that was read can be written, and is then read as the same value: else it would ping-pong for ever. */
class ColumnTypeTest {

    private static final byte[] ALL_BYTES = allBytes();
    private static final String TEXT = "é ß 漢字 😀 \\ ' \" \n\t {a,\"b\"} NULL ?:x";

    @DatabaseTest
    void integers(TestDatabase database) throws Exception {
        roundTrips(database, "SMALLINT", (short) 0, Short.MIN_VALUE, Short.MAX_VALUE);
        roundTrips(database, "INT", 0, Integer.MIN_VALUE, Integer.MAX_VALUE);
        roundTrips(database, "BIGINT", 0L, Long.MIN_VALUE, Long.MAX_VALUE);
    }

    @DatabaseTest(Vendor.MARIADB)
    void integers_of_mariadb(TestDatabase database) throws Exception {
        roundTrips(database, "YEAR", (short) 0);
        roundTrips(database, "DECIMAL(4,2) UNSIGNED", decimal("0.00"), decimal("99.99"));
        roundTrips(database, "DOUBLE(10,2)", 0.25, -12345678.5);
        roundTrips(database, "TINYINT", (short) -128, (short) 127);
        roundTrips(database, "TINYINT(1)", (short) 0, (short) 1, (short) 2);
        roundTrips(database, "TINYINT UNSIGNED", (short) 255);
        roundTrips(database, "SMALLINT UNSIGNED", 65535);
        roundTrips(database, "MEDIUMINT", -8388608, 8388607);
        roundTrips(database, "MEDIUMINT UNSIGNED", 16777215);
        roundTrips(database, "INT UNSIGNED", 4294967295L);
        roundTrips(database, "INT(5) ZEROFILL", 42L);
        roundTrips(database, "BIGINT UNSIGNED", decimal("18446744073709551615"), decimal("0"));
        roundTrips(database, "YEAR", (short) 1901, (short) 2155);
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

    @DatabaseTest(Vendor.MARIADB)
    void decimals_of_the_greatest_width_of_mariadb(TestDatabase database) throws Exception {
        roundTrips(database, "DECIMAL(65,0)", decimal("9".repeat(65)));
        roundTrips(database, "DECIMAL(65,38)", decimal("9".repeat(27) + "." + "9".repeat(38)));
    }

    @DatabaseTest(Vendor.POSTGRESQL)
    void decimals_of_postgresql(TestDatabase database) throws Exception {
        roundTrips(database, "NUMERIC(1000,500)", decimal("9".repeat(500) + "." + "9".repeat(500)));
        roundTrips(database, "NUMERIC", "1.50", "-0.0000001", "NaN", "9".repeat(200));
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

    @DatabaseTest(Vendor.POSTGRESQL)
    void floating_point_numbers_that_are_none(TestDatabase database) throws Exception {
        roundTrips(database, "REAL", Float.NaN, Float.POSITIVE_INFINITY);
        roundTrips(database, "DOUBLE PRECISION", Double.NaN, Double.NEGATIVE_INFINITY);
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

    @DatabaseTest(Vendor.MARIADB)
    void bytes_of_mariadb(TestDatabase database) throws Exception {
        roundTrips(database, "VARBINARY(300)", new byte[0], ALL_BYTES);
        roundTrips(database, "BINARY(4)", new byte[] {0, 0, 0, 0}, new byte[] {-1, 0, 32, 0});
        roundTrips(database, "BIT(16)", new byte[] {1, 2}, new byte[] {-1, -1});
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

    @DatabaseTest(Vendor.MARIADB)
    void spatial_values_travel_as_the_bytes_that_the_server_keeps(TestDatabase database) throws Exception {
        database.execute(
                "CREATE TABLE sample (id BIGINT PRIMARY KEY, p POINT, g GEOMETRY)",
                "INSERT INTO sample VALUES (1, ST_GeomFromText('POINT(0.1 -2)', 4326), "
                        + "ST_GeomFromText('POLYGON((0 0,0 1,1 1,0 0))')), (2, NULL, NULL)");
        TestTable table = TestTable.of(database, "sample");

        Row read = table.select(TestTable.keys(1L)).get(0);
        table.update(List.of(new Row(2L, read.get(1), read.get(2))));

        assertThat(read.get(1)).isInstanceOf(byte[].class);
        assertThat(database.query("SELECT COUNT(DISTINCT HEX(p), HEX(g), ST_SRID(p)) FROM sample"))
                .containsExactly("1");
        assertThat(database.query("SELECT ST_AsText(p), ST_SRID(p) FROM sample WHERE id = 2"))
                .containsExactly("POINT(0.1 -2)|4326");
    }

    @DatabaseTest(Vendor.MARIADB)
    void types_of_mariadb_travel_as_text(TestDatabase database) throws Exception {
        roundTrips(database, "ENUM('happy', 'it''s ok')", "happy", "it's ok");
        roundTrips(database, "SET('a', 'b', 'c')", "", "a,c");
        roundTrips(database, "UUID", "3f2504e0-4f89-11d3-9a0c-0305e82c3301");
        roundTrips(database, "JSON", "{\"b\":1,  \"a\":2}");
        roundTrips(database, "INET6", "2001:db8::ff00:42:8329");
        roundTrips(database, "INET4", "10.0.0.1");
        roundTrips(database, "SET('a', 'b', 'c''')", "a,b,c'", "", "c'");
        roundTrips(database, "TINYTEXT", "", TEXT);
        roundTrips(database, "VARCHAR(20) CHARACTER SET utf8mb3", "é ß 漢字");
        roundTrips(database, "VARCHAR(20) CHARACTER SET latin1", "é ß");
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

    /** Inserts the values after a NULL, reads them, swaps them by an update, and reads again. */
    private static void roundTrips(TestDatabase database, String type, @Nullable Object... values) throws SQLException {
        database.execute("DROP TABLE IF EXISTS sample", "CREATE TABLE sample (id BIGINT PRIMARY KEY, v " + type + ")");
        TestTable table = TestTable.of(database, "sample");
        List<@Nullable Object> all =
                Stream.concat(Stream.of((Object) null), Stream.of(values)).toList();

        table.insert(rows(all));
        // often enough for the driver to prepare the statement in the server and to take the binary form
        for (int i = 0; i < 7; i++) {
            assertThat(read(table, all.size())).as("%s, read %s", type, i).isEqualTo(rows(all));
        }
        travels(table.table().columns().get(1), all);
        List<@Nullable Object> swapped = new ArrayList<>(all);
        Collections.reverse(swapped);
        table.update(rows(swapped));

        assertThat(read(table, all.size())).as("%s after update", type).isEqualTo(rows(swapped));
    }

    /** What was read is a value of the column's Connect schema, comes back as it was, and fits the column. */
    private static void travels(Column column, List<@Nullable Object> values) {
        Schema schema = ColumnSchemas.schema(column);
        for (Object value : values) {
            Object travelling = ColumnSchemas.toConnect(column.type(), value);
            ConnectSchema.validateValue(schema, travelling);
            Object arrived = ColumnSchemas.fromConnect(
                    column.type(), Coercion.between(schema, schema).convert(travelling));
            assertThat(arrived).as(column.nativeType()).isEqualTo(value);
            ColumnFit.of(column).check(arrived);
        }
    }

    private static List<Row> rows(List<@Nullable Object> values) {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            rows.add(new Row((long) i, values.get(i)));
        }
        return rows;
    }

    private static List<Row> read(TestTable table, int size) {
        Object[] ids = LongStream.range(0, size).boxed().toArray();
        return table.select(TestTable.keys(ids)).stream()
                .sorted(Comparator.comparing(row -> (Long) row.required(0)))
                .toList();
    }

    private static List<@Nullable Object> list(@Nullable Object... elements) {
        return Arrays.asList(elements);
    }

    private static BigDecimal decimal(String text) {
        return new BigDecimal(text);
    }

    private static byte[] allBytes() {
        byte[] bytes = new byte[256];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) i;
        }
        return bytes;
    }
}
