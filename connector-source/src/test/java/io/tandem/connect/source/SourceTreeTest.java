package io.tandem.connect.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.testbed.Sql;
import io.tandem.testbed.Vendor;
import io.tandem.testbed.fixtures.Servers;
import io.tandem.testbed.fixtures.Servers.Databases;
import io.tandem.testbed.fixtures.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.connect.data.Struct;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Aggregates of three levels, whose children refer to keys that the database makes up, are sent like all others. */
@ParameterizedClass
@EnumSource(Vendor.class)
@ExtendWith(Servers.class)
class SourceTreeTest {

    private final TestDatabase database;
    private final Source source;

    SourceTreeTest(Vendor vendor, Databases databases) {
        database = databases.create(vendor);
        String generated = "BIGINT " + (vendor == Vendor.POSTGRESQL ? "GENERATED ALWAYS AS IDENTITY" : "AUTO_INCREMENT")
                + " PRIMARY KEY";
        database.execute(
                "CREATE TABLE account (id " + generated + ", account_no INT NOT NULL UNIQUE, name VARCHAR(20))",
                "CREATE TABLE line (id " + generated + ", account_id BIGINT NOT NULL REFERENCES account (id), "
                        + "line_no INT NOT NULL, UNIQUE (account_id, line_no))",
                "CREATE TABLE discount (line_id BIGINT NOT NULL REFERENCES line (id), code INT NOT NULL, "
                        + "percent INT, PRIMARY KEY (line_id, code))");
        source = Source.startOn(
                database,
                "aggregate",
                "account",
                "aggregate.root",
                "account",
                "aggregate.key",
                "account_no",
                "aggregate.children",
                "line,discount",
                "aggregate.children.line.key",
                "line_no",
                "aggregate.children.discount.parent",
                "line");
        database.execute(
                "INSERT INTO account (account_no, name) VALUES (71, 'Ann')",
                "INSERT INTO line (account_id, line_no) VALUES (1, 10)",
                "INSERT INTO line (account_id, line_no) VALUES (1, 11)",
                "INSERT INTO discount VALUES (1, 5, 50)");
    }

    @AfterEach
    void stop() {
        source.close();
    }

    private String lineJournal() {
        return database.vendor() == Vendor.POSTGRESQL
                ? "\"tandem_account$line_journal\""
                : "`tandem_account$line_journal`";
    }

    /** Name and lines: {@code Ann 10{5=50} 11{}}. */
    private static String text(Sent sent) {
        return sent.data().get("name")
                + sent.data().<Struct>getArray("line").stream()
                        .map(line -> " " + line.get("line_no")
                                + line.<Struct>getArray("discount").stream()
                                        .collect(Collectors.toMap(one -> one.get("code"), one -> one.get("percent"))))
                        .collect(Collectors.joining());
    }

    private static Object number(Sent sent) {
        return ((Struct) sent.record().key()).get("account_no");
    }

    @Test
    void an_insert_of_all_levels_is_one_version_with_the_whole_tree() {
        Sent sent = source.drainOne();

        assertThat(number(sent)).isEqualTo(71);
        assertThat(text(sent)).isEqualTo("Ann 10{5=50} 11{}");
        assertThat(sent.clock()).isEqualTo(Map.of("legacy", 1L));
    }

    @Test
    void a_write_at_the_lowest_level_is_the_next_version() {
        source.drain();

        database.execute("INSERT INTO discount VALUES (2, 6, 60)");

        Sent sent = source.drainOne();
        assertThat(text(sent)).isEqualTo("Ann 10{5=50} 11{6=60}");
        assertThat(sent.own()).isEqualTo(2);
    }

    @Test
    void a_changed_key_is_a_delete_and_an_insert() {
        source.drain();

        database.execute("UPDATE account SET account_no = 79");

        List<Sent> sent = source.drain();
        assertThat(sent).extracting(SourceTreeTest::number).containsExactlyInAnyOrder(71, 79);
        assertThat(sent)
                .filteredOn(Sent::deleted)
                .extracting(SourceTreeTest::number)
                .containsExactly(71);
        assertThat(sent)
                .filteredOn(one -> !one.deleted())
                .extracting(SourceTreeTest::text)
                .containsExactly("Ann 10{5=50} 11{}");
    }

    @Test
    void a_deleted_account_is_a_tombstone() {
        source.drain();

        database.execute("DELETE FROM discount", "DELETE FROM line", "DELETE FROM account");

        Sent sent = source.drainOne();
        assertThat(sent.deleted()).isTrue();
        assertThat(database.number("SELECT COUNT(*) FROM " + lineJournal())).isZero();
    }

    @Test
    void what_another_session_relays_just_now_is_in_no_version_before_it_is_counted() throws SQLException {
        source.drain();
        database.execute("UPDATE discount SET percent = 51");
        try (Connection relay = database.begin()) {
            Sql.run(relay, "SELECT id FROM " + lineJournal() + " FOR UPDATE");
            database.execute("UPDATE account SET name = 'Anna'");

            assertThat(source.idle()).isEmpty();

            relay.rollback();
        }
        Sent sent = source.drainOne();
        assertThat(text(sent)).isEqualTo("Anna 10{5=51} 11{}");
        assertThat(sent.own()).isEqualTo(2);
    }

    @Test
    void nothing_is_sent_twice() {
        source.drain();

        assertThat(source.drain()).isEmpty();
        assertThat(database.number("SELECT COUNT(*) FROM " + lineJournal())).isZero();
    }
}
