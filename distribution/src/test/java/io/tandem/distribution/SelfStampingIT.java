package io.tandem.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.clock.LocalWrite;
import io.tandem.clock.VectorClock;
import io.tandem.clock.Version;
import io.tandem.distribution.TestAggregate.Side;
import io.tandem.examples.ExamplePair;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Applications that stamp their own writes, with the statements of docs/clock-placement.md; there are no triggers. */
@ExtendWith(PairExtension.class)
class SelfStampingIT {

    private static final String PAGE = "docs/clock-placement.md";

    private static final String CANONICAL = """
            {"type": "record", "name": "Article", "namespace": "test.stamped", "key": ["sku"], "fields": [
              {"name": "sku", "type": "string"},
              {"name": "name", "type": "string"}]}
            """;
    private static final String MAPPING = """
            {"aggregate": "%s", "master": "%s", "fields": [
              {"field": "sku", "column": "%s"},
              {"field": "name", "column": "%s"}]}
            """;

    private final ExamplePair pair;
    private final PageBlocks page = PageBlocks.of(PAGE);

    SelfStampingIT(ExamplePair pair) {
        this.pair = pair;
    }

    private static Side legacy(String aggregate, String table, String placement) {
        return new Side(
                MAPPING.formatted(aggregate, "legacy", "SKU", "NAME"),
                settings(table, placement, "GONE"),
                "SELECT COALESCE(GROUP_CONCAT(CONCAT(SKU, ' ', NAME) ORDER BY SKU SEPARATOR ', '), '-') FROM " + table
                        + " WHERE GONE = 0",
                List.of("CREATE TABLE " + table + " (SKU VARCHAR(9) COLLATE utf8mb4_bin PRIMARY KEY, "
                        + "NAME VARCHAR(20) NOT NULL, GONE INT NOT NULL DEFAULT 0) ENGINE=InnoDB"));
    }

    private static Side modern(String aggregate, String table, String placement) {
        return new Side(
                MAPPING.formatted(aggregate, "modern", "sku", "name"),
                settings(table, placement, "gone"),
                "SELECT COALESCE(string_agg(sku || ' ' || name, ', ' ORDER BY sku), '-') FROM " + table
                        + " WHERE gone = 0",
                List.of("CREATE TABLE " + table
                        + " (sku varchar(9) COLLATE \"C\" PRIMARY KEY, name varchar(20) NOT NULL, "
                        + "gone integer NOT NULL DEFAULT 0)"));
    }

