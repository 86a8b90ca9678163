package io.tandem.connect.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tandem.testbed.Vendor;
import io.tandem.testbed.fixtures.Servers;
import io.tandem.testbed.fixtures.Servers.Databases;
import io.tandem.testbed.fixtures.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What is overruled is kept. */
@ParameterizedClass
@EnumSource(Vendor.class)
@ExtendWith(Servers.class)
class SinkLedgerTest {

    private static final String MINE = """
            {"id":1,"name":"Mine","note":null,"counter":7,"region_id":null,"address":[\
            {"id":11,"customer_id":1,"city":"Rome","counter":7},{"id":12,"customer_id":1,"city":"Köln ☃","counter":7}]}""";
    private static final String THEIRS =
            "{\"id\":1,\"name\":\"Theirs\",\"address\":[{\"id\":13,\"city\":\"Oslo\",\"counter\":7}]}";
    private static final String TIMESTAMP = "timestamp:legacy,modern";

    private final TestDatabase database;

    SinkLedgerTest(Vendor vendor, Databases databases) {
        database = databases.create(vendor).withTables();
    }

    /** A local write that the other master does not know. */
    private void localWrite(long timestamp) {
        database.execute(
                "INSERT INTO customer (id, name) VALUES (1, 'Mine')",
                "INSERT INTO address (id, customer_id, city) VALUES (11, 1, 'Rome'), (12, 1, 'Köln ☃')");
        fold(timestamp, false);
    }

    private void fold(long timestamp, boolean deleted) {
        database.execute(
                "DELETE FROM tandem_customer_journal",
                "INSERT INTO tandem_customer_clock (key_id, clock_legacy, clock_modern, clock_timestamp, clock_writer, "
                        + "clock_deleted, published) VALUES (1, 0, 1, " + timestamp + ", 'modern', " + deleted
                        + ", 1)");
    }

    private static Change theirs(long timestamp) {
        return Change.named(1, "Theirs").clock(1, 0).at(timestamp).address(13, "Oslo");
    }

    @Test
    void what_is_stored_and_loses_is_kept_whole() {
        try (Sink sink = Sink.startOn(database)) {
            localWrite(5000);
            sink.apply(Change.named(2, "other").clock(1, 0), theirs(6000));

            assertThat(database.ledger())
                    .containsExactly("CONFLICT 1 incoming by " + TIMESTAMP + " " + MINE + " legacy.customer-0@1");
            assertThat(database.query("SELECT CONCAT(stored_clock, stored_timestamp, stored_writer, incoming_clock, "
                            + "incoming_timestamp, incoming_writer) FROM tandem_customer_ledger"))
                    .containsExactly("{\"legacy\":0,\"modern\":1}5000modern{\"legacy\":1,\"modern\":0}6000legacy");
            assertThat(database.number("SELECT COUNT(*) FROM tandem_customer_ledger WHERE NOT sent "
                            + "AND noted_at > 1700000000000000"))
                    .isOne();
        }
    }

    @Test
    void what_arrives_and_loses_is_kept_as_it_arrived() {
        try (Sink sink = Sink.startOn(database)) {
            localWrite(5000);
            sink.apply(theirs(4000));

            assertThat(database.ledger())
                    .containsExactly("CONFLICT 1 stored by " + TIMESTAMP + " " + THEIRS + " legacy.customer-0@0");
        }
    }

    @Test
    void a_write_that_was_only_noted_is_kept_when_it_loses() {
        try (Sink sink = Sink.startOn(database)) {
            database.execute("INSERT INTO customer (id, name) VALUES (1, 'Noted')");
            sink.apply(theirs(9_000_000_000_000_000L));

            assertThat(database.ledger()).singleElement().asString().contains("CONFLICT 1 incoming", "Noted");
        }
    }

    @Test
    void a_delete_that_loses_is_kept() {
        try (Sink sink = Sink.startOn(database)) {
            fold(5000, true);
            sink.apply(theirs(6000));

            assertThat(database.ledger())
                    .containsExactly("CONFLICT 1 incoming by " + TIMESTAMP + " deleted legacy.customer-0@0");
        }
    }

