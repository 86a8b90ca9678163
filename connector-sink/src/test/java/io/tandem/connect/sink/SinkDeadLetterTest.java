package io.tandem.connect.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tandem.testbed.Vendor;
import io.tandem.testbed.fixtures.Servers;
import io.tandem.testbed.fixtures.Servers.Databases;
import io.tandem.testbed.fixtures.TestDatabase;
import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.errors.RetriableException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Records that cannot be applied are reported where errors are tolerated, and hold up nothing. */
@ParameterizedClass
@EnumSource(Vendor.class)
@ExtendWith(Servers.class)
class SinkDeadLetterTest {

    private static final String[] TOLERANT = {"errors.tolerance", "all", "errors.log.enable", "true"};
    private static final String REFUSED = "refused by a check";

    private final TestDatabase database;

    SinkDeadLetterTest(Vendor vendor, Databases databases) {
        database = databases.create(vendor).withTables();
        database.execute("ALTER TABLE customer ADD CONSTRAINT no_bad_names CHECK (name <> '" + REFUSED + "')");
    }

    private void dropCheck() {
        database.execute("ALTER TABLE customer DROP CONSTRAINT no_bad_names");
    }

    private Sink start(String... more) {
        String[] all = new String[TOLERANT.length + more.length];
        System.arraycopy(TOLERANT, 0, all, 0, TOLERANT.length);
        System.arraycopy(more, 0, all, TOLERANT.length, more.length);
        return Sink.startOn(database, all);
    }

    private static Change of(long id, String name) {
        return Change.named(id, name).clock(1, 0);
    }

    private static Change bad(long id) {
        return Change.named(id, REFUSED);
    }

    @Test
    void the_good_ones_of_a_batch_are_applied_and_the_bad_ones_reported_with_the_key() {
        try (Sink sink = start()) {
            Change[] batch = new Change[200];
            for (int i = 0; i < batch.length; i++) {
                batch[i] = i % 50 == 7 ? bad(i).clock(1, 0) : of(i, "good");
            }

            sink.apply(batch);

            assertThat(sink.deadLetters()).containsOnlyKeys(7L, 57L, 107L, 157L);
            assertThat(sink.deadLetters().get(57L))
                    .hasMessageContaining("cannot apply 57")
                    .hasNoCause();
            assertThat(database.number("SELECT COUNT(*) FROM customer")).isEqualTo(196);
            assertThat(database.clock(57)).isEqualTo("unclocked");
        }
    }

    /** A record is refused in another thread than that in which the worker's reporter is to be called. */
    @Test
    void what_is_refused_between_two_puts_is_committed_when_it_is_reported() {
        Deque<Runnable> passes = new ArrayDeque<>();
        try (Sink sink = Sink.startWith(passes::add, database, TOLERANT)) {
            await().ignoreExceptionsInstanceOf(RetriableException.class).until(() -> {
                sink.put();
                return true;
            });
            sink.put(bad(1).clock(1, 0), of(2, "good"));
            passes.remove().run();
            assertThat(database.customer(2)).isEqualTo("good null 7 []");
            assertThat(sink.deadLetters()).isEmpty();
            assertThat(sink.committable()).isZero();

            sink.put();

            assertThat(sink.deadLetters()).containsOnlyKeys(0L);
            assertThat(sink.committable()).isEqualTo(2);
        }
    }

    @Test
    void later_records_of_a_poisoned_key_are_applied_and_the_dead_letter_may_come_again() {
        try (Sink sink = start()) {
            sink.apply(of(1, "first"));
            sink.apply(bad(1).clock(2, 0).at(2000));
            assertThat(sink.deadLetters()).containsOnlyKeys(1L);
            assertThat(database.customer(1)).isEqualTo("first null 7 []");
            assertThat(database.clock(1)).startsWith("1,0");

            sink.apply(Change.named(1, "third").clock(3, 0).at(3000));
            dropCheck();
            sink.apply(bad(1).clock(2, 0).at(2000));

            assertThat(database.customer(1)).isEqualTo("third null 7 []");
            assertThat(database.clock(1)).isEqualTo("3,0 @3000 legacy");
            assertThat(database.ledger()).isEmpty();
        }
    }

    @Test
    void a_dead_letter_that_nothing_has_written_over_is_applied_when_it_comes_again() {
        try (Sink sink = start()) {
            sink.apply(of(1, "first"));
            sink.apply(bad(1).clock(2, 0).at(2000));
            dropCheck();

            sink.apply(bad(1).clock(2, 0).at(2000));

            assertThat(database.customer(1)).isEqualTo(REFUSED + " null 7 []");
            assertThat(database.clock(1)).isEqualTo("2,0 @2000 legacy");
        }
    }

    /** It decides against what the master has done meanwhile, as if it had been late. */
    @Test
    void a_dead_letter_that_comes_again_after_a_local_write_is_a_conflict() {
        try (Sink sink = start()) {
            sink.apply(of(1, "first"));
            sink.apply(bad(1).clock(2, 0).at(2000));
            dropCheck();
            database.execute("UPDATE customer SET name = 'mine' WHERE id = 1");

            sink.apply(bad(1).clock(2, 0).at(2000));

            assertThat(database.customer(1)).isEqualTo("mine null 7 []");
            assertThat(database.clock(1)).matches("2,1 @\\d{16} modern");
            assertThat(database.ledger()).singleElement().asString().startsWith("CONFLICT 1 stored");
        }
    }

