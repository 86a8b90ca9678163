package io.tandem.connect.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tandem.testbed.DatabaseServer;
import io.tandem.testbed.Vendor;
import io.tandem.testbed.fixtures.Servers;
import io.tandem.testbed.fixtures.Servers.Databases;
import io.tandem.testbed.fixtures.TestDatabase;
import org.apache.kafka.connect.errors.RetriableException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The database goes and comes back. */
@ParameterizedClass
@EnumSource(Vendor.class)
@ExtendWith(Servers.class)
class SinkOutageTest {

    private final DatabaseServer server;
    private final TestDatabase database;

    SinkOutageTest(Vendor vendor, Databases databases) {
        server = databases.server(vendor);
        database = databases.create(vendor).withTables();
    }

    @AfterEach
    void serverRuns() {
        if (!server.isAlive()) {
            server.restart();
        }
    }

    @Test
    void a_put_while_the_database_is_down_is_to_be_repeated() {
        try (Sink sink = Sink.startOn(database)) {
            sink.apply(Change.named(1, "Ann").clock(1, 0));
            server.kill();
            Change next = Change.named(1, "Anna").clock(2, 0).at(2000);
            assertThatThrownBy(() -> sink.put(next)).isInstanceOf(RetriableException.class);
            assertThat(sink.context().lastTimeout()).isPositive();
            assertThat(sink.committable()).isOne();

            server.restart();

            sink.apply(next);
            assertThat(database.customer(1)).isEqualTo("Anna null 7 []");
        }
    }

    @Test
    void a_task_that_starts_while_the_database_is_down_waits_for_it() {
        database.prepare(Sink.KIND, database.settings("modern"));
        server.kill();
        try (Sink sink = Sink.start(database)) {
            Change change = Change.named(1, "Ann").clock(1, 0);
            assertThatThrownBy(() -> sink.put(change)).isInstanceOf(RetriableException.class);

            server.restart();

            sink.apply(change);
            assertThat(database.customer(1)).isEqualTo("Ann null 7 []");
        }
    }
}
