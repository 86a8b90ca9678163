package io.tandem.connect.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.connect.aggregate.AggregateKey;
import io.tandem.connect.aggregate.AggregateState;
import io.tandem.connect.aggregate.Row;
import io.tandem.connect.database.dialect.DatabaseObject;
import io.tandem.testbed.Sql;
import io.tandem.testbed.Vendor;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Writes of child rows that do not hold the aggregate's key reach the aggregate that they belong to. */
class RowJournalTest {

    private static final int MANY = 100;

    @DatabaseTest
    void a_child_of_a_generated_key_notes_what_it_refers_to(TestDatabase database) throws Exception {
        AlignedAggregate aligned = Accounts.installWithRows(database);

        database.execute(
                "UPDATE address SET city = 'Oslo'",
                "INSERT INTO address (account_id, kind) VALUES (2, 'work')",
                "DELETE FROM discount");

        assertThat(Accounts.noted(database)).isEmpty();
        assertThat(Accounts.notedAccounts(database)).containsExactly("1", "2");
        assertThat(Accounts.notedLines(database)).containsExactly("1");
        aligned.rowJournals().relay(MANY);
        assertThat(Accounts.noted(database)).containsExactly("71", "72");
        assertThat(Accounts.notedAccounts(database)).isEmpty();
        assertThat(Accounts.notedLines(database)).isEmpty();
    }

    @DatabaseTest
    void a_root_notes_its_key_and_a_changed_key_both(TestDatabase database) throws Exception {
        Accounts.installWithRows(database);

        database.execute("UPDATE account SET account_no = 79 WHERE account_no = 71");

        assertThat(Accounts.noted(database)).containsExactly("71", "79");
    }

    @DatabaseTest
    void a_line_that_moves_notes_both_accounts(TestDatabase database) throws Exception {
        AlignedAggregate aligned = Accounts.installWithRows(database);

        database.execute("UPDATE line SET account_id = 2, line_no = 11 WHERE id = 1");

        aligned.rowJournals().relay(MANY);
        assertThat(Accounts.noted(database)).containsExactly("71", "72");
    }

    @DatabaseTest
    void a_loose_line_belongs_to_no_account(TestDatabase database) throws Exception {
        AlignedAggregate aligned = Accounts.installWithRows(database);
        database.execute("INSERT INTO line (account_id, line_no) VALUES (NULL, 5)");

        database.execute("INSERT INTO discount SELECT id, 'y', 1 FROM line WHERE account_id IS NULL");

        assertThat(Accounts.notedLines(database)).hasSize(1);
        aligned.rowJournals().relay(MANY);
        assertThat(Accounts.noted(database)).isEmpty();
        assertThat(Accounts.notedLines(database)).isEmpty();
    }

    @DatabaseTest
    void notes_of_rows_that_are_gone_are_forgotten(TestDatabase database) throws Exception {
        AlignedAggregate aligned = Accounts.installWithRows(database);
        database.execute("DELETE FROM discount", "DELETE FROM line WHERE id = 1");
        assertThat(Accounts.notedLines(database)).containsExactly("1");

        aligned.rowJournals().relay(MANY);

        assertThat(Accounts.notedLines(database)).isEmpty();
        assertThat(Accounts.noted(database)).containsExactly("71");
    }

    @DatabaseTest
    void a_line_that_moves_in_an_open_transaction_takes_the_note_of_its_discount_along(TestDatabase database)
            throws Exception {
        AlignedAggregate aligned = Accounts.installWithRows(database);
        Connection mover = database.begin();
        Sql.run(mover, "UPDATE line SET account_id = 2, line_no = 11 WHERE id = 1");
        database.execute("UPDATE discount SET percent = 6 WHERE line_id = 1");

        mover.commit();

        aligned.rowJournals().relay(MANY);
        assertThat(Accounts.noted(database)).containsExactly("71", "72");
    }

    @DatabaseTest
    void a_relay_before_a_move_commits_loses_nothing_either(TestDatabase database) throws Exception {
        AlignedAggregate aligned = Accounts.installWithRows(database);
        Connection mover = database.begin();
        Sql.run(mover, "UPDATE line SET account_id = 2, line_no = 11 WHERE id = 1");
        database.execute("UPDATE discount SET percent = 6 WHERE line_id = 1");

        aligned.rowJournals().relay(MANY);

        assertThat(Accounts.noted(database)).containsExactly("71");
        Accounts.forgetNotes(database);
        mover.commit();
        aligned.rowJournals().relay(MANY);
        assertThat(Accounts.noted(database)).containsExactly("71", "72");
    }

    @DatabaseTest
    void a_key_that_changes_in_an_open_transaction_loses_no_note(TestDatabase database) throws Exception {
        AlignedAggregate aligned = Accounts.installWithRows(database);
        Connection renamer = database.begin();
        Sql.run(renamer, "UPDATE account SET account_no = 79 WHERE id = 1");
        database.execute("UPDATE address SET city = 'Bonn' WHERE account_id = 1");

        renamer.commit();

        Accounts.forgetNotes(database);
        aligned.rowJournals().relay(MANY);
        assertThat(Accounts.noted(database)).containsExactly("79");
    }