    @Test
    void nothing_is_written_without_a_conflict_nor_twice_for_one() {
        try (Sink sink = Sink.startOn(database)) {
            sink.apply(theirs(1000));
            sink.apply(theirs(1000), Change.named(1, "again").clock(2, 0).at(2000));
            assertThat(database.ledger()).isEmpty();
        }
        try (Sink sink = Sink.start(database)) {
            database.execute("UPDATE customer SET name = 'Mine' WHERE id = 1");
            Change concurrent = Change.named(1, "late").clock(3, 0).at(3000);
            sink.apply(concurrent);
            sink.apply(concurrent);
            assertThat(database.ledger()).hasSize(1);
        }
    }

    @Test
    void an_alarm_is_kept_with_what_it_does_not_show() {
        try (Sink sink = Sink.startOn(database)) {
            sink.apply(theirs(1000));
            sink.apply(Change.named(1, "Other").clock(1, 0).at(999));

            assertThat(database.ledger())
                    .containsExactly("ALARM 1 stored by equal clocks with a different timestamp or writer "
                            + "{\"id\":1,\"name\":\"Other\"} legacy.customer-0@1");
        }
    }

    @Test
    void the_alarm_that_ends_the_task_is_kept() {
        try (Sink sink = Sink.startOn(database)) {
            assertThatThrownBy(() -> sink.put(Change.named(1, "Own").clock(1, 4)))
                    .hasMessageContaining("forgotten writes");

            assertThat(database.ledger())
                    .singleElement()
                    .asString()
                    .contains("ALARM 1 stored", "{\"id\":1,\"name\":\"Own\"}");
            assertThat(database.customer(1)).isEqualTo("none");
        }
    }

    @Test
    void a_row_that_was_there_before_tandem_is_kept_if_it_changes() {
        database.execute(
                "INSERT INTO customer (id, name, note) VALUES (1, 'Old', 'x'), (2, 'Same', 'x'), (3, 'Gone', 'x')",
                "INSERT INTO address (id, customer_id, city) VALUES (11, 1, 'Rome'), (21, 2, 'Rome'), (22, 2, 'Oslo')");
        try (Sink sink = Sink.startOn(database)) {
            sink.apply(
                    Change.named(1, "Old").clock(1, 0).address(11, "Bari"),
                    // what the record lacks stays, and the order of rows says nothing
                    Change.named(2, "Same").clock(1, 0).address(22, "Oslo").address(21, "Rome"),
                    Change.deleted(3).clock(1, 0));

            assertThat(database.ledger())
                    .hasSize(2)
                    .anySatisfy(entry ->
                            assertThat(entry).startsWith("UNCLOCKED 1 incoming").contains("Rome"))
                    .anySatisfy(entry ->
                            assertThat(entry).startsWith("UNCLOCKED 3 incoming").contains("Gone"));
        }
    }

    @Test
    void conflicts_between_records_that_wait_together_are_kept_once() {
        try (Sink sink = Sink.startOn(database, "masters", "legacy,modern,third")) {
            Change first = Change.named(1, "a").clock(1, 0).at(2000).under(TIMESTAMP + ",third");
            Change second = Change.named(1, "b")
                    .counts("third", 1)
                    .at(3000)
                    .writtenBy("third")
                    .publishedBy("third")
                    .under(TIMESTAMP + ",third");
            sink.apply(first, second);
            sink.apply(first, second);

            assertThat(database.customer(1)).isEqualTo("b null 7 []");
            assertThat(database.ledger())
                    .containsExactly("CONFLICT 1 incoming by " + TIMESTAMP
                            + ",third {\"id\":1,\"name\":\"a\"} legacy.customer-0@1");
        }
    }

    @Test
    void what_is_rolled_back_leaves_no_entry() {
        try (Sink sink = Sink.startOn(database, "errors.tolerance", "all", "errors.log.enable", "true")) {
            localWrite(5000);
            sink.put(Change.named(1, "too long for this column, by far")
                    .clock(1, 0)
                    .at(6000));

            assertThat(database.customer(1)).startsWith("Mine");
            assertThat(database.ledger()).isEmpty();
        }
    }
}
