package io.tandem.connect.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.testbed.Vendor;
import io.tandem.testbed.fixtures.Servers;
import io.tandem.testbed.fixtures.Servers.Databases;
import io.tandem.testbed.fixtures.TestDatabase;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What is sent again, and what is not. */
@ParameterizedClass
@EnumSource(Vendor.class)
@ExtendWith(Servers.class)
class SourceAcknowledgementTest {

    private static final String PENDING = "SELECT COUNT(*) FROM tandem_customer_clock WHERE clock_legacy > published";

    private final TestDatabase database;

    SourceAcknowledgementTest(Vendor vendor, Databases databases) {
        database = databases.create(vendor).withTables();
    }

    private void insert(long id) {
        database.execute("INSERT INTO customer (id, name) VALUES (" + id + ", 'Ann')");
    }

    @Test
    void what_is_acknowledged_is_not_sent_again() throws InterruptedException {
        try (Source source = Source.startOn(database)) {
            insert(1);
            source.drain();

            assertThat(source.task().poll()).isNull();
            assertThat(database.number(PENDING)).isZero();
        }
        try (Source restarted = Source.start(database)) {
            assertThat(restarted.idle()).isEmpty();
        }
    }

    @Test
    void what_is_in_flight_is_not_sent_a_second_time_even_if_it_is_written_again() {
        try (Source source = Source.startOn(database)) {
            insert(1);
            List<Sent> first = source.idle();
            assertThat(first).hasSize(1);
            database.execute("UPDATE customer SET counter = 8");
            assertThat(source.idle()).isEmpty();

            source.acknowledge(first);

            assertThat(source.drainOne().own()).isEqualTo(2);
        }
    }

    @Test
    void what_is_in_flight_does_not_hide_what_comes_after_it() {
        try (Source source = Source.startOn(database, "source.batch.size", "3")) {
            for (int id = 1; id <= 10; id++) {
                insert(id);
            }

            assertThat(source.idle())
                    .extracting(Sent::id)
                    .containsExactlyInAnyOrderElementsOf(
                            LongStream.rangeClosed(1, 10).boxed().toList());
        }
    }

    @Test
    void no_more_than_a_window_is_in_flight() {
        try (Source source = Source.startOn(database, "source.batch.size", "1")) {
            for (int id = 1; id <= 12; id++) {
                insert(id);
            }
            List<Sent> window = source.idle();
            assertThat(window).hasSize(8);

            source.acknowledge(window);

            assertThat(source.drain()).hasSize(4);
        }
    }

    @Test
    void what_was_not_acknowledged_is_sent_again_by_the_next_task_as_the_same_version() {
        List<Sent> lost;
        try (Source source = Source.startOn(database)) {
            insert(1);
            lost = source.idle();
        }
        try (Source restarted = Source.start(database)) {
            Sent again = restarted.drainOne();
            assertThat(again.version()).isEqualTo(lost.get(0).version());
            assertThat(again.text()).isEqualTo(lost.get(0).text());
        }
    }

    @Test
    void what_is_acknowledged_just_before_the_stop_is_saved() {
        try (Source source = Source.startOn(database)) {
            insert(1);
            List<Sent> sent = source.idle();
            source.acknowledge(sent);
        }

        assertThat(database.number(PENDING)).isZero();
    }

    @Test
    void what_never_reached_kafka_waits_for_the_next_write() {
        try (Source source = Source.startOn(database)) {
            insert(1);
            source.drop(source.idle());
            assertThat(source.idle()).isEmpty();
            assertThat(database.number(PENDING)).isOne();

            database.execute("UPDATE customer SET counter = 8");

            assertThat(source.drainOne().own()).isEqualTo(2);
            assertThat(database.number(PENDING)).isZero();
        }
    }

    @Test
    void what_never_reached_kafka_is_sent_again_by_the_next_task() {
        try (Source source = Source.startOn(database)) {
            insert(1);
            source.drop(source.idle());
            assertThat(source.idle()).isEmpty();
        }
        try (Source restarted = Source.start(database)) {
            assertThat(restarted.drainOne().own()).isOne();
        }
    }

