package io.tandem.connect.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.testbed.Vendor;
import io.tandem.testbed.fixtures.Servers;
import io.tandem.testbed.fixtures.Servers.Databases;
import io.tandem.testbed.fixtures.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** On this master a customer whose counter is 99 counts as deleted. */
@ParameterizedClass
@EnumSource(Vendor.class)
@ExtendWith(Servers.class)
class SourceSoftDeleteTest {

    private final TestDatabase database;

    SourceSoftDeleteTest(Vendor vendor, Databases databases) {
        database = databases.create(vendor).withTables();
    }

    @Test
    void a_marked_row_is_sent_as_deleted_and_a_row_that_is_marked_no_more_as_an_insert() {
        try (Source source =
                Source.startOn(database, "aggregate.deleted.column", "counter", "aggregate.deleted.value", "99")) {
            database.execute("INSERT INTO customer (id, name) VALUES (1, 'Ann')");
            assertThat(source.drainOne().text()).isEqualTo("Ann 7 []");

            database.execute("UPDATE customer SET counter = 99");

            assertThat(source.drainOne().deleted()).isTrue();

            database.execute("UPDATE customer SET counter = 8");

            Sent again = source.drainOne();
            assertThat(again.text()).isEqualTo("Ann 8 []");
            assertThat(again.own()).isEqualTo(3);
        }
    }
}
