package io.tandem.connect.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tandem.connect.aggregate.AggregateKey;
import io.tandem.testbed.Vendor;
import java.sql.SQLException;
import java.util.List;

/** A value that has no exact counterpart is refused with the place where it stands, and is never NULL instead. */
class UnreadableValueTest {

    @DatabaseTest(Vendor.MARIADB)
    void zero_dates_of_mariadb(TestDatabase database) throws Exception {
        String reason = "is a date without a year, month or day";
        for (String date : List.of("0000-00-00", "2020-00-00", "2020-02-00")) {
            isUnreadable(database, "DATE", "'" + date + "'", reason);
            isUnreadable(database, "DATETIME(6)", "'" + date + " 00:00:00'", reason);
        }
        isUnreadable(database, "DATETIME", "'2020-00-00 01:02:03'", reason);
        isUnreadable(database, "TIMESTAMP(6)", "'0000-00-00 00:00:00'", reason);
        isUnreadable(database, "TIMESTAMP NOT NULL", "0", reason);
    }

    @DatabaseTest(Vendor.MARIADB)
    void spans_of_time_of_mariadb(TestDatabase database) throws Exception {
        for (String time : List.of("-00:00:00.000001", "-838:59:59", "24:00:00", "838:59:59.999999")) {
            isUnreadable(database, "TIME(6)", "'" + time + "'", "is negative or has 24 hours or more");
        }
        isUnreadable(database, "TIME", "'-12:00:00'", "is negative or has 24 hours or more");
    }

    @DatabaseTest(Vendor.MARIADB)
    void a_word_that_an_enum_has_not(TestDatabase database) throws Exception {
        isUnreadable(database, "ENUM('a', 'b')", "'c'", "is none of the words of the ENUM");
    }

    @DatabaseTest(Vendor.POSTGRESQL)
    void infinity_of_postgresql(TestDatabase database) throws Exception {
        for (String type : List.of("DATE", "TIMESTAMP", "TIMESTAMPTZ")) {
            isUnreadable(database, type, "'infinity'", "is infinity or -infinity");
            isUnreadable(database, type, "'-infinity'", "is infinity or -infinity");
            isUnreadable(database, type + "[]", "'{infinity}'", "has an element that is infinite");
        }
        isUnreadable(database, "NUMERIC(9,2)", "'NaN'", "is NaN or infinite");
        isUnreadable(database, "NUMERIC(9,2)[]", "'{1.00,NaN}'", "has an element that is NaN or infinite");
    }

    @DatabaseTest(Vendor.POSTGRESQL)
    void years_of_postgresql_beyond_microseconds(TestDatabase database) throws Exception {
        String reason = "is beyond the years that int64 microseconds hold";
        isUnreadable(database, "TIMESTAMP", "'294276-12-31 23:59:59'", reason);
        isUnreadable(database, "TIMESTAMPTZ", "'294276-12-31 23:59:59'", reason);
    }

    @DatabaseTest(Vendor.POSTGRESQL)
    void the_end_of_the_day_of_postgresql(TestDatabase database) throws Exception {
        isUnreadable(database, "TIME", "'24:00:00'", "is 24:00:00");
        isUnreadable(database, "TIME[]", "'{24:00:00}'", "has an element that is infinite, 24:00");
    }

    @DatabaseTest(Vendor.POSTGRESQL)
    void arrays_of_another_shape(TestDatabase database) throws Exception {
        isUnreadable(database, "INT[]", "'{{1,2},{3,4}}'", "is an array of more than one dimension");
        isUnreadable(database, "INT[]", "'[0:1]={1,2}'", "is an array that does not start at 1");
    }

    @DatabaseTest
    void the_message_says_where_and_what_to_do(TestDatabase database) throws Exception {
        String type = database.vendor().choose("TIME(6)", "TIME");
        insert(database, type, "'24:00:00'");

        assertThatThrownBy(() -> TestTable.of(database, "sample").select(TestTable.keys(4711L)))
                .hasMessageContaining("column v (")
                .hasMessageContaining("of table " + database.schema() + ".sample, key 4711: the value is")
                .hasMessageEndingWith("correct it in the table, then restart the task");
    }

    private static void isUnreadable(TestDatabase database, String type, String literal, String reason)
            throws SQLException {
        insert(database, type, literal);
        TestTable table = TestTable.of(database, "sample");

        // often enough for the driver to take the binary form
        for (int i = 0; i < 7; i++) {
            assertThatThrownBy(() -> table.select(TestTable.keys(4711L)))
                    .as("%s of type %s", literal, type)
                    .isInstanceOfSatisfying(
                            UnreadableRowException.class,
                            e -> assertThat(e.key()).isEqualTo(new AggregateKey(List.of(4711L))))
                    .hasMessageContaining(reason);
        }
    }

    private static void insert(TestDatabase database, String type, String literal) throws SQLException {
        database.execute(
                "DROP TABLE IF EXISTS sample",
                "CREATE TABLE sample (id BIGINT PRIMARY KEY, v " + type + ")",
                database.vendor().choose("", "SET STATEMENT sql_mode = '' FOR ") + "INSERT INTO sample VALUES (4711, "
                        + literal + ")");
    }
}
