package io.tandem.connect.database;

import io.tandem.connect.aggregate.AggregateDefinition;
import io.tandem.connect.aggregate.AggregateDefinition.ChildDefinition;
import io.tandem.connect.aggregate.AggregateKey;
import java.sql.SQLException;
import java.util.List;

/**
 * An application whose database makes up keys: accounts with addresses, and with lines that have discounts. Children refer
 * to the made-up keys; an account is known by its number, a line by its number within the account.
 */
final class Accounts {

    static final String NAME = "account";
    static final String JOURNAL = "tandem_account_journal";

    private Accounts() {}

    static AggregateDefinition definition() {
        return new AggregateDefinition(
                NAME,
                "account",
                List.of("account_no"),
                List.of(
                        new ChildDefinition("discounts", "discount", "lines", List.of(), List.of()),
                        new ChildDefinition("addresses", "address", "", List.of(), List.of("kind")),
                        new ChildDefinition("lines", "line", "", List.of(), List.of("line_no"))),
                "");
    }

    static void createTables(TestDatabase database) throws SQLException {
        String generated = "BIGINT " + database.vendor().choose("GENERATED ALWAYS AS IDENTITY", "AUTO_INCREMENT");
        database.execute(
                "CREATE TABLE account (id " + generated + " PRIMARY KEY, account_no INT NOT NULL UNIQUE, "
                        + "name VARCHAR(20))",
                "CREATE TABLE address (id " + generated + " PRIMARY KEY, account_id BIGINT NOT NULL "
                        + "REFERENCES account (id), kind "
                        + database.vendor().exactText(9) + " NOT NULL, city VARCHAR(20), UNIQUE (account_id, kind))",
                "CREATE TABLE line (id " + generated + " PRIMARY KEY, account_id BIGINT REFERENCES account (id), "
                        + "line_no INT NOT NULL, text VARCHAR(20), UNIQUE (account_id, line_no))",
                "CREATE TABLE discount (line_id BIGINT NOT NULL REFERENCES line (id), code "
                        + database.vendor().exactText(9) + " NOT NULL, percent INT, PRIMARY KEY (line_id, code))");
    }

    /** Two accounts, 1 and 2 (of the made-up keys 1 and 2), with a line each, of which the first has a discount. */
    static AlignedAggregate installWithRows(TestDatabase database) throws SQLException {
        createTables(database);
        AlignedAggregate aligned = Orders.install(database, definition());
        database.execute(
                "INSERT INTO account (account_no, name) VALUES (71, 'Ann')",
                "INSERT INTO account (account_no, name) VALUES (72, 'Bob')",
                "INSERT INTO address (account_id, kind, city) VALUES (1, 'home', 'Rome')",
                "INSERT INTO line (account_id, line_no, text) VALUES (1, 10, 'a')",
                "INSERT INTO line (account_id, line_no, text) VALUES (2, 10, 'b')",
                "INSERT INTO discount VALUES (1, 'x', 5)");
        aligned.rowJournals().relay(100);
        forgetNotes(database);
        return aligned;
    }

    static void forgetNotes(TestDatabase database) throws SQLException {
        database.execute("DELETE FROM " + JOURNAL);
    }

    /** The keys that are noted, each once, in order. */
    static List<String> noted(TestDatabase database) throws SQLException {
        return database.query("SELECT DISTINCT key_account_no FROM " + JOURNAL + " ORDER BY key_account_no");
    }

    /** The made-up keys of accounts that are noted. */
    static List<String> notedAccounts(TestDatabase database) throws SQLException {
        return database.query("SELECT DISTINCT row_id FROM "
                + database.dialect().quote("tandem_account$account_journal") + " ORDER BY row_id");
    }

    /** The made-up keys of lines that are noted. */
    static List<String> notedLines(TestDatabase database) throws SQLException {
        return database.query("SELECT DISTINCT row_id FROM "
                + database.dialect().quote("tandem_account$line_journal") + " ORDER BY row_id");
    }

    static AggregateKey key(int number) {
        return new AggregateKey(List.of(number));
    }
}
