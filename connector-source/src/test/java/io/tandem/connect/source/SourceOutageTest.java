package io.tandem.connect.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tandem.testbed.DatabaseServer;
import io.tandem.testbed.Vendor;
import io.tandem.testbed.fixtures.Servers;
import io.tandem.testbed.fixtures.Servers.Databases;
import io.tandem.testbed.fixtures.TestDatabase;
import io.tandem.testbed.fixtures.Users;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.errors.ConnectException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The database goes and comes back. */
@ParameterizedClass
@EnumSource(Vendor.class)
@ExtendWith(Servers.class)
class SourceOutageTest {

    private static final Duration LONGEST_POLL = Duration.ofSeconds(1);

    private final DatabaseServer server;
    private final TestDatabase database;

    SourceOutageTest(Vendor vendor, Databases databases) {
        server = databases.server(vendor);
        database = databases.create(vendor).withTables();
    }

    @AfterEach
    void serverRuns() {
        if (!server.isAlive()) {
            server.restart();
        }
    }

    private static void pollsStayShort(Source source) {
        for (int i = 0; i < 4; i++) {
            long started = System.nanoTime();
            assertThat(source.poll()).isEmpty();
            assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(LONGEST_POLL);
        }
    }

    @Test
    void polls_stay_short_while_the_database_is_down_and_go_on_when_it_is_back() {
        try (Source source = Source.startOn(database)) {
            database.execute("INSERT INTO customer (id, name) VALUES (1, 'Ann')");
            source.drain();
            database.execute("INSERT INTO customer (id, name) VALUES (2, 'Bob')");
            server.kill();

            pollsStayShort(source);

            server.restart();
            assertThat(source.drain()).extracting(Sent::id).containsExactly(2L);
        }
    }

    @Test
    void a_task_that_starts_while_the_database_is_down_waits_for_it() {
        database.prepare(Source.KIND, database.settings("legacy"));
        server.kill();
        try (Source source = Source.start(database)) {
            pollsStayShort(source);

            server.restart();

            assertThat(source.drain()).isEmpty();
            database.execute("INSERT INTO customer (id, name) VALUES (1, 'Ann')");
            assertThat(source.drainOne().own()).isOne();
        }
    }

    @Test
    void what_is_in_flight_when_the_database_goes_is_acknowledged_when_it_is_back() {
        try (Source source = Source.startOn(database)) {
            database.execute("INSERT INTO customer (id, name) VALUES (1, 'Ann')");
            List<Sent> sent = source.idle();
            server.kill();
            source.acknowledge(sent);
            pollsStayShort(source);

            server.restart();

            assertThat(source.drain()).isEmpty();
        }
        assertThat(database.query("SELECT clock_legacy, published FROM tandem_customer_clock"))
                .containsExactly("1|1");
    }

    @Test
    void a_wrong_password_ends_the_task_and_is_not_shown() {
        Map<String, String> settings = database.settings("legacy");
        settings.put("topic", "customers");
        database.prepare(Source.KIND, settings);
        settings.put("connection.password", "geheim");
        AlignmentSourceTask task = new AlignmentSourceTask();
        task.start(settings);
        try {
            assertThatThrownBy(() -> {
                        while (true) {
                            task.poll();
                        }
                    })
                    .isInstanceOf(ConnectException.class)
                    .hasMessageContaining(Users.TANDEM)
                    .hasMessageNotContaining("geheim");
        } finally {
            task.stop();
        }
    }
}
