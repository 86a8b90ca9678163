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
 * Children of children. One master finds them by keys that it makes up, the other by the keys that people know: invoice,
 * position, tax.
 */
@ExtendWith(PairExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ThreeLevelsIT {

    private static final String CANONICAL = """
            {"type": "record", "name": "Invoice", "namespace": "test.levels", "key": ["number"], "fields": [
              {"name": "number", "type": "long"},
              {"name": "customer", "type": "string"},
              {"name": "lines", "type": {"type": "array", "items":
                {"type": "record", "name": "Line", "key": ["position"], "fields": [
                  {"name": "position", "type": "int"},
                  {"name": "text", "type": "string"},
                  {"name": "taxes", "type": {"type": "array", "items":
                    {"type": "record", "name": "Tax", "key": ["code"], "fields": [
                      {"name": "code", "type": "string"},
                      {"name": "percent", "type": "int"}]}}}]}}}]}
            """;

    private static final Side LEGACY = new Side(
            """
            {"aggregate": "invoice", "master": "legacy", "fields": [
              {"field": "number", "column": "INV_NO"},
              {"field": "customer", "column": "CUSTOMER"},
              {"field": "lines", "table": "line", "fields": [
                {"field": "position", "column": "POS"},
                {"field": "text", "column": "TXT"},
                {"field": "taxes", "table": "tax", "fields": [
                  {"field": "code", "column": "CODE"},
                  {"field": "percent", "column": "PCT"}]}]}]}
            """,
            Map.of(
                    "aggregate.root", "IT_INVOICE",
                    "aggregate.children", "line,tax",
                    "aggregate.children.line.table", "IT_INV_LINE",
                    "aggregate.children.line.key", "POS",
                    "aggregate.children.tax.table", "IT_LINE_TAX",
                    "aggregate.children.tax.parent", "line"),
            """
            SELECT GROUP_CONCAT(CONCAT(i.INV_NO, ' ', i.CUSTOMER, ' ', COALESCE((SELECT
              GROUP_CONCAT(CONCAT(l.POS, ':', l.TXT, COALESCE((SELECT CONCAT('[', GROUP_CONCAT(CONCAT(t.CODE, t.PCT)
                ORDER BY t.CODE SEPARATOR ' '), ']') FROM IT_LINE_TAX t WHERE t.LINE_ID = l.LINE_ID), ''))
              ORDER BY l.POS SEPARATOR ' ') FROM IT_INV_LINE l WHERE l.INV_NO = i.INV_NO), '-'))
              ORDER BY i.INV_NO SEPARATOR ', ')
            FROM IT_INVOICE i""",
            List.of(
                    "CREATE TABLE IT_INVOICE (INV_NO BIGINT NOT NULL PRIMARY KEY, CUSTOMER VARCHAR(40) NOT NULL) "
                            + "ENGINE=InnoDB",
                    "CREATE TABLE IT_INV_LINE (LINE_ID INT NOT NULL AUTO_INCREMENT PRIMARY KEY, INV_NO BIGINT NOT NULL, "
                            + "POS INT NOT NULL, TXT VARCHAR(40) NOT NULL, UNIQUE (INV_NO, POS), "
                            + "FOREIGN KEY (INV_NO) REFERENCES IT_INVOICE (INV_NO)) ENGINE=InnoDB AUTO_INCREMENT=700",
                    "CREATE TABLE IT_LINE_TAX (LINE_ID INT NOT NULL, "
                            + "CODE CHAR(3) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL, PCT INT NOT NULL, "
                            + "PRIMARY KEY (LINE_ID, CODE), FOREIGN KEY (LINE_ID) REFERENCES IT_INV_LINE (LINE_ID) "
                            + "ON DELETE CASCADE) ENGINE=InnoDB"));

    private static final Side MODERN = new Side(
            """
            {"aggregate": "invoice", "master": "modern", "fields": [
              {"field": "number", "column": "number"},
              {"field": "customer", "column": "customer"},
              {"field": "lines", "table": "it_invoice_line", "fields": [
                {"field": "position", "column": "position"},
                {"field": "text", "column": "description"},
                {"field": "taxes", "table": "it_invoice_tax", "fields": [
                  {"field": "code", "column": "code"},
                  {"field": "percent", "column": "percent"}]}]}]}
            """,
            Map.of(
                    "aggregate.root", "it_invoice",
                    "aggregate.children", "it_invoice_line,it_invoice_tax",
                    "aggregate.children.it_invoice_tax.parent", "it_invoice_line"),
            """
            SELECT string_agg(i.number || ' ' || i.customer || ' ' || COALESCE((SELECT
              string_agg(l.position || ':' || l.description || COALESCE((SELECT '[' || string_agg(t.code || t.percent, ' '
                ORDER BY t.code) || ']' FROM it_invoice_tax t
                WHERE t.invoice = l.invoice AND t.position = l.position), ''), ' ' ORDER BY l.position)
              FROM it_invoice_line l WHERE l.invoice = i.number), '-'), ', ' ORDER BY i.number)
            FROM it_invoice i""",
            List.of(
                    "CREATE TABLE it_invoice (number bigint PRIMARY KEY, customer text NOT NULL)",
                    "CREATE TABLE it_invoice_line (invoice bigint NOT NULL REFERENCES it_invoice (number) "
                            + "ON DELETE CASCADE, position integer NOT NULL, description text NOT NULL, "
                            + "PRIMARY KEY (invoice, position))",
                    "CREATE TABLE it_invoice_tax (invoice bigint NOT NULL, position integer NOT NULL, "
                            + "code varchar(3) COLLATE \"C\" NOT NULL, percent integer NOT NULL, "
                            + "PRIMARY KEY (invoice, position, code), FOREIGN KEY (invoice, position) "
                            + "REFERENCES it_invoice_line (invoice, position) ON DELETE CASCADE ON UPDATE CASCADE)"));

    private final ExamplePair pair;
    private final TestAggregate invoices;

    ThreeLevelsIT(ExamplePair pair) {
        this.pair = pair;
        this.invoices = TestAggregate.start(pair, "invoice", CANONICAL, LEGACY, MODERN);
    }

    @AfterAll
    void stop() {
        invoices.close();
    }

    @Test
    void travels_both_ways_with_children_of_children() {
        pair.legacy()
                .run(
                        "INSERT INTO IT_INVOICE VALUES (1, 'Ann'), (2, 'Bob')",
                        "INSERT INTO IT_INV_LINE (INV_NO, POS, TXT) VALUES (1, 1, 'axe'), (1, 2, 'bow'), (2, 1, 'cup')",
                        "INSERT INTO IT_LINE_TAX SELECT LINE_ID, 'VAT', 8 FROM IT_INV_LINE WHERE INV_NO = 1",
                        "INSERT INTO IT_LINE_TAX SELECT LINE_ID, 'ECO', 1 FROM IT_INV_LINE WHERE TXT = 'bow'");
        invoices.awaitBoth("1 Ann 1:axe[VAT8] 2:bow[ECO1 VAT8], 2 Bob 1:cup");

        // the third level alone, on each side once
        pair.legacy()
                .run("UPDATE IT_LINE_TAX SET PCT = 9 WHERE CODE = 'VAT' AND LINE_ID = "
                        + "(SELECT LINE_ID FROM IT_INV_LINE WHERE TXT = 'axe')");
        invoices.awaitBoth("1 Ann 1:axe[VAT9] 2:bow[ECO1 VAT8], 2 Bob 1:cup");
        pair.modern()
                .run(
                        "DELETE FROM it_invoice_tax WHERE invoice = 1 AND position = 2 AND code = 'VAT'",
                        "INSERT INTO it_invoice_tax VALUES (2, 1, 'VAT', 8)");
        invoices.awaitBoth("1 Ann 1:axe[VAT9] 2:bow[ECO1], 2 Bob 1:cup[VAT8]");

        // a tax moves to another line, and a line with its taxes to another invoice
        pair.legacy()
                .run("UPDATE IT_LINE_TAX SET LINE_ID = (SELECT LINE_ID FROM IT_INV_LINE WHERE TXT = 'cup') "
                        + "WHERE CODE = 'ECO'");
        invoices.awaitBoth("1 Ann 1:axe[VAT9] 2:bow, 2 Bob 1:cup[ECO1 VAT8]");
        pair.modern().run("UPDATE it_invoice_line SET invoice = 1, position = 3 WHERE invoice = 2 AND position = 1");
        invoices.awaitBoth("1 Ann 1:axe[VAT9] 2:bow 3:cup[ECO1 VAT8], 2 Bob -");
        pair.legacy().run("UPDATE IT_INV_LINE SET INV_NO = 2, POS = 5 WHERE TXT = 'axe'");
        invoices.awaitBoth("1 Ann 2:bow 3:cup[ECO1 VAT8], 2 Bob 5:axe[VAT9]");

        // deleted here, inserted again there
        pair.modern().run("DELETE FROM it_invoice WHERE number = 1");
        invoices.awaitBoth("2 Bob 5:axe[VAT9]");
        pair.legacy()
                .run(
                        "INSERT INTO IT_INVOICE VALUES (1, 'Cid')",
                        "INSERT INTO IT_INV_LINE (INV_NO, POS, TXT) VALUES (1, 1, 'dog')",
                        "INSERT INTO IT_LINE_TAX SELECT LINE_ID, 'DOG', 3 FROM IT_INV_LINE WHERE TXT = 'dog'");
        invoices.awaitBoth("1 Cid 1:dog[DOG3], 2 Bob 5:axe[VAT9]");
        pair.legacy().run("DELETE FROM IT_INV_LINE WHERE INV_NO = 2", "DELETE FROM IT_INVOICE WHERE INV_NO = 2");
        invoices.awaitBoth("1 Cid 1:dog[DOG3]");
    }
}
