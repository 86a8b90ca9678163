package io.tandem.distribution;

import io.tandem.distribution.TestAggregate.Side;
import io.tandem.examples.ExamplePair;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** One master keeps in one table what the other keeps in two. */
@ExtendWith(PairExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExtensionTableIT {

    private static final String CANONICAL = """
            {"type": "record", "name": "Employee", "namespace": "test.extension", "key": ["number"], "fields": [
              {"name": "number", "type": "int"},
              {"name": "name", "type": "string"},
              {"name": "badge", "type": ["null", {"type": "record", "name": "Badge", "fields": [
                {"name": "code", "type": ["null", "string"], "default": null},
                {"name": "until", "type": ["null", {"type": "int", "logicalType": "date"}], "default": null}]}],
               "default": null}]}
            """;

    private static final Side LEGACY = new Side(
            """
            {"aggregate": "employee", "master": "legacy", "fields": [
              {"field": "number", "column": "EMP_NO"},
              {"field": "name", "column": "NAME"},
              {"field": "badge.code", "column": "BADGE"},
              {"field": "badge.until", "column": "BADGE_UNTIL"}]}
            """,
            Map.of("aggregate.root", "IT_EMPLOYEE"),
            """
            SELECT GROUP_CONCAT(CONCAT(EMP_NO, ' ', NAME, ' ', COALESCE(BADGE, '-'), ' ',
              COALESCE(BADGE_UNTIL, '-')) ORDER BY EMP_NO SEPARATOR ', ') FROM IT_EMPLOYEE""",
            List.of("CREATE TABLE IT_EMPLOYEE (EMP_NO INT NOT NULL PRIMARY KEY, NAME VARCHAR(40) NOT NULL, "
                    + "BADGE VARCHAR(10) NULL, BADGE_UNTIL DATE NULL) ENGINE=InnoDB"));

    private static final Side MODERN = new Side(
            """
            {"aggregate": "employee", "master": "modern", "fields": [
              {"field": "number", "column": "number"},
              {"field": "name", "column": "name"},
              {"extension": "it_badge", "fields": [
                {"field": "badge.code", "column": "code"},
                {"field": "badge.until", "column": "valid_until"}]}]}
            """,
            Map.of("aggregate.root", "it_employee", "aggregate.children", "it_badge"),
            """
            SELECT string_agg(e.number || ' ' || e.name || ' ' || COALESCE(b.code, '-') || ' ' ||
              COALESCE(b.valid_until::text, '-'), ', ' ORDER BY e.number)
            FROM it_employee e LEFT JOIN it_badge b ON b.employee = e.number""",
            List.of(
                    "CREATE TABLE it_employee (number integer PRIMARY KEY, name text NOT NULL)",
                    "CREATE TABLE it_badge (employee integer PRIMARY KEY REFERENCES it_employee (number), "
                            + "code text, valid_until date)"));

    private final ExamplePair pair;
    private final TestAggregate employees;

    ExtensionTableIT(ExamplePair pair) {
        this.pair = pair;
        this.employees = TestAggregate.start(pair, "employee", CANONICAL, LEGACY, MODERN);
    }

    @AfterAll
    void stop() {
        employees.close();
    }

    @Test
    void travels_both_ways_with_and_without_the_second_row() {
        pair.legacy().run("INSERT INTO IT_EMPLOYEE VALUES (1, 'Ann', 'X1', '2030-01-31'), (2, 'Bob', NULL, NULL)");
        employees.awaitBoth("1 Ann X1 2030-01-31, 2 Bob - -");

        // the second row comes, changes and goes
        pair.modern()
                .run(
                        "INSERT INTO it_badge VALUES (2, 'B7', NULL)",
                        "UPDATE it_badge SET code = 'X2' WHERE employee = 1");
        employees.awaitBoth("1 Ann X2 2030-01-31, 2 Bob B7 -");
        pair.legacy()
                .run(
                        "UPDATE IT_EMPLOYEE SET BADGE = NULL, BADGE_UNTIL = NULL WHERE EMP_NO = 1",
                        "UPDATE IT_EMPLOYEE SET BADGE_UNTIL = '2031-12-31' WHERE EMP_NO = 2");
        employees.awaitBoth("1 Ann - -, 2 Bob B7 2031-12-31");

        // it moves
        pair.modern().run("UPDATE it_badge SET employee = 1 WHERE employee = 2");
        employees.awaitBoth("1 Ann B7 2031-12-31, 2 Bob - -");

        // deleted here, inserted again there
        pair.legacy().run("DELETE FROM IT_EMPLOYEE WHERE EMP_NO = 1");
        employees.awaitBoth("2 Bob - -");
        pair.modern().run("INSERT INTO it_employee VALUES (1, 'Cid')", "INSERT INTO it_badge VALUES (1, 'C3', NULL)");
        employees.awaitBoth("1 Cid C3 -, 2 Bob - -");
        pair.modern().run("DELETE FROM it_badge", "DELETE FROM it_employee WHERE number = 1");
        employees.awaitBoth("2 Bob - -");
    }
}
