package io.tandem.connect.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tandem.testbed.Vendor;
import io.tandem.testbed.fixtures.Servers;
import io.tandem.testbed.fixtures.Servers.Databases;
import io.tandem.testbed.fixtures.TestDatabase;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.errors.RetriableException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The application's tables change under a running sink. */
@ParameterizedClass
@EnumSource(Vendor.class)
@ExtendWith(Servers.class)
class SinkSchemaChangeTest {

    // more than PostgreSQL's driver waits for before it prepares a statement on the server
    private static final int OFTEN = 6;
    private static final long BEYOND_INT = 5_000_000_000L;

    private final Vendor vendor;
    private final TestDatabase database;
    private int counter;

    SinkSchemaChangeTest(Vendor vendor, Databases databases) {
        this.vendor = vendor;
        this.database = databases.create(vendor).withTables();
    }

    private Change next(long id, String name) {
        counter++;
        return Change.named(id, name).clock(counter, 0).at(1000L * counter);
    }

    /** Applies so many records about customer 1. */
    private void go(Sink sink, int times) {
        for (int i = 0; i < times; i++) {
            sink.apply(next(1, "Ann " + i).with("note", "n").address(11, "Rome"));
        }
        assertThat(database.customer(1)).isEqualTo("Ann " + (times - 1) + " n 7 [11 Rome 7]");
    }

    private void changeType(String table, String column, String type) {
        database.execute(
                vendor == Vendor.POSTGRESQL
                        ? "ALTER TABLE %s ALTER COLUMN %s TYPE %s USING %s::%s"
                                .formatted(table, column, type, column, type)
                        : "ALTER TABLE %s MODIFY %s %s".formatted(table, column, type));
    }

    @Test
    void a_column_that_is_added_is_left_to_its_default() {
        try (Sink sink = Sink.startOn(database)) {
            go(sink, OFTEN);
            database.execute(
                    "ALTER TABLE customer ADD COLUMN vip INTEGER DEFAULT 3 NOT NULL",
                    "ALTER TABLE address ADD COLUMN zip VARCHAR(9)",
                    "UPDATE customer SET vip = 4",
                    "UPDATE address SET zip = '00100'");

            go(sink, OFTEN);
            sink.apply(next(2, "Bob").address(21, "Oslo"));
        }

        assertThat(database.query("SELECT vip FROM customer ORDER BY id")).containsExactly("4", "3");
        assertThat(database.query("SELECT zip FROM address ORDER BY id")).containsExactly("00100", "null");
    }

    @Test
    void a_column_that_wants_a_value_refuses_new_rows_by_its_name() {
        try (Sink sink = Sink.startOn(database)) {
            go(sink, 1);
            database.execute(
                    "ALTER TABLE customer ADD COLUMN vip INTEGER DEFAULT 3 NOT NULL",
                    "ALTER TABLE customer ALTER COLUMN vip DROP DEFAULT");
            go(sink, OFTEN);

            assertThatThrownBy(() -> sink.put(next(2, "Geheim")))
                    .isInstanceOf(ConnectException.class)
                    .isNotInstanceOf(RetriableException.class)
                    .hasMessageContaining("cannot apply 2")
                    .hasMessageContaining("vip")
                    .hasMessageContaining("the record is still in its topic")
                    .hasMessageNotContaining("Geheim");
            assertThat(sink.committable()).isEqualTo(1 + OFTEN);
        }
        database.execute("ALTER TABLE customer ALTER COLUMN vip SET DEFAULT 3");

        try (Sink restarted = Sink.startOn(database)) {
            restarted.apply(next(2, "Bob"));
        }
        assertThat(database.customer(2)).isEqualTo("Bob null 7 []");
    }

    @Test
    void a_text_that_is_widened_takes_longer_values_at_once() {
        String longer = "x".repeat(60);
        String spaced = "x" + " ".repeat(30);
        try (Sink sink = Sink.startOn(database)) {
            go(sink, OFTEN);
            changeType("customer", "name", "VARCHAR(60)");
            changeType("address", "city", "VARCHAR(60)");

            sink.apply(next(1, longer).address(11, longer));
            assertThat(database.customer(1)).isEqualTo(longer + " n 7 [11 " + longer + " 7]");
            sink.apply(next(1, spaced).address(11, spaced));
            assertThat(database.customer(1)).isEqualTo(spaced + " n 7 [11 " + spaced + " 7]");
        }
    }

    @Test
    void a_number_that_is_widened_takes_larger_values_at_once() {
        changeType("customer", "counter", "INTEGER");
        changeType("address", "counter", "INTEGER");
        database.execute("ALTER TABLE customer ALTER COLUMN counter SET DEFAULT 7");
        try (Sink sink = Sink.startOn(database)) {
            go(sink, OFTEN);
            changeType("customer", "counter", "BIGINT");
            changeType("address", "counter", "BIGINT");

            sink.apply(next(1, "Ann").with("counter", BEYOND_INT).address(11, "Rome", BEYOND_INT));
        }
        assertThat(database.customer(1)).isEqualTo("Ann n 5000000000 [11 Rome 5000000000]");
    }

