package io.tandem.connect.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tandem.testbed.Vendor;
import io.tandem.testbed.fixtures.Servers;
import io.tandem.testbed.fixtures.Servers.Databases;
import io.tandem.testbed.fixtures.TestDatabase;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.errors.ConnectException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A database that is none of the masters takes what they write, and nothing of its own counts. */
@ParameterizedClass
@EnumSource(Vendor.class)
@ExtendWith(Servers.class)
class SinkFollowerTest {

    private static final String[] FOLLOWS = {"master", "copy", "sink.follower", "true"};

    private final Vendor vendor;
    private final TestDatabase database;

    SinkFollowerTest(Vendor vendor, Databases databases) {
        this.vendor = vendor;
        database = databases.create(vendor).withTables();
    }

    private Sink follower() {
        return Sink.startOn(database, FOLLOWS);
    }

    private static Change legacy(String name, long legacy, long modern, long timestamp) {
        return Change.named(1, name).clock(legacy, modern).at(timestamp);
    }

    private static Change modern(String name, long legacy, long modern, long timestamp) {
        return legacy(name, legacy, modern, timestamp).publishedBy("modern").writtenBy("modern");
    }

    private List<String> tables() {
        return database.query("SELECT table_name FROM information_schema.tables WHERE table_schema = "
                + (vendor == Vendor.POSTGRESQL ? "'public'" : "DATABASE()") + " AND table_name LIKE 'tandem%'");
    }

    private List<String> triggers() {
        return database.query(
                vendor == Vendor.POSTGRESQL
                        ? "SELECT tgname FROM pg_trigger WHERE tgname LIKE 'tandem%'"
                        : "SELECT TRIGGER_NAME FROM information_schema.TRIGGERS WHERE TRIGGER_SCHEMA = DATABASE()");
    }

    @Test
    void needs_a_clock_table_and_a_ledger_and_nothing_else() {
        try (Sink sink = follower()) {
            sink.apply(legacy("Ann", 1, 0, 1000).address(11, "Rome"));
        }

        assertThat(tables()).containsExactlyInAnyOrder("tandem_customer_clock", "tandem_customer_ledger");
        assertThat(triggers()).isEmpty();
        assertThat(database.customer(1)).isEqualTo("Ann null 7 [11 Rome 7]");
        assertThat(database.clock(1)).isEqualTo("1,0 @1000 legacy");
    }

    @Test
    void says_what_is_missing_where_it_may_not_create_it() {
        assertThatThrownBy(() ->
                        Sink.startOn(database, "master", "copy", "sink.follower", "true", "clock.install", "validate"))
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining("lacks clock table")
                .hasMessageNotContaining("TRIGGER")
                .hasMessageNotContaining("journal");
    }

    @Test
    void conflicts_between_the_masters_end_as_on_the_masters() {
        try (Sink sink = follower()) {
            sink.apply(legacy("Ann", 1, 0, 5000));
            sink.apply(modern("Bob", 0, 1, 4000));
            assertThat(database.customer(1)).isEqualTo("Ann null 7 []");
            assertThat(database.clock(1)).isEqualTo("1,1 @5000 legacy");

            sink.apply(modern("Cid", 0, 2, 6000));
            assertThat(database.customer(1)).isEqualTo("Cid null 7 []");
            assertThat(database.clock(1)).isEqualTo("1,2 @6000 modern");
        }
    }

    @Test
    void by_priority_the_master_listed_first_wins() {
        try (Sink sink =
                Sink.startOn(database, "master", "copy", "sink.follower", "true", "conflict.policy", "priority")) {
            sink.apply(modern("Bob", 0, 1, 6000).under("priority:legacy,modern"));

            sink.apply(legacy("Ann", 1, 0, 5000).under("priority:legacy,modern"));

            assertThat(database.customer(1)).isEqualTo("Ann null 7 []");
            assertThat(database.clock(1)).isEqualTo("1,1 @5000 legacy");
        }
    }

    @Test
    void a_delete_leaves_a_tombstone_from_which_a_new_row_goes_on() {
        try (Sink sink = follower()) {
            sink.apply(legacy("Ann", 1, 0, 1000).address(11, "Rome"));

            sink.apply(Change.deleted(1).clock(2, 0).at(2000));
            assertThat(database.customer(1)).isEqualTo("none");
            assertThat(database.clock(1)).isEqualTo("2,0 @2000 legacy deleted");

            sink.apply(modern("Bob", 2, 1, 3000));
            assertThat(database.customer(1)).isEqualTo("Bob null 7 []");
            assertThat(database.clock(1)).isEqualTo("2,1 @3000 modern");
        }
    }

    @Test
    void what_somebody_else_writes_is_overwritten_by_the_next_record() {
        try (Sink sink = follower()) {
            sink.apply(legacy("Ann", 1, 0, 1000).address(11, "Rome"));
            database.execute(
                    "UPDATE customer SET name = 'Mine' WHERE id = 1",
                    "INSERT INTO address (id, customer_id, city) VALUES (12, 1, 'Oslo')");

            sink.apply(legacy("Anna", 2, 0, 2000).address(11, "Rome"));

            assertThat(database.customer(1)).isEqualTo("Anna null 7 [11 Rome 7]");
            assertThat(database.clock(1)).isEqualTo("2,0 @2000 legacy");
        }
    }

