package io.tandem.connect.check;

import static io.tandem.connect.check.SampledThings.NAME_FIELD;
import static io.tandem.connect.check.SampledThings.SECRET;
import static io.tandem.connect.check.SampledThings.assertErrors;
import static io.tandem.connect.check.SampledThings.createThings;
import static io.tandem.connect.check.SampledThings.insertThings;
import static io.tandem.connect.check.SampledThings.sample;
import static io.tandem.connect.check.SampledThings.stripping;
import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.connect.check.SampledThings.Stripping;
import io.tandem.connect.database.DatabaseTest;
import io.tandem.connect.database.TestDatabase;
import io.tandem.testbed.Vendor;
import java.util.List;

/** Rows that would not be the same after the way through the mapping and back are found before anything is sent. */
class MappingSampleTest {

    @DatabaseTest
    void rows_that_come_back_as_they_were_have_no_findings(TestDatabase database) throws Exception {
        createThings(database);
        database.execute(
                "INSERT INTO thing VALUES (1, 'Ada', 'ab  '), (2, NULL, NULL), (3, '', 'abcd'), (4, ' x ', '')",
                // no rule writes the columns
                "ALTER TABLE thing ADD COLUMN note VARCHAR(10) DEFAULT 'here', ADD COLUMN twice BIGINT "
                        + "GENERATED ALWAYS AS (id * 2) STORED");

        List<Finding> findings = sample(
                database,
                10,
                List.of(),
                NAME_FIELD
                        + ", {\"name\": \"code\", \"type\": [\"null\", \"string\"]}, "
                        + "{\"name\": \"shown\", \"type\": [\"null\", \"string\"]}",
                """
                {"field": "name", "column": "name"}, {"field": "code", "column": "code"},
                {"field": "shown", "column": "note", "readOnly": true}""");

        assertThat(findings).isEmpty();
    }

    @DatabaseTest
    void an_empty_table_has_no_findings(TestDatabase database) throws Exception {
        createThings(database);

        assertThat(sample(database, 10, "{\"field\": \"name\", \"column\": \"name\"}"))
                .isEmpty();
    }

    @DatabaseTest
    void a_code_outside_the_table_cannot_be_mapped(TestDatabase database) throws Exception {
        createThings(database);
        database.execute("INSERT INTO thing (id, name) VALUES (1, 'A'), (5, 'secret'), (6, 'secrets')");

        List<Finding> findings =
                sample(database, 10, "{\"field\": \"name\", \"column\": \"name\", \"codes\": {\"A\": \"ACTIVE\"}}");

        assertThat(findings)
                .singleElement()
                .extracting(Finding::message)
                .asString()
                .startsWith("of 3 rows of " + database.schema() + ".thing, 2 can't be mapped: name (column name): ")
                .endsWith(" (keys 5, 6); correct the rows, or the rule")
                .doesNotContain(SECRET);
    }

    @DatabaseTest
    void a_null_that_a_default_replaces_comes_back_different(TestDatabase database) throws Exception {
        createThings(database);
        database.execute(
                "INSERT INTO thing (id, name) VALUES (1, NULL), (2, 'secret'), (3, NULL), (4, NULL), (5, NULL)");

        List<Finding> findings =
                sample(database, 10, "{\"field\": \"name\", \"column\": \"name\", \"default\": \"secret none\"}");

        assertErrors(
                database,
                findings,
                "of 5 rows of app.thing, 4 would come back different in column name of app.thing (keys 1, 3, 4, …); a "
                        + "record of the other master would change the value here, although nobody wrote it; correct the "
                        + "rows, or give the column a rule that keeps it");
    }

    @DatabaseTest
    void spaces_at_the_end_that_a_padded_column_does_not_keep(TestDatabase database) throws Exception {
        createThings(database);
        database.execute("INSERT INTO thing (id, code) VALUES (1, 'abcd'), (2, 'ab')");

        List<Finding> findings = sample(
                database,
                10,
                List.of(),
                "{\"name\": \"one\", \"type\": [\"null\", \"string\"]}, {\"name\": \"two\", \"type\": [\"null\", "
                        + "\"string\"]}",
                """
                {"column": "code", "positions": [{"field": "one", "length": 2}, {"field": "two", "length": 2}]}""");

        String type =
                database.vendor().choose("character(4)", "char(4) CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci");
        assertErrors(
                database,
                findings,
                "of 2 rows of app.thing, 1 would come back with a value that column code of app.thing can't take: it ends "
                        + "in spaces, which " + type
                        + " does not keep (key 2); such a record of the other master would "
                        + "be refused here; correct the rows or the rule, or change the column");
    }

    @DatabaseTest
    void a_class_that_loses_something(TestDatabase database) throws Exception {
        createThings(database);
        database.execute("INSERT INTO thing (id, name) VALUES (1, 'abc'), (2, ' ab'), (3, 'abcsecret')");

        List<Finding> findings = sample(database, 10, stripping("name", "name", "\"cuts\": true"));

        assertErrors(
                database,
                findings,
                "of 3 rows of app.thing, 1 would come back different in column name of app.thing (key 2); a record of the "
                        + "other master would change the value here, although nobody wrote it; correct the rows, or give "
                        + "the column a rule that keeps it",
                "of 3 rows of app.thing, 1 can't be mapped: name (column name): " + Stripping.class.getName()
                        + ".toLocal gives columns for it that would not be read as the same again (key 3); correct the "
                        + "rows, or the rule");
    }

