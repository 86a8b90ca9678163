package io.tandem.connect.database;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tandem.connect.aggregate.Column;
import io.tandem.connect.record.ColumnFit;
import io.tandem.testbed.Vendor;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import org.apache.kafka.connect.errors.DataException;

/** What a column would round, pad, cut or spell differently is refused before it is written. */
class ColumnFitTest {

    @DatabaseTest(Vendor.MARIADB)
    void integers_of_mariadb(TestDatabase database) throws Exception {
        misfits(database, "TINYINT", (short) 128, (short) -129);
        misfits(database, "TINYINT UNSIGNED", (short) 256, (short) -1);
        misfits(database, "SMALLINT UNSIGNED", 65536, -1);
        misfits(database, "MEDIUMINT", 8388608, -8388609);
        misfits(database, "MEDIUMINT UNSIGNED", 16777216);
        misfits(database, "INT UNSIGNED", 4294967296L, -1L);
        misfits(database, "BIGINT UNSIGNED", new BigDecimal("18446744073709551616"), new BigDecimal("-1"));
        misfits(database, "DECIMAL(4,2) UNSIGNED", new BigDecimal("-0.01"));
        misfits(database, "YEAR", (short) 2156, (short) -1);
    }

    @DatabaseTest(Vendor.MARIADB)
    void floating_point_numbers_of_mariadb(TestDatabase database) throws Exception {
        misfits(database, "FLOAT", Float.NaN, Float.POSITIVE_INFINITY);
        misfits(database, "DOUBLE", Double.NaN, Double.NEGATIVE_INFINITY);
        misfits(database, "DOUBLE UNSIGNED", -0.5);
        misfits(database, "DOUBLE(10,2)", 0.125);
    }

    @DatabaseTest
    void fractions_of_a_second(TestDatabase database) throws Exception {
        String timestamp = database.vendor().choose("TIMESTAMP", "DATETIME");
        String instant = database.vendor().choose("TIMESTAMPTZ", "TIMESTAMP");
        misfits(database, timestamp + "(0)", LocalDateTime.of(2024, 1, 1, 0, 0, 0, 500_000_000));
        misfits(database, timestamp + "(3)", LocalDateTime.of(2024, 1, 1, 0, 0, 0, 1_000));
        misfits(database, instant + "(0)", Instant.parse("2024-01-01T00:00:00.5Z"));
        misfits(database, "TIME(2)", LocalTime.of(1, 2, 3, 1_000_000));
        fits(database, "TIME(2)", LocalTime.of(1, 2, 3, 10_000_000));
        fits(database, instant + "(3)", Instant.parse("2024-01-01T00:00:00.001Z"));
    }

    @DatabaseTest(Vendor.MARIADB)
    void years_of_mariadb(TestDatabase database) throws Exception {
        misfits(database, "DATE", LocalDate.of(-43, 3, 15), LocalDate.of(10_000, 1, 1));
        misfits(database, "DATETIME(6)", LocalDateTime.of(-1, 1, 1, 0, 0), LocalDateTime.of(10_000, 1, 1, 0, 0));
    }

    @DatabaseTest
    void texts(TestDatabase database) throws Exception {
        // both vendors cut off spaces without an error
        misfits(database, "VARCHAR(3)", "abc ", "abcd  ");
        fits(database, "VARCHAR(3)", "ab ", "😀😀😀");
        misfits(database, "CHAR(3)", "a ", " ");
        fits(database, "CHAR(3)", "a", "", "😀😀😀");
        misfits(database, "UUID", "3F2504E0-4f89-11d3-9a0c-0305e82c3301", "3f2504e04f8911d39a0c0305e82c3301");
    }

    @DatabaseTest(Vendor.MARIADB)
    void texts_that_mariadb_limits_by_bytes(TestDatabase database) throws Exception {
        misfits(database, "TINYTEXT", "😀".repeat(63) + "    ");
        fits(database, "TINYTEXT", "😀".repeat(63) + "   ");
    }

    @DatabaseTest(Vendor.MARIADB)
    void bytes_of_mariadb(TestDatabase database) throws Exception {
        misfits(database, "BINARY(2)", new byte[0], new byte[1], new byte[3]);
        misfits(database, "BIT(12)", new byte[1], new byte[3]);
        fits(database, "BIT(12)", (Object) new byte[2]);
    }

    @DatabaseTest(Vendor.MARIADB)
    void words_of_mariadb(TestDatabase database) throws Exception {
        misfits(database, "ENUM('a', 'it''s')", "A", "", "1", "its", "a ");
        fits(database, "ENUM('a', 'it''s')", "a", "it's");
        misfits(database, "SET('a', 'ab', 'c')", "c,a", "a,a", "A", "a,", "ab,d", ",a");
        fits(database, "SET('a', 'ab', 'c')", "", "a", "ab", "a,ab,c", "ab,c");
    }

    @DatabaseTest(Vendor.POSTGRESQL)
    void words_and_arrays_of_postgresql(TestDatabase database) throws Exception {
        database.execute("CREATE TYPE mood AS ENUM ('happy', 'sad')");
        misfits(database, "mood", "Happy", "");
        fits(database, "mood", "sad");
        misfits(database, "VARCHAR(2)[]", List.of("a", "ab "));
        misfits(database, "TIMESTAMP(0)[]", List.of(LocalDateTime.of(2024, 1, 1, 0, 0, 0, 1_000)));
    }

    private static void misfits(TestDatabase database, String type, Object... values) throws SQLException {
        ColumnFit fit = ColumnFit.of(column(database, type));
        for (Object value : values) {
            assertThatThrownBy(() -> fit.check(value))
                    .as("%s for %s", value, type)
                    .isInstanceOf(DataException.class);
        }
    }

    private static void fits(TestDatabase database, String type, Object... values) throws SQLException {
        ColumnFit fit = ColumnFit.of(column(database, type));
        for (Object value : values) {
            assertThatCode(() -> fit.check(value)).as("%s for %s", value, type).doesNotThrowAnyException();
        }
    }

    private static Column column(TestDatabase database, String type) throws SQLException {
        database.execute("DROP TABLE IF EXISTS sample", "CREATE TABLE sample (id BIGINT PRIMARY KEY, v " + type + ")");
        return TestTable.of(database, "sample").table().columns().get(1);
    }
}
