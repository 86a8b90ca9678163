package io.tandem.connect.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.connect.aggregate.Column;
import io.tandem.connect.aggregate.ColumnType;
import io.tandem.connect.aggregate.ColumnType.Kind;
import io.tandem.connect.aggregate.ColumnType.Range;
import io.tandem.connect.aggregate.ColumnType.Symbols;
import io.tandem.testbed.Vendor;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;

/** What the catalog tells about columns beyond the kind of their values. */
class ColumnCatalogTest {

    @DatabaseTest
    void what_an_insert_may_leave_out(TestDatabase database) throws Exception {
        assertThat(column(database, "INT NOT NULL").defaulted()).isFalse();
        assertThat(column(database, "INT").defaulted()).isTrue();
        assertThat(column(database, "INT NOT NULL DEFAULT 0").defaulted()).isTrue();
        assertThat(column(database, "VARCHAR(3) NOT NULL DEFAULT ''").defaulted())
                .isTrue();
        assertThat(column(database, "BIGINT GENERATED ALWAYS AS (id + 1) STORED")
                        .defaulted())
                .isTrue();
        assertThat(column(
                                database,
                                database.vendor()
                                        .choose(
                                                "INT GENERATED ALWAYS AS IDENTITY",
                                                "INT NOT NULL AUTO_INCREMENT UNIQUE"))
                        .defaulted())
                .isTrue();
    }

    @DatabaseTest(Vendor.POSTGRESQL)
    void what_a_domain_of_postgresql_says_holds_for_its_columns(TestDatabase database) throws Exception {
        database.execute("CREATE DOMAIN strict AS int NOT NULL", "CREATE DOMAIN easy AS int NOT NULL DEFAULT 0");

        assertThat(column(database, "strict")).matches(column -> !column.nullable() && !column.defaulted());
        assertThat(column(database, "easy")).matches(column -> !column.nullable() && column.defaulted());
    }

    @DatabaseTest
    void the_length_of_texts_and_bytes(TestDatabase database) throws Exception {
        assertThat(type(database, "VARCHAR(7)")).matches(type -> type.precision() == 7 && !type.fixedLength());
        assertThat(type(database, "CHAR(7)")).matches(type -> type.precision() == 7 && type.fixedLength());
        if (database.vendor() == Vendor.MARIADB) {
            assertThat(type(database, "VARBINARY(7)")).matches(type -> type.precision() == 7 && !type.fixedLength());
            assertThat(type(database, "BINARY(7)")).matches(type -> type.precision() == 7 && type.fixedLength());
            assertThat(type(database, "TINYBLOB").precision()).isEqualTo(255);
            assertThat(type(database, "BIT(9)")).matches(type -> type.precision() == 2 && type.fixedLength());
        } else {
            assertThat(type(database, "BYTEA").precision()).isZero();
        }
    }

    @DatabaseTest
    void the_digits_of_a_seconds_fraction(TestDatabase database) throws Exception {
        assertThat(type(database, "TIME(2)")).isEqualTo(ColumnType.time(Kind.TIME, 2));
        assertThat(type(database, database.vendor().choose("TIMESTAMP", "DATETIME"))
                        .scale())
                .isEqualTo(database.vendor().choose(6, 0));
        assertThat(type(database, database.vendor().choose("TIMESTAMPTZ(3)", "TIMESTAMP(3)"))
                        .scale())
                .isEqualTo(3);
    }

    @DatabaseTest(Vendor.MARIADB)
    void the_range_of_numbers_of_mariadb(TestDatabase database) throws Exception {
        assertThat(type(database, "TINYINT").range()).isEqualTo(range("-128", "127"));
        assertThat(type(database, "MEDIUMINT UNSIGNED").range()).isEqualTo(range("0", "16777215"));
        assertThat(type(database, "BIGINT UNSIGNED").range()).isEqualTo(range("0", "18446744073709551615"));
        assertThat(type(database, "DECIMAL(4,2) UNSIGNED").range()).isEqualTo(range("0", "99.99"));
        assertThat(type(database, "BIGINT").range()).isNull();
    }

    @DatabaseTest
    void the_words_of_an_enumeration(TestDatabase database) throws Exception {
        List<String> words = List.of("b", "a", "it's, (ok)");
        if (database.vendor() == Vendor.POSTGRESQL) {
            database.execute("CREATE TYPE word AS ENUM ('b', 'a', 'it''s, (ok)')");
        }
        assertThat(type(database, database.vendor().choose("word", "ENUM('b', 'a', 'it''s, (ok)')"))
                        .symbols())
                .isEqualTo(new Symbols(words, false));
        if (database.vendor() == Vendor.MARIADB) {
            assertThat(type(database, "SET('b', 'a', '\\\\', 'x\\ny')").symbols())
                    .isEqualTo(new Symbols(List.of("b", "a", "\\", "x\ny"), true));
        }
    }

    @DatabaseTest(Vendor.MARIADB)
    void a_character_set_that_lacks_characters(TestDatabase database) throws Exception {
        assertThat(column(database, "VARCHAR(9) CHARACTER SET latin1").limitedCharset())
                .isEqualTo("latin1");
        assertThat(column(database, "TEXT CHARACTER SET utf8mb3").limitedCharset())
                .isEqualTo("utf8mb3");
        assertThat(column(database, "VARCHAR(9) CHARACTER SET utf8mb4").limitedCharset())
                .isNull();
        assertThat(column(database, "INT").limitedCharset()).isNull();
    }

    @DatabaseTest(Vendor.POSTGRESQL)
    void arrays_of_one_dimension(TestDatabase database) throws Exception {
        assertThat(type(database, "NUMERIC(5,2)[]")).isEqualTo(ColumnType.array(new ColumnType(Kind.DECIMAL, 5, 2)));
        assertThat(Objects.requireNonNull(type(database, "VARCHAR(5)[]").element())
                        .precision())
                .isEqualTo(5);
        assertThat(type(database, "INT[][]")).isEqualTo(ColumnType.of(Kind.STRING));
    }

    private static Range range(String min, String max) {
        return new Range(new BigDecimal(min), new BigDecimal(max));
    }

    private static ColumnType type(TestDatabase database, String type) throws SQLException {
        return column(database, type).type();
    }

    private static Column column(TestDatabase database, String type) throws SQLException {
        database.execute("DROP TABLE IF EXISTS sample", "CREATE TABLE sample (id BIGINT PRIMARY KEY, v " + type + ")");
        return TestTable.of(database, "sample").table().columns().get(1);
    }
}
