package io.tandem.distribution;

import io.tandem.distribution.TestAggregate.Side;
import io.tandem.examples.ExamplePair;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Two tables of the same kind are one collection with a kind, and one table with a kind is two collections: here both at
 * once, in opposite directions.
 */
@ExtendWith(PairExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DiscriminatorIT {

    private static final String CANONICAL = """
            {"type": "record", "name": "Party", "namespace": "test.discriminator", "key": ["number"], "fields": [
              {"name": "number", "type": "int"},
              {"name": "addresses", "type": {"type": "array", "items":
                {"type": "record", "name": "Address", "key": ["kind"], "fields": [
                  {"name": "kind", "type": "string"},
                  {"name": "city", "type": "string"}]}}},
              {"name": "phones", "type": {"type": "array", "items":
                {"type": "record", "name": "Phone", "key": ["position"], "fields": [
                  {"name": "position", "type": "int"},
                  {"name": "value", "type": "string"}]}}},
              {"name": "mails", "type": {"type": "array", "items":
                {"type": "record", "name": "Mail", "key": ["position"], "fields": [
                  {"name": "position", "type": "int"},
                  {"name": "value", "type": "string"}]}}}]}
            """;

    private static final Side LEGACY = new Side(
            """
            {"aggregate": "party", "master": "legacy", "fields": [
              {"field": "number", "column": "NO"},
              {"field": "addresses", "table": "IT_BILL_TO", "where": {"kind": "BILL"}, "fields": [
                {"field": "city", "column": "CITY"}]},
              {"field": "addresses", "table": "IT_SHIP_TO", "where": {"kind": "SHIP"}, "fields": [
                {"field": "city", "column": "CITY"}]},
              {"field": "phones", "table": "IT_PHONE", "fields": [
                {"field": "position", "column": "POS"},
                {"field": "value", "column": "VAL"}]},
              {"field": "mails", "table": "IT_MAIL", "fields": [
                {"field": "position", "column": "POS"},
                {"field": "value", "column": "VAL"}]}]}
            """,
            Map.of("aggregate.root", "IT_PARTY", "aggregate.children", "IT_BILL_TO,IT_SHIP_TO,IT_PHONE,IT_MAIL"),
            """
            SELECT GROUP_CONCAT(CONCAT(p.NO,
              COALESCE((SELECT CONCAT(' bill ', b.CITY) FROM IT_BILL_TO b WHERE b.NO = p.NO), ''),
              COALESCE((SELECT CONCAT(' ship ', s.CITY) FROM IT_SHIP_TO s WHERE s.NO = p.NO), ''),
              COALESCE((SELECT CONCAT(' phone ', GROUP_CONCAT(CONCAT(c.POS, c.VAL) ORDER BY c.POS SEPARATOR ' '))
                FROM IT_PHONE c WHERE c.NO = p.NO), ''),
              COALESCE((SELECT CONCAT(' mail ', GROUP_CONCAT(CONCAT(c.POS, c.VAL) ORDER BY c.POS SEPARATOR ' '))
                FROM IT_MAIL c WHERE c.NO = p.NO), ''))
              ORDER BY p.NO SEPARATOR ', ')
            FROM IT_PARTY p""",
            List.of(
                    "CREATE TABLE IT_PARTY (NO INT NOT NULL PRIMARY KEY) ENGINE=InnoDB",
                    "CREATE TABLE IT_BILL_TO (NO INT NOT NULL PRIMARY KEY, CITY VARCHAR(40) NOT NULL, "
                            + "FOREIGN KEY (NO) REFERENCES IT_PARTY (NO)) ENGINE=InnoDB",
                    "CREATE TABLE IT_SHIP_TO (NO INT NOT NULL PRIMARY KEY, CITY VARCHAR(40) NOT NULL, "
                            + "FOREIGN KEY (NO) REFERENCES IT_PARTY (NO)) ENGINE=InnoDB",
                    "CREATE TABLE IT_PHONE (NO INT NOT NULL, POS INT NOT NULL, VAL VARCHAR(40) NOT NULL, "
                            + "PRIMARY KEY (NO, POS), FOREIGN KEY (NO) REFERENCES IT_PARTY (NO)) ENGINE=InnoDB",
                    "CREATE TABLE IT_MAIL (NO INT NOT NULL, POS INT NOT NULL, VAL VARCHAR(40) NOT NULL, "
                            + "PRIMARY KEY (NO, POS), FOREIGN KEY (NO) REFERENCES IT_PARTY (NO)) ENGINE=InnoDB"));

    private static final Side MODERN = new Side(
            """
            {"aggregate": "party", "master": "modern", "fields": [
              {"field": "number", "column": "number"},
              {"field": "addresses", "table": "it_address", "fields": [
                {"field": "kind", "column": "kind"},
                {"field": "city", "column": "city"}]},
              {"field": "phones", "table": "it_contact", "rows": {"kind": "P"}, "fields": [
                {"field": "position", "column": "position"},
                {"field": "value", "column": "value"}]},
              {"field": "mails", "table": "it_contact", "rows": {"kind": "M"}, "fields": [
                {"field": "position", "column": "position"},
                {"field": "value", "column": "value"}]}]}
            """,
            Map.of("aggregate.root", "it_party", "aggregate.children", "it_address,it_contact"),
            """
            SELECT string_agg(p.number
              || COALESCE((SELECT string_agg(' ' || lower(a.kind) || ' ' || a.city, '' ORDER BY a.kind)
                FROM it_address a WHERE a.party = p.number), '')
              || COALESCE((SELECT ' phone ' || string_agg(c.position || c.value, ' ' ORDER BY c.position)
                FROM it_contact c WHERE c.party = p.number AND c.kind = 'P'), '')
              || COALESCE((SELECT ' mail ' || string_agg(c.position || c.value, ' ' ORDER BY c.position)
                FROM it_contact c WHERE c.party = p.number AND c.kind = 'M'), ''), ', ' ORDER BY p.number)
            FROM it_party p""",
            List.of(
                    "CREATE TABLE it_party (number integer PRIMARY KEY)",
                    "CREATE TABLE it_address (party integer NOT NULL REFERENCES it_party (number) ON DELETE CASCADE, "
                            + "kind varchar(4) NOT NULL, city text NOT NULL, PRIMARY KEY (party, kind))",
                    "CREATE TABLE it_contact (party integer NOT NULL REFERENCES it_party (number) ON DELETE CASCADE, "
                            + "kind varchar(1) NOT NULL, position integer NOT NULL, value text NOT NULL, "
                            + "PRIMARY KEY (party, kind, position))"));

    private final ExamplePair pair;
    private final TestAggregate parties;

    DiscriminatorIT(ExamplePair pair) {
        this.pair = pair;
        this.parties = TestAggregate.start(pair, "party", CANONICAL, LEGACY, MODERN);
    }

    @AfterAll
    void stop() {
        parties.close();
    }

    @Test
    void rows_find_their_table_and_their_kind_both_ways() {
        pair.legacy()
                .run(
                        "INSERT INTO IT_PARTY VALUES (1), (2)",
                        "INSERT INTO IT_BILL_TO VALUES (1, 'Rome')",
                        "INSERT INTO IT_SHIP_TO VALUES (1, 'Oslo'), (2, 'Bern')",
                        "INSERT INTO IT_PHONE VALUES (1, 1, 'a'), (1, 2, 'b')",
                        "INSERT INTO IT_MAIL VALUES (1, 1, 'c')");
        parties.awaitBoth("1 bill Rome ship Oslo phone 1a 2b mail 1c, 2 ship Bern");

        // a kind changes, a row comes, a row goes
        pair.modern()
                .run(
                        "UPDATE it_address SET kind = 'BILL' WHERE party = 2",
                        "UPDATE it_contact SET kind = 'M', position = 2 WHERE party = 1 AND value = 'b'",
                        "INSERT INTO it_contact VALUES (2, 'P', 1, 'd')",
                        "DELETE FROM it_address WHERE party = 1 AND kind = 'BILL'");
        parties.awaitBoth("1 ship Oslo phone 1a mail 1c 2b, 2 bill Bern phone 1d");

        pair.legacy().run("DELETE FROM IT_MAIL WHERE NO = 1 AND POS = 1", "INSERT INTO IT_BILL_TO VALUES (1, 'Lima')");
        parties.awaitBoth("1 bill Lima ship Oslo phone 1a mail 2b, 2 bill Bern phone 1d");
    }
}
