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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Versions in columns of the root table, counted by triggers. */
@ParameterizedClass
@EnumSource(Vendor.class)
@ExtendWith(Servers.class)
class SourceRootClocksTest {

    private static final String[] IN_ROOT = {"clock.placement", "root"};

    private final TestDatabase database;

    SourceRootClocksTest(Vendor vendor, Databases databases) {
        database = databases.create(vendor).withTables();
    }

    @Test
    void every_write_is_sent_under_the_version_of_its_row() {
        try (Source source = Source.startOn(database, IN_ROOT)) {
            database.execute("INSERT INTO customer (id, name) VALUES (1, 'Ann')");
            Sent first = source.drainOne();
            assertThat(first.text()).isEqualTo("Ann 7 []");
            assertThat(first.clock()).isEqualTo(Map.of("legacy", 1L));

            database.execute("UPDATE customer SET name = 'Anna' WHERE id = 1");
            Sent second = source.drainOne();
            assertThat(second.text()).isEqualTo("Anna 7 []");
            assertThat(second.clock()).isEqualTo(Map.of("legacy", 2L));
            assertThat(second.timestamp()).isGreaterThan(first.timestamp());

            database.execute("INSERT INTO address (id, customer_id, city) VALUES (11, 1, 'Rome')");
            Sent third = source.drainOne();
            assertThat(third.text()).isEqualTo("Anna 7 [11 Rome 7]");
            assertThat(third.own()).isEqualTo(3);
        }
        assertThat(database.query("SELECT clock_legacy, clock_published FROM customer"))
                .containsExactly("3|3");
    }

    @Test
    void a_delete_and_an_insert_after_it_go_on_counting() {
        try (Source source = Source.startOn(database, IN_ROOT)) {
            database.execute("INSERT INTO customer (id, name) VALUES (1, 'Ann')");
            source.drainOne();

            database.execute("DELETE FROM customer");
            Sent delete = source.drainOne();
            assertThat(delete.deleted()).isTrue();
            assertThat(delete.own()).isEqualTo(2);

            database.execute("INSERT INTO customer (id, name) VALUES (1, 'Eve')");
            Sent again = source.drainOne();
            assertThat(again.text()).isEqualTo("Eve 7 []");
            assertThat(again.own()).isEqualTo(3);
            assertThat(again.timestamp()).isGreaterThan(delete.timestamp());
            assertThat(source.drain()).isEmpty();
        }
    }

    @Test
    void what_is_acknowledged_is_saved_when_the_application_lets_go_of_the_row() throws SQLException {
        try (Source source = Source.startOn(database, IN_ROOT)) {
            database.execute("INSERT INTO customer (id, name) VALUES (1, 'Ann'), (2, 'Bob')");
            List<Sent> sent = source.idle();
            assertThat(sent).hasSize(2);
            try (Connection application = database.begin()) {
                Sql.run(application, "UPDATE customer SET note = 'held' WHERE id = 1");
                source.acknowledge(sent);
                assertThat(source.drain()).isEmpty();
                assertThat(published()).containsExactly("1|0", "2|1");
                application.commit();
            }
            assertThat(source.drainOne().own()).isEqualTo(2);
            assertThat(published()).containsExactly("1|2", "2|1");
        }
    }

    private List<String> published() {
        return database.query("SELECT id, clock_published FROM customer ORDER BY id");
    }

    @Test
    void rows_that_were_there_before_are_seeded_once_and_held_ones_later() throws SQLException {
        database.execute("INSERT INTO customer (id, name) VALUES (1, 'Ann'), (2, 'Bob'), (3, 'Eve')");
        String[] seed = {"clock.placement", "root", "clock.seed", "true", "source.batch.size", "10"};
        try (Source source = Source.start(database, "clock.placement", "root")) {
            assertThat(source.drain()).isEmpty();
        }
        try (Connection application = database.begin();
                Source source = Source.start(database, seed)) {
            Sql.run(application, "SELECT * FROM customer WHERE id = 2 FOR UPDATE");
            assertThat(source.drain()).extracting(Sent::id).containsExactlyInAnyOrder(1L, 3L);
            application.rollback();
            Sent late = source.drainOne();
            assertThat(late.id()).isEqualTo(2L);
            assertThat(late.clock()).isEqualTo(Map.of("legacy", 1L));
            assertThat(late.timestamp()).isEqualTo(1);
        }
        try (Source restarted = Source.start(database, seed)) {
            assertThat(restarted.drain()).isEmpty();
        }
    }

    @Test
    void what_was_sent_and_not_acknowledged_is_sent_again_after_a_restart() {
        try (Source source = Source.startOn(database, IN_ROOT)) {
            database.execute("INSERT INTO customer (id, name) VALUES (1, 'Ann')");
            assertThat(source.idle()).hasSize(1);
        }
        try (Source restarted = Source.start(database, IN_ROOT)) {
            Sent again = restarted.drainOne();
            assertThat(again.clock()).isEqualTo(Map.of("legacy", 1L));
        }
    }
}