    @Test
    void a_key_that_is_widened_goes_on_with_what_was_waiting() {
        database.execute("ALTER TABLE address DROP " + (vendor == Vendor.POSTGRESQL ? "CONSTRAINT " : "FOREIGN KEY ")
                + (vendor == Vendor.POSTGRESQL ? "address_customer_id_fkey" : "address_ibfk_1"));
        changeType("customer", "id", "INTEGER");
        changeType("address", "customer_id", "INTEGER");
        String[] more = {"aggregate.children.address.foreign.key", "customer_id"};
        try (Sink sink = Sink.startOn(database, more)) {
            go(sink, OFTEN);
            sink.put(next(2, "Bob").with("region_id", 5L).address(21, "Oslo"));
            changeType("customer", "id", "BIGINT");
            changeType("address", "customer_id", "BIGINT");
            changeType("tandem_customer_clock", "key_id", "BIGINT");
            changeType("tandem_customer_journal", "key_id", "BIGINT");

            sink.put(next(BEYOND_INT, "Eve"));
            assertThat(sink.committable()).isEqualTo(OFTEN);
            database.execute("INSERT INTO region (id) VALUES (5)");
            sink.awaitApplied();
        }
        assertThat(database.customer(2)).isEqualTo("Bob null 7 [21 Oslo 7]");
        assertThat(database.customer(BEYOND_INT)).isEqualTo("Eve null 7 []");
    }

    @Test
    void a_column_that_no_record_carries_may_be_dropped() {
        try (Sink sink = Sink.startOn(database)) {
            sink.apply(next(1, "Ann").address(11, "Rome"));
            database.execute("ALTER TABLE customer DROP COLUMN note");

            for (int i = 0; i < OFTEN; i++) {
                sink.apply(next(1, "Ann").address(11, "Oslo"), next(2, "Bob"));
            }
        }
        assertThat(database.query("SELECT name FROM customer ORDER BY id")).containsExactly("Ann", "Bob");
        assertThat(database.query("SELECT city FROM address")).containsExactly("Oslo");
    }

    @Test
    void a_column_that_records_carry_ends_the_task_by_its_name_when_it_is_dropped() {
        try (Sink sink = Sink.startOn(database)) {
            go(sink, OFTEN);
            // waits for its region, and was read while the column was there
            sink.put(next(2, "Geheim").with("region_id", 5L).with("note", "Geheim"));
            database.execute("ALTER TABLE customer DROP COLUMN note", "INSERT INTO region (id) VALUES (5)");

            assertThatThrownBy(() -> sink.put(next(1, "Ann").with("note", "m").address(11, "Oslo")))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("has a field note, but the table")
                    .hasMessageContaining("take the column out of the mapping")
                    .hasMessageNotContaining("Geheim");
            // of what waits, nothing is committed
            assertThat(sink.committable()).isEqualTo(OFTEN);
        }
    }

    @Test
    void a_text_that_is_narrowed_refuses_what_is_too_long_and_takes_the_rest() {
        try (Sink sink = Sink.startOn(database)) {
            go(sink, OFTEN);
            changeType("customer", "note", "VARCHAR(5)");
            go(sink, OFTEN);

            assertThatThrownBy(() -> sink.put(next(1, "Ann").with("note", "Geheim")))
                    .isInstanceOf(ConnectException.class)
                    .hasMessageContaining("cannot apply 1 (record ")
                    .hasMessageContaining("its data does not fit the table")
                    .hasMessageContaining(vendor == Vendor.POSTGRESQL ? "character varying(5)" : "column 'note'")
                    .hasMessageNotContaining("Geheim");
            assertThat(sink.committable()).isEqualTo(2 * OFTEN);
        }
    }

    @Test
    void a_column_of_another_type_takes_what_is_the_same_value_there() {
        try (Sink sink = Sink.startOn(database)) {
            sink.apply(next(1, "Ann").with("note", "1"));
            changeType("customer", "note", "INTEGER");

            for (int i = 0; i < OFTEN; i++) {
                sink.apply(next(1, "Ann").with("note", "2"));
            }
            assertThat(database.query("SELECT note FROM customer")).containsExactly("2");
            assertThatThrownBy(() -> sink.put(next(1, "Ann").with("note", "Geheim")))
                    .isInstanceOf(ConnectException.class)
                    .hasMessageContaining("1")
                    .hasMessageNotContaining("Geheim");
        }
    }

    @Test
    void a_table_that_is_dropped_ends_the_task_with_its_name() {
        try (Sink sink = Sink.startOn(database)) {
            go(sink, OFTEN);
            database.execute("DROP TABLE address");

            assertThatThrownBy(() -> sink.put(next(1, "Ann").address(11, "Rome")))
                    .isInstanceOf(ConnectException.class)
                    .isNotInstanceOf(RetriableException.class)
                    .hasMessageContaining("aggregate.children")
                    .hasMessageContaining("address");
        }
    }
}