    @Test
    void what_never_reached_kafka_does_not_hold_up_others() {
        try (Source source = Source.startOn(database, "source.batch.size", "2")) {
            for (int id = 1; id <= 5; id++) {
                insert(id);
            }
            source.drop(source.idle());
            assertThat(source.idle()).isEmpty();

            insert(6);

            assertThat(source.drainOne().id()).isEqualTo(6L);
        }
    }

    @Test
    void what_is_dropped_on_purpose_counts_as_published() {
        try (Source source = Source.startOn(database, "source.acknowledge.dropped", "true")) {
            insert(1);
            source.drop(source.idle());
            assertThat(source.idle()).isEmpty();
        }

        assertThat(database.number(PENDING)).isZero();
    }

    @Test
    void a_lower_published_counter_sends_again() {
        try (Source source = Source.startOn(database)) {
            insert(1);
            Sent first = source.drainOne();

            database.execute("UPDATE tandem_customer_clock SET published = 0");

            assertThat(source.drainOne().version()).isEqualTo(first.version());
        }
    }

    /** As the others are asked to do when a master is restored and its topic does not hold what it has forgotten. */
    @Test
    void a_published_counter_below_zero_sends_again_what_other_masters_wrote_too() {
        try (Source source = Source.startOn(database)) {
            insert(1);
            String ours = source.drainOne().version();
            theirs(2, "Eve", false);
            theirs(3, null, true);
            assertThat(source.idle()).isEmpty();

            database.execute("UPDATE tandem_customer_clock SET published = -1");

            List<Sent> again = new ArrayList<>(source.drain());
            again.sort(Comparator.comparing(sent -> (Long) sent.id()));
            assertThat(again).hasSize(3);
            assertThat(again.get(0).version()).isEqualTo(ours);
            assertThat(again.get(1).toString()).contains("modern=4").contains("by modern Eve");
            assertThat(again.get(2).toString()).contains("modern=4").endsWith("by modern deleted");
            assertThat(database.query("SELECT published FROM tandem_customer_clock ORDER BY key_id"))
                    .containsExactly("1", "0", "0");
            assertThat(source.idle()).isEmpty();
        }
    }

    /** What the sink has written: four writes of the other master, none of this one. */
    private void theirs(long id, @Nullable String name, boolean deleted) {
        if (name != null) {
            database.execute("INSERT INTO customer (id, name) VALUES (" + id + ", '" + name + "')");
        }
        database.execute(
                "DELETE FROM tandem_customer_journal",
                "INSERT INTO tandem_customer_clock (key_id, clock_legacy, clock_modern, clock_timestamp, clock_writer, "
                        + "clock_deleted, published) VALUES (" + id + ", 0, 4, 1000, 'modern', " + deleted + ", 0)");
    }

    @Test
    void two_tasks_share_the_keys_completely_and_disjointly() {
        String[][] shares = {{"task.id", "0", "task.count", "2"}, {"task.id", "1", "task.count", "2"}};
        try (Source first = Source.startOn(database, shares[0]);
                Source second = Source.startOn(database, shares[1])) {
            for (int id = 1; id <= 60; id++) {
                insert(id);
            }

            List<Sent> ofFirst = first.drain();
            List<Sent> ofSecond = second.drain();

            assertThat(ofFirst).hasSizeBetween(10, 50);
            List<Long> all = new ArrayList<>();
            ofFirst.forEach(sent -> all.add((Long) sent.id()));
            ofSecond.forEach(sent -> all.add((Long) sent.id()));
            all.sort(Comparator.naturalOrder());
            assertThat(all).isEqualTo(LongStream.rangeClosed(1, 60).boxed().toList());
        }
    }

    @Test
    void two_tasks_share_what_is_pending_after_a_restart_too() {
        try (Source source = Source.startOn(database)) {
            for (int id = 1; id <= 40; id++) {
                insert(id);
            }
            assertThat(source.idle()).hasSize(40);
        }
        try (Source first = Source.start(database, "task.id", "0", "task.count", "2");
                Source second = Source.start(database, "task.id", "1", "task.count", "2")) {
            List<Sent> all = new ArrayList<>(first.drain());
            assertThat(all).hasSizeBetween(5, 35);
            all.addAll(second.drain());
            assertThat(all).hasSize(40).extracting(Sent::id).doesNotHaveDuplicates();
        }
    }
}