    private static Map<String, String> settings(String table, String placement, String gone) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "aggregate.root",
                table,
                "aggregate.deleted.column",
                gone,
                "aggregate.deleted.value",
                "1",
                "aggregate.deleted.restored",
                "0",
                "clock.placement",
                placement,
                "clock.stamping",
                "application"));
        settings.put("mapping.unmapped.columns", gone);
        return settings;
    }

    /** The page's statement for an aggregate of this test. */
    private String stamp(String block, String aggregate, String table, String sku, boolean deleted) {
        return page.text(block)
                .strip()
                .replace("tandem_article_clock", "tandem_" + aggregate + "_clock")
                .replace("UPDATE ARTICLE", "UPDATE " + table)
                .replace("UPDATE article", "UPDATE " + table)
                .replace(":sku", "'" + sku + "'")
                .replace(":deleted", String.valueOf(deleted))
                .replace(";", "");
    }

    @Test
    void versions_in_the_clock_table_of_the_old_master_and_in_the_root_of_the_new_one() {
        try (TestAggregate articles = TestAggregate.start(
                pair,
                "stamped_a",
                CANONICAL,
                legacy("stamped_a", "ST_A", "table"),
                modern("stamped_a", "st_a", "root"))) {
            articles.alter("legacy", "GRANT SELECT, INSERT, UPDATE ON legacy.tandem_stamped_a_clock TO app");
            both(
                    articles,
                    "ST_A",
                    "st_a",
                    new Stamps("stamped_a", "table", "ST_A"),
                    new Stamps("stamped_a", "root", "st_a"));
        }
    }

    @Test
    void versions_in_the_root_of_the_old_master_and_in_the_clock_table_of_the_new_one() {
        try (TestAggregate articles = TestAggregate.start(
                pair,
                "stamped_b",
                CANONICAL,
                legacy("stamped_b", "ST_B", "root"),
                modern("stamped_b", "st_b", "table"))) {
            articles.alter("modern", "GRANT SELECT, INSERT, UPDATE ON tandem_stamped_b_clock TO app");
            both(
                    articles,
                    "ST_B",
                    "st_b",
                    new Stamps("stamped_b", "root", "ST_B"),
                    new Stamps("stamped_b", "table", "st_b"));
        }
    }

    /** Where one master's application stamps. */
    private record Stamps(String aggregate, String placement, String table) {}

    private String legacy(Stamps stamps, String sku, boolean deleted) {
        return stamp("stamp-" + stamps.placement() + "-legacy.sql", stamps.aggregate(), stamps.table(), sku, deleted);
    }

    private String modern(Stamps stamps, String sku, boolean deleted) {
        return stamp("stamp-" + stamps.placement() + "-modern.sql", stamps.aggregate(), stamps.table(), sku, deleted);
    }

    private void both(TestAggregate articles, String old, String young, Stamps legacy, Stamps modern) {
        pair.legacy().run("INSERT INTO " + old + " (SKU, NAME) VALUES ('a1', 'Axe')", legacy(legacy, "a1", false));
        pair.modern().run("INSERT INTO " + young + " (sku, name) VALUES ('b1', 'Bow')", modern(modern, "b1", false));
        articles.awaitBoth("a1 Axe, b1 Bow");

        pair.modern().run("UPDATE " + young + " SET name = 'Axe 2' WHERE sku = 'a1'", modern(modern, "a1", false));
        pair.legacy().run("UPDATE " + old + " SET NAME = 'Bow 2' WHERE SKU = 'b1'", legacy(legacy, "b1", false));
        articles.awaitBoth("a1 Axe 2, b1 Bow 2");

        pair.legacy().run("UPDATE " + old + " SET GONE = 1 WHERE SKU = 'a1'", legacy(legacy, "a1", true));
        articles.awaitBoth("b1 Bow 2");
        pair.modern()
                .run("UPDATE " + young + " SET gone = 0, name = 'Axe 3' WHERE sku = 'a1'", modern(modern, "a1", false));
        articles.awaitBoth("a1 Axe 3, b1 Bow 2");
    }

    @Test
    void a_stamp_made_by_the_core_travels_like_one_made_by_the_database() throws SQLException {
        try (TestAggregate articles = TestAggregate.start(
                pair,
                "stamped_c",
                CANONICAL,
                legacy("stamped_c", "ST_C", "table"),
                modern("stamped_c", "st_c", "root"))) {
            pair.modern().run("INSERT INTO st_c (sku, name) VALUES ('c1', 'Cup')");
            stampByCore("c1");
            articles.awaitBoth("c1 Cup");
            pair.modern().run("UPDATE st_c SET name = 'Cup 2'");
            stampByCore("c1");
            articles.awaitBoth("c1 Cup 2");
        }
        assertThat(pair.modern().query("SELECT clock_legacy || ',' || clock_modern FROM st_c"))
                .isEqualTo("0,2");
    }

    private void stampByCore(String sku) throws SQLException {
        try (Connection connection = pair.modern().application()) {
            connection.setAutoCommit(false);
            Version next = LocalWrite.after(
                    stored(connection, sku), "modern", ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now()));
            try (PreparedStatement update = connection.prepareStatement(
                    "UPDATE st_c SET clock_modern = ?, clock_timestamp = ?, clock_writer = ? WHERE sku = ?")) {
                update.setLong(1, next.clock().counter("modern"));
                update.setLong(2, next.timestampMicros());
                update.setString(3, next.writer());
                update.setString(4, sku);
                update.executeUpdate();
            }
            connection.commit();
        }
    }

    private static Version stored(Connection connection, String sku) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT clock_legacy, clock_modern, "
                + "clock_timestamp, clock_writer FROM st_c WHERE sku = ? FOR UPDATE")) {
            select.setString(1, sku);
            try (ResultSet row = select.executeQuery()) {
                assertThat(row.next()).isTrue();
                return new Version(
                        VectorClock.of(Map.of("legacy", row.getLong(1), "modern", row.getLong(2))),
                        row.getLong(3),
                        row.getString(4));
            }
        }
    }
}
