package io.tandem.distribution;

import io.tandem.distribution.TestAggregate.Side;
import io.tandem.examples.ExamplePair;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Versions in columns of the root table, counted by triggers, on both masters. */
@ExtendWith(PairExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OwnColumnsIT {

    private static final String CANONICAL = """
            {"type": "record", "name": "Ship", "namespace": "test.columns", "key": ["id"], "fields": [
              {"name": "id", "type": "int"},
              {"name": "name", "type": "string"},
              {"name": "crew", "type": {"type": "array", "items":
                {"type": "record", "name": "Sailor", "key": ["no"], "fields": [
                  {"name": "no", "type": "int"},
                  {"name": "name", "type": "string"}]}}}]}
            """;

    private static final Side LEGACY = new Side(
            """
            {"aggregate": "ship", "master": "legacy", "fields": [
              {"field": "id", "column": "ID"},
              {"field": "name", "column": "NAME"},
              {"field": "crew", "table": "OC_CREW", "fields": [
                {"field": "no", "column": "NO"},
                {"field": "name", "column": "NAME"}]}]}
            """,
            Map.of("aggregate.root", "OC_SHIP", "aggregate.children", "OC_CREW", "clock.placement", "root"),
            """
            SELECT GROUP_CONCAT(CONCAT(s.ID, ' ', s.NAME, COALESCE((SELECT
              GROUP_CONCAT(CONCAT(' ', c.NAME) ORDER BY c.NO SEPARATOR '') FROM OC_CREW c WHERE c.SHIP = s.ID), ''))
              ORDER BY s.ID SEPARATOR ', ') FROM OC_SHIP s""",
            List.of(
                    "CREATE TABLE OC_SHIP (ID INT PRIMARY KEY, NAME VARCHAR(20) NOT NULL) ENGINE=InnoDB",
                    "CREATE TABLE OC_CREW (SHIP INT NOT NULL, NO INT NOT NULL, NAME VARCHAR(20) NOT NULL, "
                            + "PRIMARY KEY (SHIP, NO), FOREIGN KEY (SHIP) REFERENCES OC_SHIP (ID)) ENGINE=InnoDB",
                    "INSERT INTO OC_SHIP VALUES (1, 'Ark')"));

    private static final Side MODERN = new Side(
            """
            {"aggregate": "ship", "master": "modern", "fields": [
              {"field": "id", "column": "id"},
              {"field": "name", "column": "title"},
              {"field": "crew", "table": "oc_crew", "fields": [
                {"field": "no", "column": "no"},
                {"field": "name", "column": "name"}]}]}
            """,
            Map.of("aggregate.root", "oc_ship", "aggregate.children", "oc_crew", "clock.placement", "root"),
            """
            SELECT string_agg(s.id || ' ' || s.title || COALESCE((SELECT
              string_agg(' ' || c.name, '' ORDER BY c.no) FROM oc_crew c WHERE c.ship = s.id), ''), ', ' ORDER BY s.id)
            FROM oc_ship s""",
            List.of(
                    "CREATE TABLE oc_ship (id integer PRIMARY KEY, title varchar(20) NOT NULL)",
                    "CREATE TABLE oc_crew (ship integer NOT NULL REFERENCES oc_ship (id), no integer NOT NULL, "
                            + "name varchar(20) NOT NULL, PRIMARY KEY (ship, no))"));

    private final ExamplePair pair;
    private final TestAggregate ships;

    OwnColumnsIT(ExamplePair pair) {
        this.pair = pair;
        this.ships = TestAggregate.start(pair, "ship", CANONICAL, LEGACY, MODERN);
    }

    @AfterAll
    void stop() {
        ships.close();
    }

    @Test
    void travels_both_ways_with_children_deletes_and_inserts_after_them() {
        // what was there before is seeded by the example's source of the old master
        ships.awaitBoth("1 Ark");

        pair.modern()
                .run("INSERT INTO oc_ship (id, title) VALUES (2, 'Bee')", "INSERT INTO oc_crew VALUES (2, 1, 'Cid')");
        pair.legacy()
                .run("UPDATE OC_SHIP SET NAME = 'Ark II' WHERE ID = 1", "INSERT INTO OC_CREW VALUES (1, 1, 'Noah')");
        ships.awaitBoth("1 Ark II Noah, 2 Bee Cid");

        // a child alone, on each side
        pair.modern().run("UPDATE oc_crew SET name = 'Sem' WHERE ship = 1");
        pair.legacy().run("INSERT INTO OC_CREW VALUES (2, 2, 'Dan')");
        ships.awaitBoth("1 Ark II Sem, 2 Bee Cid Dan");

        pair.legacy().run("DELETE FROM OC_CREW WHERE SHIP = 2", "DELETE FROM OC_SHIP WHERE ID = 2");
        ships.awaitBoth("1 Ark II Sem");
        pair.modern().run("INSERT INTO oc_ship (id, title) VALUES (2, 'Bee II')");
        ships.awaitBoth("1 Ark II Sem, 2 Bee II");
        pair.legacy().run("UPDATE OC_SHIP SET NAME = 'Bee III' WHERE ID = 2");
        ships.awaitBoth("1 Ark II Sem, 2 Bee III");

        // a key that changes is a delete and an insert
        pair.modern().run("UPDATE oc_ship SET id = 9 WHERE id = 2");
        ships.awaitBoth("1 Ark II Sem, 9 Bee III");
    }
}
