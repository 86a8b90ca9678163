package io.tandem.connect.check;

import static io.tandem.connect.check.SampledThings.SECRET;
import static io.tandem.connect.check.SampledThings.assertErrors;
import static io.tandem.connect.check.SampledThings.createThings;
import static io.tandem.connect.check.SampledThings.sample;
import static io.tandem.connect.check.SampledThings.stripping;
import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.connect.aggregate.AggregateDefinition.ChildDefinition;
import io.tandem.connect.database.DatabaseTest;
import io.tandem.connect.database.TestDatabase;
import java.util.List;

/** What {@link MappingSampleTest} says holds for child rows of all levels, which are told apart by their keys. */
class MappingSampleChildTest {

    private static final List<ChildDefinition> PARTS = List.of(new ChildDefinition("part", "part", List.of()));
    private static final String PARTS_FIELD = """
            {"name": "parts", "type": {"type": "array", "items": {"type": "record", "name": "Part", "key": ["no"],
              "fields": [{"name": "no", "type": "int"}, {"name": "text", "type": ["null", "string"]}]}}}""";

    private static String generated(TestDatabase database) {
        return database.vendor().choose("GENERATED ALWAYS AS IDENTITY", "AUTO_INCREMENT");
    }

    private static String partsRule(String rules) {
        return "{\"field\": \"parts\", \"table\": \"part\", \"fields\": [" + rules + "]}";
    }

    private static void createParts(TestDatabase database) throws Exception {
        database.execute(
                "INSERT INTO thing (id) VALUES (1), (2)",
                "CREATE TABLE part (thing_id BIGINT NOT NULL REFERENCES thing (id), no INT NOT NULL, "
                        + "text VARCHAR(40), PRIMARY KEY (thing_id, no))");
    }

    @DatabaseTest
    void child_rows_are_compared_by_their_key_at_every_level(TestDatabase database) throws Exception {
        createThings(database);
        database.execute(
                "CREATE TABLE part (id BIGINT " + generated(database) + " PRIMARY KEY, thing_id BIGINT NOT NULL "
                        + "REFERENCES thing (id), no INT NOT NULL, text VARCHAR(40), UNIQUE (thing_id, no))",
                "CREATE TABLE label (part_id BIGINT NOT NULL REFERENCES part (id), tag "
                        + database.vendor().exactText(40) + " NOT NULL, text VARCHAR(40), PRIMARY KEY (part_id, tag))",
                "INSERT INTO thing (id) VALUES (1), (2), (3)",
                "INSERT INTO part (thing_id, no, text) VALUES (1, 20, 'a'), (1, 10, 'secret'), (2, 10, NULL)",
                "INSERT INTO label VALUES (1, 'y', 'a'), (1, 'x', 'a'), (2, ' secret', 'a'), (2, 'z', NULL), "
                        + "(3, 'x', NULL)");

        List<Finding> findings = sample(
                database,
                10,
                List.of(
                        new ChildDefinition("part", "part", "", List.of(), List.of("no")),
                        new ChildDefinition("label", "label", "part", List.of(), List.of())),
                """
                {"name": "parts", "type": {"type": "array", "items": {"type": "record", "name": "Part", "key": ["no"],
                  "fields": [{"name": "no", "type": "int"}, {"name": "text", "type": ["null", "string"]},
                    {"name": "labels", "type": {"type": "array", "items": {"type": "record", "name": "Label",
                      "key": ["tag"], "fields": [{"name": "tag", "type": "string"},
                        {"name": "text", "type": ["null", "string"]}]}}}]}}}""",
                """
                {"field": "parts", "table": "part", "fields": [{"field": "no", "column": "no"},
                  {"field": "text", "column": "text"},
                  {"field": "labels", "table": "label", "fields": [%s,
                    {"field": "text", "column": "text", "default": "none"}]}]}""".formatted(stripping("tag", "tag", "")));

        assertErrors(
                database,
                findings,
                "of 3 rows of app.thing, 2 would come back different in column text of app.label (keys 1, 2); a record of "
                        + "the other master would change the value here, although nobody wrote it; correct the rows, or "
                        + "give the column a rule that keeps it",
                "of 3 rows of app.thing, 1 would come back without some of their rows of app.label (key 1); a record of "
                        + "the other master would delete them here; correct the rows, or the rule of the table",
                "of 3 rows of app.thing, 1 would come back with rows of app.label that they don't have (key 1); a record "
                        + "of the other master would insert them here; correct the rows, or the rule of the table");
    }

    @DatabaseTest
    void a_code_outside_the_table_in_a_child_row_is_one_trouble_wherever_it_stands(TestDatabase database)
            throws Exception {
        createThings(database);
        createParts(database);
        database.execute("INSERT INTO part VALUES (1, 10, 'A'), (1, 20, 'secret'), (2, 10, 'secret')");

        List<Finding> findings = sample(database, 10, PARTS, PARTS_FIELD, partsRule("""
                {"field": "no", "column": "no"}, {"field": "text", "column": "text", "codes": {"A": "ACTIVE"}}"""));

        assertThat(findings)
                .singleElement()
                .extracting(Finding::message)
                .asString()
                .startsWith(
                        "of 2 rows of " + database.schema() + ".thing, 2 can't be mapped: parts[].text (column text")
                .endsWith(" (keys 1, 2); correct the rows, or the rule")
                .doesNotContain(SECRET);
    }

    @DatabaseTest
    void child_rows_that_come_back_without_their_key(TestDatabase database) throws Exception {
        createThings(database);
        createParts(database);
        database.execute("INSERT INTO part VALUES (1, 10, 'secret')");

        List<Finding> findings = sample(database, 10, PARTS, PARTS_FIELD, partsRule("""
                {"field": "no", "column": "no", "readOnly": true}, {"field": "text", "column": "text"}"""));

        assertErrors(
                database,
                findings,
                "of 2 rows of app.thing, 1 would come back with rows of app.part without no, a column of their key (key "
                        + "1); nobody could tell them apart; map it, or name other columns in "
                        + "aggregate.children.part.key");
    }
}
