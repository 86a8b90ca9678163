package io.tandem.connect.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tandem.testbed.Vendor;
import io.tandem.testbed.fixtures.Servers;
import io.tandem.testbed.fixtures.Servers.Databases;
import io.tandem.testbed.fixtures.TestDatabase;
import java.math.BigDecimal;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.ConnectException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The application's tables change under a running source. */
@ParameterizedClass
@EnumSource(Vendor.class)
@ExtendWith(Servers.class)
class SourceSchemaChangeTest {

    // more than PostgreSQL's driver waits for before it prepares a statement on the server
    private static final int OFTEN = 6;

    private final Vendor vendor;
    private final TestDatabase database;
    private int renamed;

    SourceSchemaChangeTest(Vendor vendor, Databases databases) {
        this.vendor = vendor;
        this.database = databases.create(vendor).withTables();
        database.execute("INSERT INTO customer (id, name, note) VALUES (1, 'Ann', 'x')");
    }

    /** Writes and reads so many times; every write must arrive. */
    private void go(Source source, int times) {
        for (int i = 0; i < times; i++) {
            String name = "Ann " + ++renamed;
            database.execute("UPDATE customer SET name = '" + name + "' WHERE id = 1");
            assertThat(source.drainOne().data().getString("name")).isEqualTo(name);
        }
    }

    @Test
    void a_column_that_is_added_is_read_when_the_source_starts_again() {
        try (Source source = Source.startOn(database)) {
            go(source, OFTEN);
            database.execute("ALTER TABLE customer ADD COLUMN vip INTEGER DEFAULT 3 NOT NULL");

            go(source, 1);
        }
        try (Source source = Source.startOn(database)) {
            database.execute("UPDATE customer SET vip = 4 WHERE id = 1");
            assertThat(source.drainOne().data().getInt32("vip")).isEqualTo(4);
        }
    }

    @Test
    void a_column_that_is_widened_goes_on() {
        try (Source source = Source.startOn(database)) {
            go(source, OFTEN);
            database.execute(
                    vendor == Vendor.POSTGRESQL
                            ? "ALTER TABLE customer ALTER COLUMN name TYPE VARCHAR(40)"
                            : "ALTER TABLE customer MODIFY name VARCHAR(40) NOT NULL");

            go(source, 1);
            String longer = "Ann with a name of more than twenty characters".substring(0, 40);
            database.execute("UPDATE customer SET name = '" + longer + "' WHERE id = 1");
            assertThat(source.drainOne().data().getString("name")).isEqualTo(longer);
        }
    }

    @Test
    void a_number_that_is_widened_goes_on() {
        database.execute(
                "ALTER TABLE customer ADD COLUMN points INTEGER", "ALTER TABLE customer ADD COLUMN rate NUMERIC(6,2)");
        try (Source source = Source.startOn(database)) {
            go(source, OFTEN);
            database.execute(
                    vendor == Vendor.POSTGRESQL
                            ? "ALTER TABLE customer ALTER COLUMN points TYPE BIGINT, ALTER COLUMN rate TYPE NUMERIC(9,4)"
                            : "ALTER TABLE customer MODIFY points BIGINT, MODIFY rate NUMERIC(9,4)");

            database.execute("UPDATE customer SET points = 5000000000, rate = 1.2345 WHERE id = 1");

            Struct larger = source.drainOne().data();
            assertThat(larger.getInt64("points")).isEqualTo(5_000_000_000L);
            assertThat(larger.get("rate")).isEqualTo(new BigDecimal("1.2345"));
        }
    }

    @Test
    void a_scale_that_is_widened_at_once_goes_on() {
        database.execute("ALTER TABLE customer ADD COLUMN rate NUMERIC(6,2)");
        try (Source source = Source.startOn(database)) {
            go(source, 1);
            database.execute(
                    vendor == Vendor.POSTGRESQL
                            ? "ALTER TABLE customer ALTER COLUMN rate TYPE NUMERIC(9,4)"
                            : "ALTER TABLE customer MODIFY rate NUMERIC(9,4)");

            database.execute("UPDATE customer SET rate = 1.2345 WHERE id = 1");

            assertThat(source.drainOne().data().get("rate")).isEqualTo(new BigDecimal("1.2345"));
        }
    }

    @Test
    void a_column_that_is_dropped_is_gone_from_the_next_record_on() {
        try (Source source = Source.startOn(database)) {
            go(source, OFTEN);
            database.execute("ALTER TABLE customer DROP COLUMN note");

            go(source, 1);
            database.execute("UPDATE customer SET name = 'Bob' WHERE id = 1");
            assertThat(source.drainOne().data().schema().field("note")).isNull();
        }
    }

    @Test
    void a_table_that_is_dropped_ends_the_task_with_its_name() {
        try (Source source = Source.startOn(database)) {
            go(source, OFTEN);
            database.execute("DROP TABLE address");

            assertThatThrownBy(() -> {
                        database.execute("UPDATE customer SET name = 'Bob' WHERE id = 1");
                        source.drain();
                    })
                    .isInstanceOf(ConnectException.class)
                    .hasMessageContaining("address");
        }
    }
}
