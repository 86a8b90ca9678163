package io.tandem.connect.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.tandem.testbed.Sql;
import io.tandem.testbed.Vendor;
import io.tandem.testbed.fixtures.Servers;
import io.tandem.testbed.fixtures.Servers.Databases;
import io.tandem.testbed.fixtures.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** How much a transaction of the sink takes, and how a batch is cut when it meets a lock. */
@ParameterizedClass
@EnumSource(Vendor.class)
@ExtendWith(Servers.class)
class SinkSizeTest {

    private static final int DOUBLINGS = 15;

    private final Vendor vendor;
    private final TestDatabase database;
    private final Sink sink;

    SinkSizeTest(Vendor vendor, Databases databases) {
        this.vendor = vendor;
        database = databases.create(vendor).withTables();
        sink = Sink.startOn(database, "sink.batch.size", "64");
    }

    @AfterEach
    void stop() {
        sink.close();
    }

    private static Change[] changes(int count) {
        return LongStream.rangeClosed(1, count)
                .mapToObj(id -> Change.named(id, "v1").clock(1, 0))
                .toArray(Change[]::new);
    }

    /** How many clock rows each transaction has written, the largest first; PostgreSQL keeps it with the rows. */
    private List<String> transactions() {
        return database.query(
                "SELECT COUNT(*) FROM tandem_customer_clock GROUP BY xmin ORDER BY COUNT(*) DESC, MIN(key_id)");
    }

    @Test
    void no_transaction_has_more_than_a_batch() {
        sink.apply(changes(150));

        assertThat(database.number("SELECT COUNT(*) FROM customer")).isEqualTo(150);
        if (vendor == Vendor.POSTGRESQL) {
            assertThat(transactions())
                    .contains("64")
                    .allSatisfy(rows -> assertThat(Integer.parseInt(rows)).isLessThanOrEqualTo(64));
        }
    }

    /** Whatever makes it last: a slow server, or a trigger of the application as here. */
    @Test
    void a_transaction_that_lasts_too_long_is_followed_by_smaller_ones() {
        assumeThat(vendor).isEqualTo(Vendor.POSTGRESQL);
        database.execute(
                "CREATE FUNCTION take_time() RETURNS trigger LANGUAGE plpgsql AS "
                        + "$$ BEGIN PERFORM pg_sleep(0.01); RETURN NEW; END $$",
                "CREATE TRIGGER slow BEFORE INSERT ON customer FOR EACH ROW EXECUTE FUNCTION take_time()");

        sink.apply(changes(128));

        assertThat(database.number("SELECT COUNT(*) FROM customer")).isEqualTo(128);
        assertThat(transactions()).startsWith("64").filteredOn("64"::equals).hasSize(1);
        assertThat(transactions().subList(1, transactions().size()))
                .allSatisfy(rows -> assertThat(Integer.parseInt(rows)).isLessThanOrEqualTo(32));
    }

    /** The lock is that of a row that is no part of the aggregate, so only the write can meet it. */
    @Test
    void a_batch_that_meets_a_lock_in_its_writes_is_halved_until_what_meets_it_stands_alone() throws SQLException {
        database.execute("INSERT INTO region (id) VALUES (1)", "INSERT INTO region (id) VALUES (2)");
        Change[] batch = changes(64);
        batch[0] = batch[0].with("region_id", 2L);
        try (Connection application = database.begin()) {
            Sql.run(application, "SELECT id FROM region WHERE id = 2 FOR UPDATE");

            sink.put(batch);

            assertThat(database.number("SELECT COUNT(*) FROM customer")).isEqualTo(63);
            assertThat(database.customer(1)).isEqualTo("none");
            if (vendor == Vendor.POSTGRESQL) {
                assertThat(transactions()).containsExactly("32", "16", "8", "4", "2", "1");
            }
            application.rollback();
        }
        sink.awaitApplied();
        assertThat(database.customer(1)).isEqualTo("v1 null 7 []");
    }

    /** No source has been folding for long, and somebody has written one customer all the time. */
    @Test
    void any_number_of_notes_is_one_local_write_and_is_not_taken_in_one_transaction() {
        sink.apply(changes(2));
        database.execute("UPDATE customer SET name = 'here' WHERE id = 1");
        for (int i = 0; i < DOUBLINGS; i++) {
            // earlier ones, with later ids
            database.execute("INSERT INTO tandem_customer_journal (key_id, changed_at, session) "
                    + "SELECT key_id, changed_at - 1, session FROM tandem_customer_journal");
        }
        long latest = database.number("SELECT MAX(changed_at) FROM tandem_customer_journal");
        String notes = "SELECT COUNT(*) FROM tandem_customer_journal";

        sink.put(
                Change.named(1, "v2").clock(2, 0).at(2000),
                Change.named(2, "v2").clock(2, 0).at(2000));

        assertThat(database.number(notes)).isBetween((1L << DOUBLINGS) - 10_000, (1L << DOUBLINGS) - 1);
        sink.awaitApplied();
        assertThat(database.number(notes)).isZero();
        assertThat(database.customer(1)).isEqualTo("here null 7 []");
        assertThat(database.clock(1)).isEqualTo("2,1 @" + latest + " modern");
        assertThat(database.customer(2)).isEqualTo("v2 null 7 []");
    }
}