    @DatabaseTest
    void of_more_rows_than_asked_for_the_first_and_the_last_are_read(TestDatabase database) throws Exception {
        createThings(database);
        insertThings(database, 950);
        database.execute("UPDATE thing SET name = NULL WHERE id IN (250, 251, 700, 701, 702)");
        String rule = "{\"field\": \"name\", \"column\": \"name\", \"default\": \"none\"}";

        assertThat(sample(database, 500, rule))
                .singleElement()
                .extracting(Finding::message)
                .asString()
                .startsWith("of 500 rows of " + database.schema() + ".thing, 3 would come back different")
                .contains("(keys 250, 701, 702)");
        for (int rows : new int[] {949, 950, 951, 2000}) {
            assertThat(sample(database, rows, rule))
                    .as("a sample of %s rows", rows)
                    .singleElement()
                    .extracting(Finding::message)
                    .asString()
                    .startsWith("of " + Math.min(rows, 950) + " rows of " + database.schema() + ".thing, 5 would");
        }
        assertThat(sample(database, 1, rule)).isEmpty();
    }

    @DatabaseTest
    void rows_that_cannot_be_read_are_told_and_the_others_looked_at(TestDatabase database) throws Exception {
        createThings(database);
        insertThings(database, 300);
        database.execute(
                "ALTER TABLE thing ADD COLUMN day DATE",
                "UPDATE thing SET name = NULL WHERE id IN (6, 299)",
                lax(database) + "UPDATE thing SET day = '" + unreadable(database) + "' WHERE id IN (7, 250, 298, 300)");

        List<Finding> findings =
                sample(database, 1000, "{\"field\": \"name\", \"column\": \"name\", \"default\": \"none\"}");

        assertThat(findings).hasSize(2);
        assertThat(findings.get(0).message())
                .startsWith("of 300 rows of " + database.schema() + ".thing, 2 would come back different")
                .contains("(keys 6, 299)");
        assertThat(findings.get(1).message())
                .isEqualTo("of 300 rows of " + database.schema()
                        + ".thing, 4 can't be read: column day (date) of table "
                        + database.schema() + ".thing: the value "
                        + database.vendor().choose("is infinity or -infinity", "is a date without a year, month or day")
                        + ", which no other database has (keys 7, 250, 298, …); correct it in the table");
    }

    @DatabaseTest
    void a_key_that_cannot_be_read_ends_the_sample(TestDatabase database) throws Exception {
        database.execute(
                "CREATE TABLE thing (id DATE PRIMARY KEY, name VARCHAR(40))",
                lax(database) + "INSERT INTO thing VALUES ('" + unreadable(database) + "', 'a')");

        List<Finding> findings = sample(database, 10, "{\"field\": \"name\", \"column\": \"name\"}");

        assertThat(findings)
                .singleElement()
                .extracting(Finding::message)
                .asString()
                .startsWith(
                        "the sample of rows ended early: column id (date) of table " + database.schema() + ".thing, ")
                .endsWith("correct it in the table");
    }

    private static String unreadable(TestDatabase database) {
        return database.vendor().choose("infinity", "2020-00-00");
    }

    private static String lax(TestDatabase database) {
        return database.vendor().choose("", "SET STATEMENT sql_mode = '' FOR ");
    }

    @DatabaseTest(Vendor.POSTGRESQL)
    void arrays_of_binaries_and_times_are_compared_by_their_content(TestDatabase database) throws Exception {
        createThings(database);
        database.execute(
                "ALTER TABLE thing ADD COLUMN parts BYTEA[], ADD COLUMN bin BYTEA, ADD COLUMN at TIMESTAMPTZ",
                "INSERT INTO thing VALUES (1, NULL, NULL, '{\"\\\\x01\",NULL}', '\\x0102', '2020-01-02 03:04:05.678901+00')");

        List<Finding> findings = sample(database, 10, List.of(), """
                {"name": "parts", "type": ["null", {"type": "array", "items": ["null", "bytes"]}]},
                {"name": "bin", "type": ["null", "bytes"]},
                {"name": "at", "type": ["null", {"type": "long", "logicalType": "timestamp-micros"}]}""", """
                {"field": "parts", "column": "parts"}, {"field": "bin", "column": "bin"},
                {"field": "at", "column": "at"}""");

        assertThat(findings).isEmpty();
    }

    @DatabaseTest
    void many_kinds_of_trouble_are_cut_short(TestDatabase database) throws Exception {
        createThings(database);
        database.execute("INSERT INTO thing (id) VALUES (1), (2)");
        for (int i = 0; i < 60; i++) {
            database.execute("ALTER TABLE thing ADD COLUMN c" + i + " INT");
        }
        StringBuilder fields = new StringBuilder("{\"name\": \"name\", \"type\": \"string\"}");
        StringBuilder rules = new StringBuilder("{\"field\": \"name\", \"column\": \"name\", \"default\": \"none\"}");
        for (int i = 0; i < 60; i++) {
            fields.append(", {\"name\": \"c").append(i).append("\", \"type\": \"int\"}");
            rules.append(", {\"field\": \"c" + i + "\", \"column\": \"c" + i + "\", \"default\": 0}");
        }

        List<Finding> findings = sample(database, 10, List.of(), fields.toString(), rules.toString());

        assertThat(findings).hasSize(51);
        assertThat(findings.get(50).message())
                .isEqualTo("of 2 rows of " + database.schema()
                        + ".thing, 2 have other troubles than these 50; correct these first");
    }
}
