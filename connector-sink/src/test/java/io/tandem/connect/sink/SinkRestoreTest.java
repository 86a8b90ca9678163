package io.tandem.connect.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tandem.testbed.Vendor;
import io.tandem.testbed.fixtures.Servers;
import io.tandem.testbed.fixtures.Servers.Databases;
import io.tandem.testbed.fixtures.TestDatabase;
import java.util.List;
import org.apache.kafka.connect.errors.ConnectException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The database of a master is as it was some time ago; the topics know what has happened since. */
@ParameterizedClass
@EnumSource(Vendor.class)
@ExtendWith(Servers.class)
class SinkRestoreTest {

    private static final String RECOVERY = AlignmentSinkConfig.RECOVERY;

    private final TestDatabase database;

    SinkRestoreTest(Vendor vendor, Databases databases) {
        database = databases.create(vendor).withTables();
        // creates the clocks
        Sink.startOn(database).close();
    }

    /** A customer as the backup holds it: one write of legacy, three of modern, all of them published. */
    private void restored(long id) {
        database.execute("INSERT INTO customer (id, name) VALUES (" + id + ", 'Old')");
        database.execute(
                "DELETE FROM tandem_customer_journal WHERE key_id = " + id,
                "INSERT INTO tandem_customer_clock (key_id, clock_legacy, clock_modern, clock_timestamp, clock_writer, "
                        + "clock_deleted, published) VALUES (" + id + ", 1, 3, 1000, 'modern', false, 3)");
    }

    /** A write that was noted at that time, and not folded yet when the backup was made. */
    private void noted(long id, long changedAt) {
        database.execute("UPDATE customer SET name = 'Noted' WHERE id = " + id);
        database.execute("UPDATE tandem_customer_journal SET changed_at = " + changedAt + " WHERE key_id = " + id);
    }

    private static Change ours(long id, String name) {
        return Change.named(id, name).publishedBy("modern").writtenBy("modern");
    }

    private List<String> notes() {
        return database.query("SELECT key_id FROM tandem_customer_journal ORDER BY id");
    }

    @Test
    void a_record_that_knows_forgotten_writes_fails_the_task_before_anything_of_the_batch_is_applied() {
        restored(1);
        try (Sink sink = Sink.startOn(database)) {
            assertThatThrownBy(() -> sink.put(
                            Change.named(2, "Geheim").clock(1, 0),
                            Change.named(1, "Geheim").clock(2, 5).at(2000)))
                    .isInstanceOf(ConnectException.class)
                    .hasMessageContaining("cannot apply 1: a record counts 5 writes of 'modern'")
                    .hasMessageContaining("the database of 'modern' knows 3 only")
                    .hasMessageContaining("restored from a backup")
                    .hasMessageContaining("docs/restore.md")
                    .hasMessageNotContaining("Geheim");
        }
        assertThat(database.customer(1)).isEqualTo("Old null 7 []");
        assertThat(database.clock(1)).isEqualTo("1,3 @1000 modern");
        assertThat(database.customer(2)).isEqualTo("none");
    }

    @Test
    void a_note_in_the_backup_does_not_hide_what_is_forgotten() {
        restored(1);
        noted(1, 1500);
        try (Sink sink = Sink.startOn(database)) {
            // what the note became before the database was lost
            assertThatThrownBy(() -> sink.put(
                            Change.named(1, "Noted").clock(1, 4).at(1500).writtenBy("modern")))
                    .isInstanceOf(ConnectException.class)
                    .hasMessageContaining("knows 3 only");
        }
        assertThat(database.clock(1)).isEqualTo("1,3 @1000 modern");
        assertThat(notes()).containsExactly("1");
    }

    @Test
    void recovery_takes_what_its_own_master_has_sent_and_drops_the_notes_that_are_counted_in_it() {
        restored(1);
        noted(1, 1500);
        try (Sink sink = Sink.startOn(database, RECOVERY, "true")) {
            sink.apply(ours(1, "Sent").clock(2, 6).at(3000));
        }
        assertThat(database.customer(1)).isEqualTo("Sent null 7 []");
        assertThat(database.clock(1)).isEqualTo("2,6 @3000 modern");
        assertThat(database.pending()).isZero();
    }

    @Test
    void recovery_takes_forgotten_writes_from_a_record_of_the_peer_too() {
        restored(1);
        noted(1, 1500);
        try (Sink sink = Sink.startOn(database, RECOVERY, "true")) {
            sink.apply(Change.named(1, "Theirs").clock(4, 5).at(3000));
        }
        assertThat(database.customer(1)).isEqualTo("Theirs null 7 []");
        assertThat(database.clock(1)).isEqualTo("4,5 @3000 legacy");
        assertThat(database.pending()).isZero();
    }

