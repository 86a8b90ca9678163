package io.tandem.connect.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tandem.testbed.Sql;
import io.tandem.testbed.Vendor;
import io.tandem.testbed.fixtures.Servers;
import io.tandem.testbed.fixtures.Servers.Databases;
import io.tandem.testbed.fixtures.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Aggregates of three levels whose keys this database makes up are written like all others. */
@ParameterizedClass
@EnumSource(Vendor.class)
@ExtendWith(Servers.class)
class SinkTreeTest {

    private static final String[] SETTINGS = {
        "aggregate",
        "account",
        "aggregate.root",
        "account",
        "aggregate.key",
        "account_no",
        "aggregate.children",
        "addresses,lines,discounts,parts",
        "aggregate.children.addresses.table",
        "address",
        "aggregate.children.addresses.key",
        "kind",
        "aggregate.children.lines.table",
        "line",
        "aggregate.children.lines.key",
        "line_no",
        "aggregate.children.parts.table",
        "part",
        "aggregate.children.parts.parent",
        "lines",
        "aggregate.children.discounts.table",
        "discount",
        "aggregate.children.discounts.parent",
        "lines"
    };

    private final TestDatabase database;
    private final Sink sink;

    SinkTreeTest(Vendor vendor, Databases databases) {
        database = databases.create(vendor);
        boolean postgres = vendor == Vendor.POSTGRESQL;
        String generated = "BIGINT " + (postgres ? "GENERATED ALWAYS AS IDENTITY" : "AUTO_INCREMENT") + " PRIMARY KEY";
        String exact = "VARCHAR(9)" + (postgres ? "" : " CHARACTER SET utf8mb4 COLLATE utf8mb4_bin") + " NOT NULL";
        database.execute(
                "CREATE TABLE account (id " + generated + ", account_no INT NOT NULL UNIQUE, name VARCHAR(20), "
                        + "note VARCHAR(20) DEFAULT 'none')",
                "CREATE TABLE address (id " + generated + ", account_id BIGINT NOT NULL REFERENCES account (id), kind "
                        + exact + ", city VARCHAR(20), UNIQUE (account_id, kind))",
                "CREATE TABLE line (id " + generated + ", account_id BIGINT NOT NULL REFERENCES account (id), "
                        + "line_no INT NOT NULL, text VARCHAR(20), note VARCHAR(20) DEFAULT 'none', "
                        + "UNIQUE (account_id, line_no))",
                "CREATE TABLE discount (line_id BIGINT NOT NULL REFERENCES line (id), code " + exact
                        + ", percent INT, PRIMARY KEY (line_id, code))",
                "CREATE TABLE part (id INT PRIMARY KEY, line_id BIGINT NOT NULL REFERENCES line (id), "
                        + "note VARCHAR(20) DEFAULT 'none')");
        sink = Sink.startOn(database, SETTINGS);
        // so that made-up keys of different tables are different ones
        database.execute(
                "INSERT INTO account (account_no) VALUES (1)",
                "INSERT INTO account (account_no) VALUES (2)",
                "INSERT INTO line (account_id, line_no) VALUES (1, 1)",
                "DELETE FROM line",
                "DELETE FROM account");
        forgetNotes();
    }

    @AfterEach
    void stop() {
        sink.close();
    }

    private void forgetNotes() {
        database.execute(
                "DELETE FROM tandem_account_journal",
                "DELETE FROM " + quoted("tandem_account$account_journal"),
                "DELETE FROM " + quoted("tandem_account$line_journal"));
    }

    private String quoted(String name) {
        return database.vendor() == Vendor.POSTGRESQL ? '"' + name + '"' : '`' + name + '`';
    }

    private void apply(AccountChange... changes) {
        put(changes);
        for (AccountChange change : changes) {
            assertThat(clock((int) key(change))).startsWith(change.record().kafkaOffset() + ",");
        }
        assertThat(database.number("SELECT (SELECT COUNT(*) FROM tandem_account_journal) + (SELECT COUNT(*) FROM "
                        + quoted("tandem_account$account_journal") + ") + (SELECT COUNT(*) FROM "
                        + quoted("tandem_account$line_journal") + ")"))
                .as("notes of the sink's own writes")
                .isZero();
    }

