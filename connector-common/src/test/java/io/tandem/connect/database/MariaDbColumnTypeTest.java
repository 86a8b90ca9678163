package io.tandem.connect.database;

import static io.tandem.connect.database.ColumnRoundTrip.ALL_BYTES;
import static io.tandem.connect.database.ColumnRoundTrip.TEXT;
import static io.tandem.connect.database.ColumnRoundTrip.decimal;
import static io.tandem.connect.database.ColumnRoundTrip.roundTrips;
import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.connect.aggregate.Row;
import io.tandem.testbed.Vendor;
import java.util.List;

/** What {@link ColumnTypeTest} says holds for the types that only MariaDB has, and for its wider ranges. */
class MariaDbColumnTypeTest {

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

    @DatabaseTest(Vendor.MARIADB)
    void decimals_of_the_greatest_width_of_mariadb(TestDatabase database) throws Exception {
        roundTrips(database, "DECIMAL(65,0)", decimal("9".repeat(65)));
        roundTrips(database, "DECIMAL(65,38)", decimal("9".repeat(27) + "." + "9".repeat(38)));
    }

    @DatabaseTest(Vendor.MARIADB)
    void bytes_of_mariadb(TestDatabase database) throws Exception {
        roundTrips(database, "VARBINARY(300)", new byte[0], ALL_BYTES);
        roundTrips(database, "BINARY(4)", new byte[] {0, 0, 0, 0}, new byte[] {-1, 0, 32, 0});
        roundTrips(database, "BIT(16)", new byte[] {1, 2}, new byte[] {-1, -1});
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
}
