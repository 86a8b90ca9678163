package io.tandem.connect.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.testbed.Vendor;
import io.tandem.testbed.fixtures.Servers;
import io.tandem.testbed.fixtures.Servers.Databases;
import io.tandem.testbed.fixtures.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What arrives is written, once, and does not travel back. */
@ParameterizedClass
@EnumSource(Vendor.class)
@ExtendWith(Servers.class)
class SinkApplyTest {

    private final TestDatabase database;
    private final Sink sink;

    SinkApplyTest(Vendor vendor, Databases databases) {
        database = databases.create(vendor).withTables();
        sink = Sink.startOn(database);
    }

    @AfterEach
    void nothingTravelsBack() {
        sink.close();
        assertThat(database.pending()).isZero();
    }

    private static Change ann(long legacy) {
        return Change.named(1, "Ann").clock(legacy, 0).at(1000 * legacy);
    }

    @Test
    void an_insert_is_written_with_its_children_and_version() {
        sink.apply(ann(1).with("note", "new")
                .with("counter", 9L)
                .address(11, "Rome", 1)
                .address(12, "Oslo", 2));

        assertThat(database.customer(1)).isEqualTo("Ann new 9 [11 Rome 1, 12 Oslo 2]");
        assertThat(database.clock(1)).isEqualTo("1,0 @1000 legacy");
    }

    @Test
    void absent_columns_take_the_default_on_insert() {
        sink.apply(ann(1));

        assertThat(database.customer(1)).isEqualTo("Ann null 7 []");
    }

    @Test
    void an_update_leaves_absent_columns_and_collections_alone() {
        sink.apply(ann(1).with("note", "old").with("counter", 9L).address(11, "Rome"));

        sink.apply(Change.named(1, "Anna").clock(2, 0).at(2000));

        assertThat(database.customer(1)).isEqualTo("Anna old 9 [11 Rome 7]");
        assertThat(database.clock(1)).isEqualTo("2,0 @2000 legacy");
    }

    @Test
    void null_is_a_value() {
        sink.apply(ann(1).with("note", "old"));

        sink.apply(ann(2).with("note", null));

        assertThat(database.customer(1)).isEqualTo("Ann null 7 []");
    }

    @Test
    void children_are_replaced_as_a_set() {
        sink.apply(ann(1).address(11, "Rome").address(12, "Oslo").address(13, "Bonn"));

        sink.apply(ann(2).address(12, "Bari").address(14, "Nice"));

        assertThat(database.customer(1)).isEqualTo("Ann null 7 [12 Bari 7, 14 Nice 7]");
    }

    @Test
    void an_empty_collection_removes_all_children() {
        sink.apply(ann(1).address(11, "Rome"));

        sink.apply(ann(2).addresses());

        assertThat(database.customer(1)).isEqualTo("Ann null 7 []");
    }

    @Test
    void a_delete_removes_children_and_root_and_leaves_a_tombstone() {
        sink.apply(ann(1).address(11, "Rome"));

        sink.apply(Change.deleted(1).clock(2, 0).at(2000));

        assertThat(database.customer(1)).isEqualTo("none");
        assertThat(database.query("SELECT id FROM address")).isEmpty();
        assertThat(database.clock(1)).isEqualTo("2,0 @2000 legacy deleted");
    }

    @Test
    void a_delete_of_what_never_was_leaves_a_tombstone_too() {
        sink.apply(Change.deleted(1).clock(2, 0));

        assertThat(database.clock(1)).isEqualTo("2,0 @1000 legacy deleted");
    }

    @Test
    void an_insert_goes_on_after_a_tombstone() {
        sink.apply(ann(1).address(11, "Rome"));
        sink.apply(Change.deleted(1).clock(2, 0).at(2000));

        sink.apply(ann(3).address(11, "Bari"));

        assertThat(database.customer(1)).isEqualTo("Ann null 7 [11 Bari 7]");
        assertThat(database.clock(1)).isEqualTo("3,0 @3000 legacy");
    }

    @Test
    void a_duplicate_changes_nothing() {
        sink.apply(ann(2));

        sink.apply(Change.named(1, "Eve").clock(2, 0).at(2000));

        assertThat(database.customer(1)).isEqualTo("Ann null 7 []");
        assertThat(database.clock(1)).isEqualTo("2,0 @2000 legacy");
    }

