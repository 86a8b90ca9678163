package io.tandem.connect.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tandem.connect.aggregate.Row;
import io.tandem.testbed.Vendor;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;

/** A value is written as it is or not at all. */
class WritingEdgesTest {

    @DatabaseTest
    void a_text_that_is_too_long_is_refused_and_not_cut(TestDatabase database) throws Exception {
        for (String type : List.of("VARCHAR(3)", "CHAR(3)")) {
            TestTable table = sample(database, type);
            table.insert(List.of(new Row(1L, "abc")));

            isRefusedAsData(() -> table.insert(List.of(new Row(2L, "abcd"))));
            isRefusedAsData(() -> table.update(List.of(new Row(1L, "wxyz"))));

            assertThat(database.query("SELECT id, v FROM sample")).containsExactly("1|abc");
        }
    }

    @DatabaseTest(Vendor.MARIADB)
    void texts_and_bytes_that_are_too_long_by_any_byte_are_refused(TestDatabase database) throws Exception {
        TestTable bytes = sample(database, "VARBINARY(2)");
        isRefusedAsData(() -> bytes.insert(List.of(new Row(2L, new byte[3]))));
        TestTable blob = sample(database, "TINYBLOB");
        isRefusedAsData(() -> blob.insert(List.of(new Row(2L, new byte[256]))));
        TestTable text = sample(database, "TINYTEXT");
        isRefusedAsData(() -> text.insert(List.of(new Row(2L, "😀".repeat(64)))));
    }

    @DatabaseTest(Vendor.MARIADB)
    void the_first_second_of_1970_is_refused_since_it_would_be_a_zero_date(TestDatabase database) throws Exception {
        TestTable table = sample(database, "TIMESTAMP(6) NULL");

        isRefusedAsData(() -> table.insert(List.of(new Row(1L, Instant.EPOCH))));
        isRefusedAsData(() -> table.insert(List.of(new Row(1L, Instant.parse("9999-01-01T00:00:00Z")))));
    }

    @DatabaseTest
    void a_date_that_is_out_of_range_is_refused(TestDatabase database) throws Exception {
        TestTable table = sample(database, "DATE");

        isRefusedAsData(() -> table.insert(List.of(new Row(1L, LocalDate.of(6_000_000, 1, 1)))));
    }

    @DatabaseTest(Vendor.MARIADB)
    void a_server_that_is_not_strict_by_default_cuts_nothing_either(TestDatabase database) throws Exception {
        String before = database.query("SELECT @@GLOBAL.sql_mode").get(0);
        database.execute("SET GLOBAL sql_mode = ''");
        try {
            TestTable table = sample(database, "VARCHAR(3)");

            isRefusedAsData(() -> table.insert(List.of(new Row(2L, "abcd"))));

            assertThat(database.query("SELECT id FROM sample")).isEmpty();
        } finally {
            database.execute("SET GLOBAL sql_mode = '" + before + "'");
        }
    }

    @DatabaseTest
    void a_number_that_does_not_fit_is_refused(TestDatabase database) throws Exception {
        TestTable table = sample(database, "DECIMAL(4,2)");

        isRefusedAsData(() -> table.insert(List.of(new Row(1L, new java.math.BigDecimal("100.00")))));
    }

    @DatabaseTest(Vendor.MARIADB)
    void a_character_that_the_column_has_not_is_refused(TestDatabase database) throws Exception {
        TestTable table = sample(database, "VARCHAR(10) CHARACTER SET latin1");

        isRefusedAsData(() -> table.insert(List.of(new Row(1L, "😀"))));
    }

    @DatabaseTest(Vendor.POSTGRESQL)
    void a_zero_character_is_refused(TestDatabase database) throws Exception {
        TestTable table = sample(database, "TEXT");

        isRefusedAsData(() -> table.insert(List.of(new Row(1L, "a\0b"))));
    }

    @DatabaseTest
    void a_generated_key_of_the_application_can_be_given(TestDatabase database) throws Exception {
        database.execute("CREATE TABLE sample (id BIGINT "
                + database.vendor().choose("GENERATED ALWAYS AS IDENTITY", "AUTO_INCREMENT")
                + " PRIMARY KEY, v VARCHAR(9))");
        TestTable table = TestTable.of(database, "sample");

        table.insert(List.of(new Row(0L, "zero"), new Row(7L, "seven")));

        assertThat(database.query("SELECT id, v FROM sample ORDER BY id")).containsExactly("0|zero", "7|seven");
    }

    @DatabaseTest
    void a_row_of_the_applications_own_schema_is_not_touched_by_a_key_of_other_case(TestDatabase database)
            throws Exception {
        database.execute(
                "CREATE TABLE sample (id VARCHAR(9) "
                        + database.vendor().choose("", "CHARACTER SET utf8mb4 COLLATE utf8mb4_bin ")
                        + "PRIMARY KEY, v VARCHAR(9))",
                "INSERT INTO sample VALUES ('a', 'x'), ('A', 'y')");
        TestTable table = TestTable.of(database, "sample");

        table.update(List.of(new Row("a", "changed")));

        assertThat(database.query("SELECT v FROM sample WHERE id = 'A'")).containsExactly("y");
    }

    private static TestTable sample(TestDatabase database, String type) throws SQLException {
        database.execute("DROP TABLE IF EXISTS sample", "CREATE TABLE sample (id BIGINT PRIMARY KEY, v " + type + ")");
        return TestTable.of(database, "sample");
    }

    private static void isRefusedAsData(ThrowingCallable write) {
        assertThatThrownBy(write).isInstanceOfSatisfying(DatabaseException.class, e -> {
            @Nullable String message = e.getMessage();
            assertThat(e.kind()).as(message).isEqualTo(ErrorKind.DATA);
        });
    }
}
