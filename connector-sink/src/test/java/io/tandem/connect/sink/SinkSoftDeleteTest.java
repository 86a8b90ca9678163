package io.tandem.connect.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tandem.testbed.Vendor;
import io.tandem.testbed.fixtures.Servers;
import io.tandem.testbed.fixtures.Servers.Databases;
import io.tandem.testbed.fixtures.TestDatabase;
import org.apache.kafka.connect.errors.ConnectException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** On this master a customer whose counter is 99 counts as deleted. */
@ParameterizedClass
@EnumSource(Vendor.class)
@ExtendWith(Servers.class)
class SinkSoftDeleteTest {

    private final TestDatabase database;
    private final Sink sink;

    SinkSoftDeleteTest(Vendor vendor, Databases databases) {
        database = databases.create(vendor).withTables();
        sink = Sink.startOn(
                database,
                "aggregate.deleted.column",
                "counter",
                "aggregate.deleted.value",
                "99",
                "aggregate.deleted.restored",
                "7");
        sink.apply(Change.named(1, "Ann").clock(1, 0).address(11, "Rome"));
    }

    @AfterEach
    void stop() {
        sink.close();
    }

    @Test
    void a_delete_marks_the_row_and_leaves_children_alone() {
        sink.apply(Change.deleted(1).clock(2, 0).at(2000));

        assertThat(database.customer(1)).isEqualTo("Ann null 99 [11 Rome 7]");
        assertThat(database.clock(1)).isEqualTo("2,0 @2000 legacy deleted");
        assertThat(database.pending()).isZero();
    }

    @Test
    void a_delete_of_what_never_was_is_a_tombstone_only() {
        sink.apply(Change.deleted(2).clock(1, 0));

        assertThat(database.customer(2)).isEqualTo("none");
        assertThat(database.clock(2)).isEqualTo("1,0 @1000 legacy deleted");
    }

    @Test
    void an_insert_after_the_delete_updates_the_row_and_takes_the_mark_away() {
        sink.apply(Change.deleted(1).clock(2, 0).at(2000));

        sink.apply(Change.named(1, "Anna").clock(3, 0).at(3000).address(12, "Oslo"));

        assertThat(database.customer(1)).isEqualTo("Anna null 7 [12 Oslo 7]");
        assertThat(database.clock(1)).isEqualTo("3,0 @3000 legacy");
        assertThat(database.pending()).isZero();
    }

    @Test
    void a_row_that_the_application_marked_is_a_local_delete() {
        database.execute("UPDATE customer SET counter = 99 WHERE id = 1");

        sink.apply(Change.named(1, "Eve").clock(2, 0).at(2000));

        assertThat(database.customer(1)).isEqualTo("Ann null 99 [11 Rome 7]");
        assertThat(database.clock(1)).startsWith("2,1 ").endsWith(" modern deleted");
    }

    @Test
    void without_a_value_for_restored_rows_the_record_has_to_carry_the_column() {
        sink.close();
        try (Sink other =
                Sink.start(database, "aggregate.deleted.column", "counter", "aggregate.deleted.value", "99")) {
            other.put(Change.deleted(1).clock(2, 0).at(2000));

            assertThatThrownBy(
                            () -> other.put(Change.named(1, "Anna").clock(3, 0).at(3000)))
                    .isInstanceOf(ConnectException.class)
                    .hasMessageContaining("counter")
                    .hasMessageContaining("aggregate.deleted.restored");
            assertThat(database.customer(1)).isEqualTo("Ann null 99 [11 Rome 7]");
        }
    }
}