    @Test
    void what_is_stale_changes_nothing() {
        sink.apply(ann(2).address(11, "Rome"));

        sink.apply(
                Change.named(1, "Eve").clock(1, 0).at(500),
                Change.deleted(1).clock(1, 0).at(600));

        assertThat(database.customer(1)).isEqualTo("Ann null 7 [11 Rome 7]");
        assertThat(database.clock(1)).isEqualTo("2,0 @2000 legacy");
    }

    @Test
    void several_records_of_a_key_in_one_put_are_merged() {
        sink.apply(
                Change.named(1, "a").clock(1, 0).at(1000).address(12, "Oslo"),
                Change.named(1, "c").clock(3, 0).at(3000).address(11, "Rome"),
                Change.named(2, "Bob").clock(1, 0),
                Change.named(1, "c").clock(3, 0).at(3000).address(11, "Rome"),
                Change.named(1, "b").clock(2, 0).at(2000));

        assertThat(database.customer(1)).isEqualTo("c null 7 [11 Rome 7]");
        assertThat(database.clock(1)).isEqualTo("3,0 @3000 legacy");
        assertThat(database.customer(2)).isEqualTo("Bob null 7 []");
    }

    @Test
    void an_insert_and_its_delete_in_one_put_are_a_tombstone() {
        sink.apply(ann(1).address(11, "Rome"), Change.deleted(1).clock(2, 0).at(2000));

        assertThat(database.customer(1)).isEqualTo("none");
        assertThat(database.clock(1)).isEqualTo("2,0 @2000 legacy deleted");
    }

    @Test
    void inserts_updates_and_deletes_mix_in_one_put() {
        sink.apply(
                ann(1).address(11, "Rome"), Change.named(2, "Bob").clock(1, 0).address(21, "Oslo"));

        sink.apply(
                Change.deleted(1).clock(2, 0).at(2000),
                Change.named(2, "Bo").clock(2, 0).at(2000).address(22, "Bonn"),
                Change.named(3, "Cid").clock(1, 0).address(31, "Nice"),
                Change.named(4, "Dan").clock(1, 0).with("note", "x"));

        assertThat(database.customer(1)).isEqualTo("none");
        assertThat(database.customer(2)).isEqualTo("Bo null 7 [22 Bonn 7]");
        assertThat(database.customer(3)).isEqualTo("Cid null 7 [31 Nice 7]");
        assertThat(database.customer(4)).isEqualTo("Dan x 7 []");
    }

    @Test
    void a_put_larger_than_a_batch_is_applied_whole() {
        Change[] changes = new Change[700];
        for (int i = 0; i < changes.length; i++) {
            changes[i] = Change.named(i + 1, "n" + i).clock(1, 0).address(i + 1, "Rome");
        }
        try (Sink small = Sink.start(database, "sink.batch.size", "150")) {
            small.apply(changes);
        }

        assertThat(database.number("SELECT COUNT(*) FROM customer c JOIN address a ON a.customer_id = c.id"))
                .isEqualTo(700);
        assertThat(database.number("SELECT COUNT(*) FROM tandem_customer_clock WHERE clock_legacy = 1"))
                .isEqualTo(700);
    }

    @Test
    void a_record_that_knows_our_own_write_counts_as_its_publication() {
        database.execute("INSERT INTO customer (id, name) VALUES (1, 'Eve')");
        database.execute(
                "DELETE FROM tandem_customer_journal",
                "INSERT INTO tandem_customer_clock (key_id, clock_legacy, clock_modern, clock_timestamp, clock_writer, "
                        + "clock_deleted, published) VALUES (1, 0, 1, 1000, 'modern', false, 0)");
        assertThat(database.pending()).isOne();

        sink.apply(Change.named(1, "Ann").clock(1, 1).at(Change.LATEST));

        assertThat(database.customer(1)).isEqualTo("Ann null 7 []");
        assertThat(database.clock(1)).isEqualTo("1,1 @" + Change.LATEST + " legacy");
        assertThat(database.number("SELECT published FROM tandem_customer_clock"))
                .isOne();
    }

    @Test
    void nothing_happens_without_records() {
        sink.put();

        assertThat(sink.context().lastTimeout()).isEqualTo(-1);
        assertThat(sink.committable()).isZero();
    }
}