    private static Object key(AccountChange change) {
        return ((Struct) change.record().key()).get("account_no");
    }

    private void put(AccountChange... changes) {
        List<SinkRecord> records =
                Arrays.stream(changes).map(AccountChange::record).toList();
        sink.task().put(records);
    }

    private void awaitClock(int number, String prefix) {
        await().pollInterval(Duration.ofMillis(5)).untilAsserted(() -> {
            sink.put();
            assertThat(clock(number)).startsWith(prefix);
        });
    }

    private String clock(int number) {
        return database
                .query("SELECT CONCAT(clock_legacy, ',', clock_modern, ' ', clock_writer, "
                        + "CASE WHEN clock_deleted THEN ' deleted' ELSE '' END) FROM tandem_account_clock "
                        + "WHERE key_account_no = " + number)
                .stream()
                .findFirst()
                .orElse("unclocked");
    }

    /** The account as text: {@code Ann none [home Rome] [10 a none {x 1}]}. */
    private String account(int number) {
        String of = " FROM account a JOIN ";
        String where = " WHERE a.account_no = " + number;
        return database.query("SELECT CONCAT(a.name, ' ', a.note) FROM account a" + where)
                + " "
                + database.query("SELECT CONCAT(c.kind, ' ', c.city)" + of + "address c ON c.account_id = a.id" + where
                        + " ORDER BY c.kind")
                + " "
                + database.query("SELECT CONCAT(l.line_no, ' ', l.text, ' ', l.note)" + of
                        + "line l ON l.account_id = a.id" + where + " ORDER BY l.line_no")
                + " "
                + database.query("SELECT CONCAT(l.line_no, d.code, d.percent)" + of
                        + "line l ON l.account_id = a.id JOIN discount d ON d.line_id = l.id" + where
                        + " ORDER BY l.line_no, d.code");
    }

    private static AccountChange ann(long counter) {
        return AccountChange.named(71, counter, "Ann");
    }

    @Test
    void inserts_get_the_keys_that_the_database_makes_up() {
        apply(
                ann(1).address("home", "Rome").line(10, "a", "x", "yy").line(11, "b"),
                AccountChange.named(72, 1, "Bob").line(10, "c", "x"));

        assertThat(account(71)).isEqualTo("[Ann none] [home Rome] [10 a none, 11 b none] [10x1, 10yy2]");
        assertThat(account(72)).isEqualTo("[Bob none] [] [10 c none] [10x1]");
    }

    @Test
    void updates_keep_made_up_keys_and_what_the_record_does_not_carry() {
        apply(ann(1).address("home", "Rome").line(10, "a", "x").line(11, "b", "x"));
        database.execute("UPDATE account SET note = 'kept'", "UPDATE line SET note = 'kept'");
        List<String> ids = database.query("SELECT id FROM line ORDER BY line_no");
        forgetNotes();

        apply(AccountChange.named(71, 2, "Anna")
                .line(11, "B", "zzz")
                .line(12, "c", "x")
                .line(10, "A", "x"));

        assertThat(account(71))
                .isEqualTo("[Anna kept] [home Rome] [10 A kept, 11 B kept, 12 c none] [10x1, 11zzz3, 12x1]");
        assertThat(database.query("SELECT id FROM line ORDER BY line_no")).startsWith(ids.toArray(String[]::new));
    }

    @Test
    void a_row_that_is_missing_goes_with_all_below_it() {
        apply(ann(1).line(10, "a", "x").line(11, "b", "y"));

        apply(ann(2).line(11, "b", "y"));

        assertThat(account(71)).isEqualTo("[Ann none] [] [11 b none] [11y1]");
        assertThat(database.number("SELECT COUNT(*) FROM discount")).isOne();
    }

