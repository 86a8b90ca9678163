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
 * Roots and children with keys that each database makes up for itself; what both masters know an article by is its
 * number.
 */
@ExtendWith(PairExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GeneratedKeyIT {

    private static final String CANONICAL = """
            {"type": "record", "name": "Article", "namespace": "test.generated", "key": ["number"], "fields": [
              {"name": "number", "type": "string"},
              {"name": "name", "type": "string"},
              {"name": "prices", "type": {"type": "array", "items":
                {"type": "record", "name": "Price", "key": ["currency"], "fields": [
                  {"name": "currency", "type": "string"},
                  {"name": "amount", "type": {"type": "bytes", "logicalType": "decimal", "precision": 10, "scale": 2}}]}}}]}
            """;

    private static final Side LEGACY = new Side(
            """
            {"aggregate": "article", "master": "legacy", "fields": [
              {"field": "number", "column": "ART_NO"},
              {"field": "name", "column": "NAME"},
              {"field": "prices", "table": "IT_PRICE", "fields": [
                {"field": "currency", "column": "CUR"},
                {"field": "amount", "column": "AMOUNT"}]}]}
            """,
            Map.of(
                    "aggregate.root", "IT_ARTICLE",
                    "aggregate.key", "ART_NO",
                    "aggregate.children", "IT_PRICE",
                    "aggregate.children.IT_PRICE.key", "CUR"),
            """
            SELECT GROUP_CONCAT(CONCAT(a.ART_NO, ' ', a.NAME, ' ', COALESCE((SELECT
              GROUP_CONCAT(CONCAT(p.CUR, '=', p.AMOUNT) ORDER BY p.CUR SEPARATOR ' ') FROM IT_PRICE p
              WHERE p.ARTICLE_ID = a.ID), '-')) ORDER BY a.ART_NO SEPARATOR ', ')
            FROM IT_ARTICLE a""",
            List.of(
                    "CREATE TABLE IT_ARTICLE (ID INT NOT NULL AUTO_INCREMENT PRIMARY KEY, "
                            + "ART_NO VARCHAR(20) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL UNIQUE, "
                            + "NAME VARCHAR(40) NOT NULL) ENGINE=InnoDB AUTO_INCREMENT=1000",
                    "CREATE TABLE IT_PRICE (ID INT NOT NULL AUTO_INCREMENT PRIMARY KEY, ARTICLE_ID INT NOT NULL, "
                            + "CUR CHAR(3) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL, "
                            + "AMOUNT DECIMAL(10,2) NOT NULL, UNIQUE (ARTICLE_ID, CUR), "
                            + "FOREIGN KEY (ARTICLE_ID) REFERENCES IT_ARTICLE (ID)) ENGINE=InnoDB AUTO_INCREMENT=5000"));

    private static final Side MODERN = new Side(
            """
            {"aggregate": "article", "master": "modern", "fields": [
              {"field": "number", "column": "sku"},
              {"field": "name", "column": "name"},
              {"field": "prices", "table": "it_price", "fields": [
                {"field": "currency", "column": "currency"},
                {"field": "amount", "column": "amount"}]}]}
            """,
            Map.of(
                    "aggregate.root", "it_article",
                    "aggregate.key", "sku",
                    "aggregate.children", "it_price",
                    "aggregate.children.it_price.key", "currency"),
            """
            SELECT string_agg(a.sku || ' ' || a.name || ' ' || COALESCE((SELECT
              string_agg(p.currency || '=' || p.amount, ' ' ORDER BY p.currency) FROM it_price p
              WHERE p.article_id = a.id), '-'), ', ' ORDER BY a.sku COLLATE "C")
            FROM it_article a""",
            List.of(
                    "CREATE TABLE it_article (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, "
                            + "sku varchar(20) COLLATE \"C\" NOT NULL UNIQUE, name text NOT NULL)",
                    "CREATE TABLE it_price (id uuid DEFAULT gen_random_uuid() PRIMARY KEY, "
                            + "article_id bigint NOT NULL REFERENCES it_article (id) ON DELETE CASCADE, "
                            + "currency varchar(3) NOT NULL, amount numeric(10,2) NOT NULL, "
                            + "UNIQUE (article_id, currency))"));

    private final ExamplePair pair;
    private final TestAggregate articles;

    GeneratedKeyIT(ExamplePair pair) {
        this.pair = pair;
        this.articles = TestAggregate.start(pair, "article", CANONICAL, LEGACY, MODERN);
    }

    @AfterAll
    void stop() {
        articles.close();
    }

    @Test
    void travels_both_ways_while_each_master_has_its_own_keys() {
        pair.legacy()
                .run(
                        "INSERT INTO IT_ARTICLE (ART_NO, NAME) VALUES ('A', 'axe'), ('B', 'bow')",
                        "INSERT INTO IT_PRICE (ARTICLE_ID, CUR, AMOUNT) SELECT ID, 'CHF', 10 FROM IT_ARTICLE",
                        "INSERT INTO IT_PRICE (ARTICLE_ID, CUR, AMOUNT) SELECT ID, 'EUR', 9 FROM IT_ARTICLE "
                                + "WHERE ART_NO = 'A'");
        articles.awaitBoth("A axe CHF=10.00 EUR=9.00, B bow CHF=10.00");

        // an insert, an update and a child alone, from the other side
        pair.modern()
                .run(
                        "INSERT INTO it_article (sku, name) VALUES ('C', 'cup')",
                        "INSERT INTO it_price (article_id, currency, amount) SELECT id, 'USD', 3 FROM it_article "
                                + "WHERE sku = 'C'",
                        "UPDATE it_article SET name = 'big axe' WHERE sku = 'A'",
                        "UPDATE it_price SET amount = 11 WHERE currency = 'CHF' AND article_id = "
                                + "(SELECT id FROM it_article WHERE sku = 'B')");
        articles.awaitBoth("A big axe CHF=10.00 EUR=9.00, B bow CHF=11.00, C cup USD=3.00");

        // a child moves, on each side once
        pair.modern()
                .run("UPDATE it_price SET article_id = (SELECT id FROM it_article WHERE sku = 'B') "
                        + "WHERE currency = 'EUR'");
        articles.awaitBoth("A big axe CHF=10.00, B bow CHF=11.00 EUR=9.00, C cup USD=3.00");
        pair.legacy()
                .run("UPDATE IT_PRICE SET ARTICLE_ID = (SELECT ID FROM IT_ARTICLE WHERE ART_NO = 'A') "
                        + "WHERE CUR = 'USD'");
        articles.awaitBoth("A big axe CHF=10.00 USD=3.00, B bow CHF=11.00 EUR=9.00, C cup -");

        // deleted here, inserted again there, under another generated key
        pair.modern().run("DELETE FROM it_article WHERE sku = 'B'");
        articles.awaitBoth("A big axe CHF=10.00 USD=3.00, C cup -");
        pair.legacy()
                .run(
                        "INSERT INTO IT_ARTICLE (ART_NO, NAME) VALUES ('B', 'new bow')",
                        "INSERT INTO IT_PRICE (ARTICLE_ID, CUR, AMOUNT) SELECT ID, 'GBP', 8 FROM IT_ARTICLE "
                                + "WHERE ART_NO = 'B'");
        articles.awaitBoth("A big axe CHF=10.00 USD=3.00, B new bow GBP=8.00, C cup -");

        // a business key that changes is a delete and an insert; the local row stays the same one
        pair.modern().run("UPDATE it_article SET sku = 'D' WHERE sku = 'A'");
        articles.awaitBoth("B new bow GBP=8.00, C cup -, D big axe CHF=10.00 USD=3.00");
        pair.legacy().run("UPDATE IT_ARTICLE SET ART_NO = 'E' WHERE ART_NO = 'B'");
        articles.awaitBoth("C cup -, D big axe CHF=10.00 USD=3.00, E new bow GBP=8.00");
    }
}