    @DatabaseTest
    void a_relay_leaves_the_notes_of_another_relay_alone_and_waits_for_nobody(TestDatabase database) throws Exception {
        AlignedAggregate aligned = Accounts.installWithRows(database);
        database.execute("UPDATE address SET city = 'Bonn'");
        Connection other = database.begin();
        Sql.query(
                other, "SELECT id FROM " + database.dialect().quote("tandem_account$account_journal") + " FOR UPDATE");

        aligned.rowJournals().relay(MANY);

        assertThat(Accounts.notedAccounts(database)).containsExactly("1");
        assertThat(Accounts.noted(database)).isEmpty();
        other.rollback();
        aligned.rowJournals().relay(MANY);
        assertThat(Accounts.noted(database)).containsExactly("71");
    }

    @DatabaseTest
    void a_relay_keeps_the_time_of_the_latest_write(TestDatabase database) throws Exception {
        AlignedAggregate aligned = Accounts.installWithRows(database);
        database.execute("UPDATE address SET city = 'Bonn'", "UPDATE address SET city = 'Bari'");
        String latest = database.query(
                        "SELECT MAX(changed_at) FROM " + database.dialect().quote("tandem_account$account_journal"))
                .get(0);

        aligned.rowJournals().relay(MANY);

        assertThat(database.query("SELECT changed_at FROM " + Accounts.JOURNAL)).containsExactly(latest);
    }

    @DatabaseTest(Vendor.POSTGRESQL)
    void a_truncated_child_table_notes_what_its_rows_referred_to(TestDatabase database) throws Exception {
        AlignedAggregate aligned = Accounts.installWithRows(database);

        database.execute("TRUNCATE discount");

        aligned.rowJournals().relay(MANY);
        assertThat(Accounts.noted(database)).containsExactly("71");
    }

    @DatabaseTest
    void the_applying_session_notes_nothing(TestDatabase database) throws Exception {
        Accounts.installWithRows(database);

        database.open().inTransaction(handle -> {
            database.dialect().session().beginApplying(handle, Accounts.NAME, Duration.ofSeconds(1));
            Sql.run(handle.getConnection(), "UPDATE address SET city = 'Bonn'", "UPDATE discount SET percent = 1");
            return null;
        });

        assertThat(Accounts.notedAccounts(database)).isEmpty();
        assertThat(Accounts.notedLines(database)).isEmpty();
    }

    @DatabaseTest(Vendor.POSTGRESQL)
    void another_aggregates_session_notes_only_what_it_really_changes(TestDatabase database) throws Exception {
        AlignedAggregate aligned = Accounts.installWithRows(database);

        database.open().inTransaction(handle -> {
            database.dialect().session().beginApplying(handle, "other", Duration.ofSeconds(1));
            Sql.run(
                    handle.getConnection(),
                    "UPDATE account SET name = CASE account_no WHEN 72 THEN 'BOB' ELSE 'Ann' END",
                    "UPDATE line SET text = text",
                    "UPDATE discount SET percent = percent + 1");
            return null;
        });

        assertThat(Accounts.noted(database)).containsExactly("72");
        aligned.rowJournals().relay(MANY);
        assertThat(Accounts.noted(database)).containsExactly("71", "72");
    }

    @DatabaseTest
    void the_application_s_writes_are_noted_even_if_they_change_nothing(TestDatabase database) throws Exception {
        Accounts.installWithRows(database);

        database.execute("UPDATE account SET name = name");

        assertThat(Accounts.noted(database)).containsExactly("71", "72");
    }

    @DatabaseTest
    void aggregates_are_read_as_trees(TestDatabase database) throws Exception {
        AlignedAggregate aligned = Accounts.installWithRows(database);
        database.execute(
                "INSERT INTO line (account_id, line_no) VALUES (1, 9)", "INSERT INTO discount VALUES (1, 'a', 1)");

        Map<AggregateKey, AggregateState> states = database.open()
                .inSnapshot(handle -> aligned.tables()
                        .read(handle.getConnection(), List.of(Accounts.key(72), Accounts.key(71), Accounts.key(5))));

        AggregateState first =
                new AggregateState(new Row(1L, 1L, 10, "a"), List.of(List.of(leaf(1L, "a", 1), leaf(1L, "x", 5))));
        AggregateState second = new AggregateState(new Row(3L, 1L, 9, null), List.of(List.of()));
        AggregateState others = new AggregateState(new Row(2L, 2L, 10, "b"), List.of(List.of()));
        assertThat(states)
                .containsOnly(
                        Map.entry(
                                Accounts.key(71),
                                new AggregateState(
                                        new Row(1L, 71, "Ann"),
                                        List.of(List.of(leaf(1L, 1L, "home", "Rome")), List.of(first, second)))),
                        Map.entry(
                                Accounts.key(72),
                                new AggregateState(new Row(2L, 72, "Bob"), List.of(List.of(), List.of(others)))));
    }

    @DatabaseTest
    void a_second_connector_finds_everything_installed(TestDatabase database) throws Exception {
        Accounts.installWithRows(database);

        List<DatabaseObject> missing = database.open()
                .withHandle(handle -> Orders.installer(database, Orders.resolve(database, Accounts.definition()))
                        .missing(handle));

        assertThat(missing).isEmpty();
    }

    private static AggregateState leaf(Object... values) {
        return new AggregateState(new Row(values), List.of());
    }
}