    @Test
    void a_collection_below_that_the_record_lacks_is_left_alone() {
        apply(ann(1).line(10, "a", "x").line(11, "b", "y"));

        apply(ann(2).plainLine(10, "A").plainLine(12, "c"));

        assertThat(account(71)).isEqualTo("[Ann none] [] [10 A none, 12 c none] [10x1]");
    }

    @Test
    void a_delete_removes_all_levels_and_an_insert_goes_on_after_it() {
        apply(ann(1).address("home", "Rome").line(10, "a", "x"));

        apply(AccountChange.deleted(71, 2));

        assertThat(account(71)).isEqualTo("[] [] [] []");
        assertThat(database.number("SELECT (SELECT COUNT(*) FROM discount) + (SELECT COUNT(*) FROM address)"))
                .isZero();
        assertThat(clock(71)).isEqualTo("2,0 legacy deleted");

        apply(ann(3).line(10, "again", "x"));

        assertThat(account(71)).isEqualTo("[Ann none] [] [10 again none] [10x1]");
    }

    @Test
    void a_row_that_has_a_key_of_its_own_moves_from_one_parent_to_another() {
        apply(ann(1).lineOfParts(10, 1, 2).lineOfParts(11, 3));
        database.execute("UPDATE part SET note = 'kept'");
        forgetNotes();

        apply(ann(2).lineOfParts(10, 1).lineOfParts(11, 2, 3));

        assertThat(parts()).containsExactly("10 1 kept", "11 2 kept", "11 3 kept");
    }

    @Test
    void a_row_can_move_away_from_a_parent_that_is_deleted() {
        apply(ann(1).lineOfParts(10, 1, 2).lineOfParts(11, 3));
        database.execute("UPDATE part SET note = 'kept'");
        forgetNotes();

        apply(ann(2).lineOfParts(12, 2, 3));

        assertThat(parts()).containsExactly("12 2 kept", "12 3 kept");
        assertThat(database.query("SELECT line_no FROM line")).containsExactly("12");
    }

    private List<String> parts() {
        return database.query("SELECT CONCAT(l.line_no, ' ', p.id, ' ', p.note) FROM part p JOIN line l "
                + "ON l.id = p.line_id ORDER BY p.id");
    }

    @Test
    void a_key_that_changed_is_a_delete_and_an_insert_in_one_batch() {
        apply(ann(1).line(10, "a", "x"));

        apply(AccountChange.named(79, 1, "Ann").line(10, "a", "x"), AccountChange.deleted(71, 2));

        assertThat(account(71)).isEqualTo("[] [] [] []");
        assertThat(account(79)).isEqualTo("[Ann none] [] [10 a none] [10x1]");
    }

    @Test
    void a_write_far_below_before_the_lock_is_a_conflict_that_is_decided() {
        apply(ann(1).line(10, "a", "x"), AccountChange.named(72, 1, "Bob").line(10, "c", "x"));
        database.execute("UPDATE discount SET percent = 50 WHERE line_id = "
                + "(SELECT l.id FROM line l JOIN account a ON a.id = l.account_id WHERE a.account_no = 71)");

        apply72AndPut71();

        assertThat(account(71)).isEqualTo("[Ann none] [] [10 a none] [10x50]");
        assertThat(clock(71)).isEqualTo("2,1 modern");
        assertThat(account(72)).isEqualTo("[Bo none] [] [10 c none] [10y1]");
    }

    private void apply72AndPut71() {
        put(AccountChange.named(72, 2, "Bo").line(10, "c", "y"), ann(2).line(10, "A", "y"));
    }

    @Test
    void an_account_whose_discount_is_locked_is_deferred_and_the_others_are_applied() throws SQLException {
        apply(ann(1).line(10, "a", "x"), AccountChange.named(72, 1, "Bob").line(10, "c", "x"));
        try (Connection application = database.begin()) {
            Sql.run(
                    application,
                    "UPDATE discount SET percent = 50 WHERE line_id = "
                            + "(SELECT l.id FROM line l JOIN account a ON a.id = l.account_id WHERE a.account_no = 71)");

            apply72AndPut71();

            assertThat(clock(71)).startsWith("1,0");
            assertThat(clock(72)).startsWith("2,0");
            application.commit();
        }
        awaitClock(71, "2,1 modern");
        assertThat(account(71)).isEqualTo("[Ann none] [] [10 a none] [10x50]");
    }

