package io.tandem.connect.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.testbed.Vendor;
import io.tandem.testbed.fixtures.Servers;
import io.tandem.testbed.fixtures.Servers.Databases;
import io.tandem.testbed.fixtures.TestDatabase;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Rows that were there before Tandem get their first version. */
@ParameterizedClass
@EnumSource(Vendor.class)
@ExtendWith(Servers.class)
class SourceSeedingTest {

    private static final String[] SEED = {"clock.seed", "true", "source.batch.size", "10"};

    private final TestDatabase database;

    SourceSeedingTest(Vendor vendor, Databases databases) {
        database = databases.create(vendor);
    }

    private void customers(int count) {
        database.withTables();
        for (int id = 1; id <= count; id++) {
            database.execute(
                    "INSERT INTO customer (id, name) VALUES (" + id + ", 'Ann')",
                    "INSERT INTO address (id, customer_id, city) VALUES (" + id + "0, " + id + ", 'Rome')");
        }
    }

    @Test
    void every_row_is_sent_once_with_the_first_version_and_its_children() {
        customers(25);
        try (Source source = Source.start(database, SEED)) {
            List<Sent> sent = source.drain();
            assertThat(sent)
                    .extracting(Sent::id)
                    .containsExactlyInAnyOrderElementsOf(
                            LongStream.rangeClosed(1, 25).boxed().toList());
            assertThat(sent).allSatisfy(record -> {
                assertThat(record.clock()).containsExactlyEntriesOf(Map.of("legacy", 1L));
                assertThat(record.writer()).isEqualTo("legacy");
                assertThat(record.text()).isEqualTo("Ann 7 [" + record.id() + "0 Rome 7]");
            });
        }
    }

    @Test
    void after_a_restart_seeding_sends_nothing_again() {
        customers(12);
        try (Source source = Source.start(database, SEED)) {
            source.drain();
        }
        try (Source restarted = Source.start(database, SEED)) {
            assertThat(restarted.drain()).isEmpty();
        }
        assertThat(database.query("SELECT DISTINCT clock_legacy, published FROM tandem_customer_clock"))
                .containsExactly("1|1");
    }

    @Test
    void rows_with_a_clock_are_left_alone() {
        customers(3);
        try (Source source = Source.startOn(database)) {
            database.execute("UPDATE customer SET counter = 8 WHERE id = 2");
            database.execute("UPDATE customer SET counter = 9 WHERE id = 2");
            source.drain();
        }
        try (Source seeding = Source.start(database, SEED)) {
            assertThat(seeding.drain()).extracting(Sent::id).containsExactlyInAnyOrder(1L, 3L);
        }
    }

    @Test
    void without_the_setting_old_rows_stay_where_they_are() {
        customers(3);
        try (Source source = Source.start(database)) {
            assertThat(source.drain()).isEmpty();
        }
    }

    @Test
    void keys_that_are_no_numbers_are_seeded_page_by_page() {
        database.execute("CREATE TABLE customer (id UUID PRIMARY KEY, name VARCHAR(20) NOT NULL)");
        for (int i = 10; i < 35; i++) {
            database.execute(
                    "INSERT INTO customer VALUES ('00000000-0000-4000-8000-0000000000" + i + "', 'n" + i + "')");
        }
        try (Source source =
                Source.start(database, "clock.seed", "true", "source.batch.size", "10", "aggregate.children", "")) {
            List<Sent> sent = source.drain();
            assertThat(sent).hasSize(25);
            assertThat(sent).extracting(Sent::id).doesNotHaveDuplicates();
        }
    }
}