    @Test
    void records_of_one_key_in_one_batch_are_applied_without_the_bad_ones_among_them() {
        try (Sink sink = start()) {
            sink.put(
                    of(1, "first"),
                    Change.named(1, "second").clock(2, 0).at(2000),
                    bad(1).clock(3, 0).at(3000),
                    bad(2).clock(1, 0),
                    Change.named(2, "good").clock(2, 0).at(2000));
            sink.awaitApplied();

            assertThat(sink.deadLetters()).containsOnlyKeys(2L);
            assertThat(database.customer(1)).isEqualTo("second null 7 []");
            assertThat(database.clock(1)).isEqualTo("2,0 @2000 legacy");
            assertThat(database.customer(2)).isEqualTo("good null 7 []");
        }
    }

    @Test
    void what_is_no_alignment_record_or_does_not_fit_the_columns_is_reported() {
        try (Sink sink = start()) {
            sink.apply(
                    of(1, "x".repeat(21)),
                    of(2, "b").publishedBy("modern"),
                    of(3, "c").publishedBy("stranger"),
                    of(4, "d").under("priority:legacy,modern"),
                    of(5, "e"));

            assertThat(sink.deadLetters()).containsOnlyKeys(0L, 1L, 2L, 3L);
            assertThat(sink.deadLetters().get(1L)).hasMessageContaining("key 2").hasMessageContaining("own master");
            assertThat(database.query("SELECT id FROM customer")).containsExactly("5");
        }
    }

    @Test
    void a_row_that_stays_missing_is_reported_after_its_time_and_holds_up_nobody() {
        try (Sink sink = start("sink.foreign.key.wait.ms", "300")) {
            sink.put(of(1, "a").with("region_id", 5L), of(2, "b"));
            assertThat(database.customer(2)).isEqualTo("b null 7 []");
            assertThat(sink.committable()).isZero();

            sink.awaitApplied();

            assertThat(sink.deadLetters()).containsOnlyKeys(0L);
            assertThat(sink.deadLetters().get(0L)).hasMessageContaining("sink.foreign.key.wait.ms");
            assertThat(database.customer(1)).isEqualTo("none");
        }
    }

    @Test
    void a_unique_value_that_two_masters_gave_away_goes_to_the_ledger_and_a_person_can_resolve_it() {
        database.execute("CREATE UNIQUE INDEX one_name ON customer (name)");
        try (Sink sink = start("sink.foreign.key.wait.ms", "300")) {
            database.execute("INSERT INTO customer (id, name) VALUES (1, 'Taken')");
            sink.put(of(2, "Taken"), of(3, "c"));
            assertThat(database.customer(3)).isEqualTo("c null 7 []");

            sink.awaitApplied();

            assertThat(sink.deadLetters()).containsOnlyKeys(0L);
            assertThat(database.ledger())
                    .singleElement()
                    .asString()
                    .startsWith("UNIQUE_KEY 2 stored by unique")
                    .contains("one_name")
                    .contains("{\"id\":2,\"name\":\"Taken\"}");
            assertThat(database.customer(1)).isEqualTo("Taken null 7 []");
            assertThat(database.customer(2)).isEqualTo("none");
            assertThat(database.clock(2)).isEqualTo("unclocked");

            // the other master gives its own another value
            sink.apply(Change.named(2, "Other").clock(2, 0).at(2000));
            assertThat(database.customer(2)).isEqualTo("Other null 7 []");
            assertThat(database.clock(2)).isEqualTo("2,0 @2000 legacy");
        }
    }

    @Test
    void a_unique_value_never_ends_the_task() {
        database.execute("CREATE UNIQUE INDEX one_name ON customer (name)");
        try (Sink sink = Sink.startOn(database, "sink.foreign.key.wait.ms", "300")) {
            database.execute("INSERT INTO customer (id, name) VALUES (1, 'Taken')");
            sink.put(of(2, "Taken"));

            sink.awaitApplied();

            assertThat(sink.deadLetters()).isEmpty();
            assertThat(database.ledger()).singleElement().asString().startsWith("UNIQUE_KEY 2");
            // resolved here: the record is sent again
            database.execute("UPDATE customer SET name = 'Free' WHERE id = 1");
            sink.apply(of(2, "Taken"));
            assertThat(database.customer(2)).isEqualTo("Taken null 7 []");
        }
    }

    @Test
    void a_unique_value_that_moves_from_one_to_another_waits_for_it() {
        database.execute("CREATE UNIQUE INDEX one_name ON customer (name)");
        try (Sink sink = start()) {
            sink.apply(of(1, "moving"));
            sink.put(of(2, "moving"));
            assertThat(database.customer(2)).isEqualTo("none");

            sink.put(Change.named(1, "moved").clock(2, 0).at(2000));
            sink.awaitApplied();

            assertThat(database.customer(2)).isEqualTo("moving null 7 []");
            assertThat(database.ledger()).isEmpty();
            assertThat(sink.deadLetters()).isEmpty();
        }
    }

    @Test
    void what_waits_and_no_longer_fits_changed_tables_is_reported() {
        try (Sink sink = start()) {
            sink.put(of(1, "a").with("region_id", 5L));
            database.execute("ALTER TABLE customer DROP COLUMN note");
            database.execute("INSERT INTO region (id) VALUES (5)");

            sink.put(of(2, "b").with("note", "x"));

            await().untilAsserted(() -> {
                sink.put();
                assertThat(database.query("SELECT name FROM customer WHERE id = 1"))
                        .containsExactly("a");
            });
            assertThat(sink.deadLetters()).containsOnlyKeys(1L);
        }
    }

    @Test
    void tolerance_without_a_place_for_dead_letters_is_refused() {
        assertThatThrownBy(() -> Sink.startOn(database, "errors.tolerance", "all"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("errors.deadletterqueue.topic.name");
    }
}