    @Test
    void a_note_that_another_session_is_relaying_is_waited_for() throws SQLException {
        apply(ann(1).line(10, "a", "x"));
        database.execute("UPDATE discount SET percent = 50");
        try (Connection relay = database.begin()) {
            Sql.run(
                    relay,
                    "INSERT INTO tandem_account_journal (key_account_no, changed_at, session) SELECT 71, changed_at, "
                            + "session FROM " + quoted("tandem_account$line_journal"));
            Sql.run(relay, "DELETE FROM " + quoted("tandem_account$line_journal"));

            put(ann(2).line(10, "A", "y"));

            assertThat(clock(71)).startsWith("1,0");
            relay.commit();
        }
        awaitClock(71, "2,1 modern");
        assertThat(account(71)).isEqualTo("[Ann none] [] [10 a none] [10x50]");
    }

    @Test
    void triggers_far_below_that_do_not_see_the_flag_are_noticed_and_nothing_is_applied() {
        apply(ann(1).line(10, "a", "x"));
        List<String> definitions = database.vendor() == Vendor.POSTGRESQL
                ? database.query("SELECT pg_get_functiondef(oid) FROM pg_proc WHERE proname LIKE '%$discount_note'")
                : database.query("SELECT CONCAT('CREATE OR REPLACE TRIGGER ', TRIGGER_NAME, ' AFTER ', "
                        + "EVENT_MANIPULATION, ' ON ', EVENT_OBJECT_TABLE, ' FOR EACH ROW ', ACTION_STATEMENT) "
                        + "FROM information_schema.TRIGGERS WHERE TRIGGER_SCHEMA = DATABASE() "
                        + "AND EVENT_OBJECT_TABLE = 'discount'");
        assertThat(definitions).isNotEmpty();
        definitions.forEach(ddl -> database.execute(ddl.replace("'account'", "'nobody'")));

        assertThatThrownBy(() -> put(ann(2).line(10, "a", "y")))
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining("noted the sink's own write");

        assertThat(account(71)).isEqualTo("[Ann none] [] [10 a none] [10x1]");
    }

    @Test
    void a_whole_batch_is_written_with_few_statements() {
        AccountChange[] changes = new AccountChange[300];
        for (int i = 0; i < changes.length; i++) {
            changes[i] = AccountChange.named(1000 + i, 1, "n" + i)
                    .address("home", "Rome")
                    .line(1, "a", "x")
                    .line(2, "b", "x", "y");
        }

        put(changes);

        assertThat(database.number("SELECT COUNT(*) FROM discount d JOIN line l ON l.id = d.line_id "
                        + "JOIN account a ON a.id = l.account_id"))
                .isEqualTo(900);
        assertThat(database.number("SELECT COUNT(*) FROM address")).isEqualTo(300);
    }

    @Test
    void recovery_drops_the_restored_notes_about_rows_that_a_record_counts() {
        apply(AccountChange.named(10, 1, "Ann").line(1, "one"));
        sink.close();
        database.execute("INSERT INTO part (id, line_id) SELECT 7, id FROM line");
        String journal = quoted("tandem_account$line_journal");
        database.execute("UPDATE " + journal + " SET changed_at = 1500");
        assertThat(database.number("SELECT COUNT(*) FROM " + journal)).isOne();
        String[] recovery = Arrays.copyOf(SETTINGS, SETTINGS.length + 2);
        recovery[SETTINGS.length] = AlignmentSinkConfig.RECOVERY;
        recovery[SETTINGS.length + 1] = "true";
        try (Sink recovering = Sink.startOn(database, recovery)) {
            recovering.putRaw(
                    AccountChange.named(10, 2, "Ann").knowing(1).line(1, "two").record());
        }

        assertThat(clock(10)).startsWith("2,1");
        assertThat(database.number("SELECT COUNT(*) FROM " + journal)).isZero();
    }
}