    @Test
    void a_row_that_has_vanished_comes_back_with_the_next_record_and_not_with_an_old_one() {
        try (Sink sink = follower()) {
            sink.apply(legacy("Ann", 2, 0, 2000));
            database.execute("DELETE FROM customer");

            sink.apply(legacy("Ann", 2, 0, 2000), legacy("Old", 1, 0, 1000));
            assertThat(database.customer(1)).isEqualTo("none");
            assertThat(database.clock(1)).isEqualTo("2,0 @2000 legacy");

            sink.apply(legacy("Anna", 3, 0, 3000));
            assertThat(database.customer(1)).isEqualTo("Anna null 7 []");
            assertThat(database.clock(1)).isEqualTo("3,0 @3000 legacy");
        }
    }

    @Test
    void a_row_that_has_appeared_stays_until_the_next_record() {
        try (Sink sink = follower()) {
            sink.apply(legacy("Ann", 1, 0, 1000), Change.deleted(1).clock(2, 0).at(2000));
            database.execute("INSERT INTO customer (id, name) VALUES (1, 'Mine')");

            sink.apply(Change.deleted(1).clock(2, 0).at(2000));
            assertThat(database.customer(1)).isEqualTo("Mine null 7 []");
            assertThat(database.clock(1)).isEqualTo("2,0 @2000 legacy deleted");

            sink.apply(Change.deleted(1).clock(3, 0).at(3000));
            assertThat(database.customer(1)).isEqualTo("none");
            assertThat(database.clock(1)).isEqualTo("3,0 @3000 legacy deleted");
        }
    }

    @Test
    void rows_that_were_there_before_have_no_clock_and_are_overwritten() {
        database.execute("INSERT INTO customer (id, name) VALUES (1, 'Mine'), (2, 'Other')");
        try (Sink sink = follower()) {
            sink.apply(legacy("Ann", 1, 0, 1000));
        }

        assertThat(database.customer(1)).isEqualTo("Ann null 7 []");
        assertThat(database.customer(2)).isEqualTo("Other null 7 []");
        assertThat(database.clock(2)).isEqualTo("unclocked");
    }

    @Test
    void journals_of_rows_are_not_needed_either() {
        String generated = "BIGINT " + (vendor == Vendor.POSTGRESQL ? "GENERATED ALWAYS AS IDENTITY" : "AUTO_INCREMENT")
                + " PRIMARY KEY";
        database.execute(
                "CREATE TABLE account (id " + generated + ", account_no INT NOT NULL UNIQUE, name VARCHAR(20))",
                "CREATE TABLE line (id " + generated + ", account_id BIGINT NOT NULL REFERENCES account (id), "
                        + "line_no INT NOT NULL, text VARCHAR(20), UNIQUE (account_id, line_no))",
                "INSERT INTO account (account_no) VALUES (7)",
                "DELETE FROM account");
        try (Sink sink = Sink.startOn(
                database,
                "master",
                "copy",
                "sink.follower",
                "true",
                "aggregate",
                "account",
                "aggregate.root",
                "account",
                "aggregate.key",
                "account_no",
                "aggregate.children",
                "lines",
                "aggregate.children.lines.table",
                "line",
                "aggregate.children.lines.key",
                "line_no")) {
            sink.putRaw(AccountChange.named(5, 1, "Ann")
                    .plainLine(1, "axe")
                    .plainLine(2, "bow")
                    .record());
            sink.putRaw(AccountChange.named(5, 2, "Anna")
                    .plainLine(2, "bow")
                    .plainLine(3, "cup")
                    .record());
        }

        assertThat(tables()).containsExactlyInAnyOrder("tandem_account_clock", "tandem_account_ledger");
        assertThat(database.query("SELECT a.name, l.line_no, l.text FROM account a JOIN line l ON l.account_id = a.id "
                        + "ORDER BY l.line_no"))
                .containsExactly("Anna|2|bow", "Anna|3|cup");
    }

    @Test
    void a_follower_that_becomes_a_master_gets_what_a_master_needs() {
        try (Sink sink = follower()) {
            sink.apply(legacy("Ann", 1, 0, 1000));
        }

        try (Sink sink = Sink.startOn(database, "master", "copy", "masters", "legacy,modern,copy")) {
            database.execute("UPDATE customer SET name = 'Anna'");
            sink.apply(legacy("Old", 1, 0, 1000));
        }

        assertThat(database.customer(1)).isEqualTo("Anna null 7 []");
        assertThat(database.query("SELECT clock_legacy, clock_modern, clock_copy FROM tandem_customer_clock WHERE "
                        + (vendor == Vendor.POSTGRESQL ? "clock_copy > published" : "pending = 1")))
                .containsExactly("1|0|1");
    }

    @Test
    void a_follower_is_none_of_the_masters() {
        assertThatThrownBy(() -> config("sink.follower", "true"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("configuration master: is one of masters (legacy,modern)")
                .hasMessageContaining("sink.follower=false");
    }

    @Test
    void who_is_none_of_the_masters_may_be_a_follower() {
        assertThatThrownBy(() -> config("master", "copy"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("configuration masters: does not name this master; add 'copy'")
                .hasMessageContaining("or set sink.follower=true");
    }

    @Test
    void a_follower_has_its_versions_in_the_clock_table() {
        assertThatThrownBy(() ->
                        Sink.start(database, "master", "copy", "sink.follower", "true", "clock.placement", "root"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("sink.follower")
                .hasMessageContaining("clock.placement");
    }

    private AlignmentSinkConfig config(String name, String value) {
        Map<String, String> settings = new HashMap<>(database.settings("modern"));
        settings.put(name, value);
        return new AlignmentSinkConfig(settings);
    }
}