    /** Folded for the first record, the note would get the counter under which it was sent, and another timestamp. */
    @Test
    void recovery_folds_nothing_before_the_record_is_read_that_counts_the_note() {
        restored(1);
        noted(1, 1500);
        try (Sink sink = Sink.startOn(database, RECOVERY, "true")) {
            sink.apply(Change.named(1, "Old").clock(1, 3).at(1000).writtenBy("modern"));
            sink.apply(Change.named(1, "Theirs").clock(2, 3).at(1600));

            assertThat(database.clock(1)).isEqualTo("1,3 @1000 modern");
            assertThat(database.customer(1)).isEqualTo("Noted null 7 []");
            assertThat(notes()).containsExactly("1");

            sink.apply(ours(1, "Sent").clock(2, 4).at(1700));
        }
        assertThat(database.clock(1)).isEqualTo("2,4 @1700 modern");
        assertThat(database.customer(1)).isEqualTo("Sent null 7 []");
        assertThat(notes()).isEmpty();
    }

    @Test
    void a_note_that_was_never_sent_is_folded_when_recovery_is_over() {
        restored(1);
        noted(1, 1500);
        try (Sink sink = Sink.startOn(database, RECOVERY, "true")) {
            sink.apply(ours(1, "Old").clock(1, 3).at(1000));
        }
        try (Sink sink = Sink.startOn(database)) {
            sink.apply(Change.named(1, "Theirs").clock(2, 3).at(1200));
        }
        assertThat(database.clock(1)).isEqualTo("2,4 @1500 modern");
        assertThat(database.customer(1)).isEqualTo("Noted null 7 []");
    }

    @Test
    void a_write_made_after_the_restore_is_kept_and_counted_on_top_of_what_was_forgotten() {
        restored(1);
        noted(1, 9000);
        try (Sink sink = Sink.startOn(database, RECOVERY, "true")) {
            sink.apply(ours(1, "Sent").clock(2, 6).at(3000));

            assertThat(database.customer(1)).isEqualTo("Noted null 7 []");
            assertThat(database.clock(1)).isEqualTo("2,6 @3000 modern");
            assertThat(notes()).containsExactly("1");
        }
        try (Sink sink = Sink.startOn(database)) {
            sink.apply(Change.named(1, "Theirs").clock(2, 3).at(1200));
        }
        assertThat(database.customer(1)).isEqualTo("Noted null 7 []");
        assertThat(database.clock(1)).isEqualTo("2,7 @9000 modern");
        assertThat(database.pending()).isOne();
    }

    @Test
    void a_note_between_two_folds_is_dropped_with_the_record_that_counts_it_and_not_with_an_earlier_one() {
        restored(1);
        noted(1, 1800);
        try (Sink sink = Sink.startOn(database, RECOVERY, "true")) {
            sink.apply(ours(1, "Before").clock(1, 4).at(1700));
            assertThat(database.customer(1)).isEqualTo("Noted null 7 []");

            sink.apply(ours(1, "Noted and more").clock(1, 5).at(1900));
        }
        assertThat(database.customer(1)).isEqualTo("Noted and more null 7 []");
        assertThat(database.clock(1)).isEqualTo("1,5 @1900 modern");
        assertThat(database.pending()).isZero();
    }

    @Test
    void recovery_brings_back_rows_that_are_not_in_the_backup_and_deletes_those_that_were_deleted_since() {
        restored(1);
        // noted, and never folded before the backup was made
        database.execute("INSERT INTO customer (id, name) VALUES (2, 'New')");
        database.execute("UPDATE tandem_customer_journal SET changed_at = 1500");
        try (Sink sink = Sink.startOn(database, RECOVERY, "true")) {
            sink.apply(
                    Change.deleted(1)
                            .publishedBy("modern")
                            .writtenBy("modern")
                            .clock(1, 4)
                            .at(2000),
                    ours(2, "New").clock(0, 1).at(1500),
                    ours(3, "Unknown").clock(0, 2).at(2000));
        }
        assertThat(database.customer(1)).isEqualTo("none");
        assertThat(database.clock(1)).isEqualTo("1,4 @2000 modern deleted");
        assertThat(database.customer(2)).isEqualTo("New null 7 []");
        assertThat(database.clock(2)).isEqualTo("0,1 @1500 modern");
        assertThat(database.customer(3)).isEqualTo("Unknown null 7 []");
        assertThat(database.pending()).isZero();
    }

    @Test
    void after_recovery_the_usual_sink_finds_nothing_forgotten() {
        restored(1);
        try (Sink sink = Sink.startOn(database, RECOVERY, "true")) {
            sink.apply(ours(1, "Sent").clock(2, 6).at(3000));
        }
        try (Sink sink = Sink.startOn(database)) {
            sink.apply(Change.named(1, "Theirs").clock(3, 6).at(4000));
        }
        assertThat(database.customer(1)).isEqualTo("Theirs null 7 []");
        assertThat(database.clock(1)).isEqualTo("3,6 @4000 legacy");
    }

    /** The other way round: this master is asked to send all it knows, and the asking must not be forgotten. */
    @Test
    void what_is_to_be_sent_again_stays_pending_though_the_record_that_arrives_knows_it() {
        restored(1);
        database.execute("UPDATE tandem_customer_clock SET published = -1");
        try (Sink sink = Sink.startOn(database)) {
            sink.apply(Change.named(1, "Theirs").clock(2, 3).at(2000));
        }
        assertThat(database.customer(1)).isEqualTo("Theirs null 7 []");
        assertThat(database.query("SELECT published FROM tandem_customer_clock"))
                .containsExactly("-1");
        assertThat(database.pending()).isOne();
    }
}
