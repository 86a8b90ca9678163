package io.tandem.connect.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.tandem.testbed.Vendor;
import io.tandem.testbed.fixtures.Servers;
import io.tandem.testbed.fixtures.Servers.Databases;
import io.tandem.testbed.fixtures.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Much at once: no transaction, and nothing in memory, grows with it. */
@ParameterizedClass
@EnumSource(Vendor.class)
@ExtendWith(Servers.class)
class SourceSizeTest {

    private static final int BATCH = 500;
    private static final int CUSTOMERS = 8192;
    // times two until there are more notes than are read at once
    private static final int DOUBLINGS = 14;

    private final TestDatabase database;

    SourceSizeTest(Vendor vendor, Databases databases) {
        database = databases.create(vendor).withTables();
    }

    private void insertCustomers() {
        List<String> statements = new ArrayList<>(List.of("INSERT INTO customer (id, name) VALUES (1, 'Ann')"));
        for (int have = 1; have < CUSTOMERS; have *= 2) {
            statements.add("INSERT INTO customer (id, name) SELECT id + " + have + ", name FROM customer");
        }
        database.execute(statements.toArray(String[]::new));
    }

    @Test
    void one_statement_that_writes_thousands_of_rows_is_taken_in_transactions_of_a_batch() {
        insertCustomers();
        try (Source source = Source.startOn(database, "source.batch.size", String.valueOf(BATCH))) {
            TouchedRows touched = TouchedRows.of(database, "tandem_customer_clock", "key_id");
            database.execute("UPDATE customer SET counter = counter + 1");

            // acknowledged window by window: all that was in flight at once
            List<Sent> sent = new ArrayList<>();
            for (List<Sent> window = source.idle(); !window.isEmpty(); window = source.idle()) {
                sent.addAll(window);
                source.acknowledge(window);
            }

            assertThat(sent).hasSize(CUSTOMERS).extracting(Sent::id).doesNotHaveDuplicates();
            assertThat(touched.rows()).isEqualTo(2 * CUSTOMERS);
            assertThat(touched.mostInOneTransaction()).isEqualTo(BATCH);
        }
        assertThat(database.number("SELECT COUNT(*) FROM tandem_customer_clock WHERE clock_legacy > published"))
                .isZero();
    }

    /** Whatever makes them last: a slow server, or many rows; here each version that is written takes its time. */
    @Test
    void a_transaction_that_lasts_too_long_is_followed_by_smaller_ones() {
        assumeThat(database.vendor()).isEqualTo(Vendor.POSTGRESQL);
        try (Source source = Source.startOn(database, "source.batch.size", "64")) {
            TouchedRows touched = TouchedRows.of(database, "tandem_customer_clock", "key_id");
            database.execute(
                    "CREATE FUNCTION take_time() RETURNS trigger LANGUAGE plpgsql AS "
                            + "$$ BEGIN PERFORM pg_sleep(0.01); RETURN NEW; END $$",
                    "CREATE TRIGGER slow BEFORE INSERT ON tandem_customer_clock FOR EACH ROW "
                            + "EXECUTE FUNCTION take_time()");
            database.execute("INSERT INTO customer (id, name) SELECT n, 'Ann' FROM generate_series(1, 128) AS s(n)");

            List<Sent> first = source.poll();
            List<Sent> second = source.poll();

            assertThat(first).hasSize(64);
            assertThat(second).hasSizeBetween(1, 32);
            assertThat(touched.mostInOneTransaction()).isEqualTo(64);
        }
    }

    @Test
    void the_notes_of_an_aggregate_that_was_written_all_the_time_are_not_read_at_once_and_are_one_write() {
        try (Source source = Source.startOn(database)) {
            database.execute(
                    "INSERT INTO customer (id, name) VALUES (1, 'Ann')",
                    "INSERT INTO customer (id, name) VALUES (2, 'Bob')");
            source.drain();
            database.execute("UPDATE customer SET counter = 8");
            for (int i = 0; i < DOUBLINGS; i++) {
                // earlier ones, with later ids
                database.execute("INSERT INTO tandem_customer_journal (key_id, changed_at, session) "
                        + "SELECT 1, changed_at - 1, session FROM tandem_customer_journal");
            }
            long latest = database.number("SELECT MAX(changed_at) FROM tandem_customer_journal WHERE key_id = 1");
            TouchedRows touched = TouchedRows.of(database, "tandem_customer_journal", "id");

            List<Sent> sent = source.drain();

            assertThat(sent).extracting(Sent::id).containsExactlyInAnyOrder(1L, 2L);
            assertThat(sent).extracting(Sent::own).containsOnly(2L);
            assertThat(sent)
                    .filteredOn(one -> one.id().equals(1L))
                    .extracting(Sent::timestamp)
                    .containsExactly(latest);
            assertThat(touched.rows()).isEqualTo(2 << DOUBLINGS);
            assertThat(touched.mostInOneTransaction()).isLessThan(10_000);
        }
        assertThat(database.number("SELECT COUNT(*) FROM tandem_customer_journal"))
                .isZero();
    }
}
