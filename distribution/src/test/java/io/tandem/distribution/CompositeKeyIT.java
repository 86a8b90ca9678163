package io.tandem.distribution;

import io.tandem.distribution.TestAggregate.Side;
import io.tandem.examples.ExamplePair;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** A key of two columns, which the masters have in different order and under different names. */
@ExtendWith(PairExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CompositeKeyIT {

    private static final String CANONICAL = """
            {"type": "record", "name": "Policy", "namespace": "test.composite", "key": ["branch", "number"], "fields": [
              {"name": "branch", "type": "string"},
              {"name": "number", "type": "int"},
              {"name": "holder", "type": "string"},
              {"name": "covers", "type": {"type": "array", "items":
                {"type": "record", "name": "Cover", "key": ["code"], "fields": [
                  {"name": "code", "type": "string"},
                  {"name": "sum", "type": {"type": "bytes", "logicalType": "decimal", "precision": 12, "scale": 2}}]}}}]}
            """;

    private static final Side LEGACY = new Side(
            """
            {"aggregate": "policy", "master": "legacy", "fields": [
              {"field": "branch", "column": "BRANCH"},
              {"field": "number", "column": "POL_NO"},
              {"field": "holder", "column": "HOLDER"},
              {"field": "covers", "table": "IT_COVER", "fields": [
                {"field": "code", "column": "CODE"},
                {"field": "sum", "column": "AMOUNT"}]}]}
            """,
            Map.of("aggregate.root", "IT_POLICY", "aggregate.children", "IT_COVER"),
            """
            SELECT GROUP_CONCAT(CONCAT(p.BRANCH, '/', p.POL_NO, ' ', p.HOLDER, ' ', COALESCE((SELECT
              GROUP_CONCAT(CONCAT(c.CODE, '=', c.AMOUNT) ORDER BY c.CODE SEPARATOR ' ') FROM IT_COVER c
              WHERE c.BRANCH = p.BRANCH AND c.POL_NO = p.POL_NO), '-')) ORDER BY p.BRANCH, p.POL_NO SEPARATOR ', ')
            FROM IT_POLICY p""",
            List.of(
                    "CREATE TABLE IT_POLICY (BRANCH CHAR(3) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL, "
                            + "POL_NO INT NOT NULL, HOLDER VARCHAR(40) NOT NULL, PRIMARY KEY (BRANCH, POL_NO)) ENGINE=InnoDB",
                    "CREATE TABLE IT_COVER (BRANCH CHAR(3) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL, "
                            + "POL_NO INT NOT NULL, CODE CHAR(2) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL, "
                            + "AMOUNT DECIMAL(12,2) NOT NULL, PRIMARY KEY (BRANCH, POL_NO, CODE), "
                            + "FOREIGN KEY (BRANCH, POL_NO) REFERENCES IT_POLICY (BRANCH, POL_NO)) ENGINE=InnoDB"));

    private static final Side MODERN = new Side(
            """
            {"aggregate": "policy", "master": "modern", "fields": [
              {"field": "branch", "column": "branch_code"},
              {"field": "number", "column": "number"},
              {"field": "holder", "column": "holder"},
              {"field": "covers", "table": "it_cover", "fields": [
                {"field": "code", "column": "code"},
                {"field": "sum", "column": "sum_insured"}]}]}
            """,
            Map.of("aggregate.root", "it_policy", "aggregate.children", "it_cover"),
            """
            SELECT string_agg(p.branch_code || '/' || p.number || ' ' || p.holder || ' ' || COALESCE((SELECT
              string_agg(c.code || '=' || c.sum_insured, ' ' ORDER BY c.code) FROM it_cover c
              WHERE c.policy_branch = p.branch_code AND c.policy_number = p.number), '-'), ', '
              ORDER BY p.branch_code, p.number)
            FROM it_policy p""",
            List.of(
                    "CREATE TABLE it_policy (number integer, branch_code varchar(3) COLLATE \"C\", holder text NOT NULL, "
                            + "PRIMARY KEY (number, branch_code))",
                    "CREATE TABLE it_cover (policy_number integer, policy_branch varchar(3) COLLATE \"C\", "
                            + "code varchar(2), sum_insured numeric(12,2) NOT NULL, "
                            + "PRIMARY KEY (policy_number, policy_branch, code), "
                            + "FOREIGN KEY (policy_number, policy_branch) REFERENCES it_policy (number, branch_code))"));

    private final ExamplePair pair;
    private final TestAggregate policies;

    CompositeKeyIT(ExamplePair pair) {
        this.pair = pair;
        this.policies = TestAggregate.start(pair, "policy", CANONICAL, LEGACY, MODERN);
    }

    @AfterAll
    void stop() {
        policies.close();
    }

    @BeforeAll
    void write() {
        pair.legacy()
                .run(
                        "INSERT INTO IT_POLICY VALUES ('ZRH', 1, 'Ann'), ('ZRH', 2, 'Bob')",
                        "INSERT INTO IT_COVER VALUES ('ZRH', 1, 'FI', 1000.50), ('ZRH', 1, 'WA', 20)");
        policies.awaitBoth("ZRH/1 Ann FI=1000.50 WA=20.00, ZRH/2 Bob -");
    }

    @Test
    void travels_both_ways_with_its_children() {
        pair.modern()
                .run(
                        "INSERT INTO it_policy VALUES (1, 'BRN', 'Cid')",
                        "INSERT INTO it_cover VALUES (1, 'BRN', 'GL', 7.25)",
                        "UPDATE it_policy SET holder = 'Bea' WHERE branch_code = 'ZRH' AND number = 2");
        policies.awaitBoth("BRN/1 Cid GL=7.25, ZRH/1 Ann FI=1000.50 WA=20.00, ZRH/2 Bea -");

        // a child moves, on each side once
        pair.modern().run("UPDATE it_cover SET policy_number = 2 WHERE policy_branch = 'ZRH' AND code = 'WA'");
        policies.awaitBoth("BRN/1 Cid GL=7.25, ZRH/1 Ann FI=1000.50, ZRH/2 Bea WA=20.00");
        pair.legacy().run("UPDATE IT_COVER SET BRANCH = 'ZRH' WHERE BRANCH = 'BRN'");
        policies.awaitBoth("BRN/1 Cid -, ZRH/1 Ann FI=1000.50 GL=7.25, ZRH/2 Bea WA=20.00");

        // deleted here, inserted again there
        pair.legacy().run("DELETE FROM IT_POLICY WHERE BRANCH = 'BRN'");
        policies.awaitBoth("ZRH/1 Ann FI=1000.50 GL=7.25, ZRH/2 Bea WA=20.00");
        pair.modern()
                .run(
                        "INSERT INTO it_policy VALUES (1, 'BRN', 'Dan')",
                        "INSERT INTO it_cover VALUES (1, 'BRN', 'HH', 1)");
        policies.awaitBoth("BRN/1 Dan HH=1.00, ZRH/1 Ann FI=1000.50 GL=7.25, ZRH/2 Bea WA=20.00");

        // a key that changes is a delete and an insert
        pair.legacy()
                .run(
                        "DELETE FROM IT_COVER WHERE BRANCH = 'BRN'",
                        "UPDATE IT_POLICY SET POL_NO = 8 WHERE BRANCH = 'BRN'");
        policies.awaitBoth("BRN/8 Dan -, ZRH/1 Ann FI=1000.50 GL=7.25, ZRH/2 Bea WA=20.00");
    }
}
