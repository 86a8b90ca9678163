package io.tandem.connect.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tandem.testbed.DatabaseServer;
import io.tandem.testbed.Sql;
import io.tandem.testbed.Vendor;
import io.tandem.testbed.fixtures.Servers;
import io.tandem.testbed.fixtures.Servers.Databases;
import io.tandem.testbed.fixtures.TestDatabase;
import java.sql.Connection;
import java.util.Set;
import java.util.stream.LongStream;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.RetriableException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The task as a worker runs it: what one thread receives another one applies. */
@ParameterizedClass
@EnumSource(Vendor.class)
@ExtendWith(Servers.class)
class SinkThreadTest {

    private static final int CUSTOMERS = 50;
    private static final int VERSIONS = 40;
    private static final String THREAD = "tandem-modern-customer-sink";

    private final DatabaseServer server;
    private final TestDatabase database;

    SinkThreadTest(Vendor vendor, Databases databases) {
        server = databases.server(vendor);
        database = databases.create(vendor).withTables();
    }

    @AfterEach
    void serverRuns() {
        if (!server.isAlive()) {
            server.restart();
        }
    }

    private static Change[] version(long version) {
        return LongStream.rangeClosed(1, CUSTOMERS)
                .mapToObj(
                        id -> Change.named(id, "v" + version).clock(version, 0).at(1000 + version))
                .toArray(Change[]::new);
    }

    /** As a worker does with what is to be repeated. */
    private static void putAtLast(Sink sink, Change... changes) {
        await().ignoreExceptionsInstanceOf(RetriableException.class).until(() -> {
            sink.put(changes);
            return true;
        });
    }

    private static Set<Thread> threads() {
        return Thread.getAllStackTraces().keySet();
    }

    @Test
    void everything_is_applied_in_order_though_records_arrive_faster_than_they_are_applied() {
        try (Sink sink = Sink.startWithThread(database, "sink.batch.size", "20")) {
            for (int version = 1; version <= VERSIONS; version++) {
                putAtLast(sink, version(version));
            }
            sink.awaitApplied();

            assertThat(database.number("SELECT COUNT(*) FROM customer WHERE name = 'v" + VERSIONS + "'"))
                    .isEqualTo(CUSTOMERS);
            assertThat(database.number("SELECT COUNT(*) FROM tandem_customer_clock WHERE clock_legacy = " + VERSIONS))
                    .isEqualTo(CUSTOMERS);
            assertThat(database.ledger()).isEmpty();
        }
    }

    @Test
    void put_returns_while_the_database_is_busy_and_nothing_is_committed_before_it_is_applied() throws Exception {
        try (Sink sink = Sink.startWithThread(database)) {
            putAtLast(sink, Change.named(1, "v1").clock(1, 0));
            sink.awaitApplied();
            try (Connection application = database.begin()) {
                Sql.run(application, "SELECT id FROM customer WHERE id = 1 FOR UPDATE");
                sink.put(Change.named(1, "v2").clock(2, 0).at(2000));
                sink.put(Change.named(1, "v3").clock(3, 0).at(3000));
                assertThat(sink.committable()).isEqualTo(1);
                application.rollback();
            }
            sink.awaitApplied();
            assertThat(database.customer(1)).isEqualTo("v3 null 7 []");
        }
    }

    @Test
    void what_a_constraint_refuses_holds_up_nothing_that_is_applied_beside_it() {
        try (Sink sink = Sink.startWithThread(database, "sink.batch.size", "5", "sink.sessions", "3")) {
            putAtLast(sink, version(1));
            sink.awaitApplied();
            Change[] second = version(2);
            second[17] = second[17].with("region_id", 77L);
            putAtLast(sink, second);

            String applied = "SELECT COUNT(*) FROM tandem_customer_clock WHERE clock_legacy = 2";
            await().untilAsserted(() -> {
                sink.put();
                assertThat(database.number(applied)).isEqualTo(CUSTOMERS - 1);
            });
            assertThat(sink.committable()).isEqualTo(CUSTOMERS + 17);

            database.execute("INSERT INTO region (id) VALUES (77)");
            sink.awaitApplied();
            assertThat(database.number(applied)).isEqualTo(CUSTOMERS);
        }
    }

    @Test
    void writes_that_were_forgotten_end_the_task_in_whatever_session_they_are_found() {
        try (Sink sink = Sink.startWithThread(database, "sink.batch.size", "5", "sink.sessions", "3")) {
            Change[] changes = version(1);
            for (int i = CUSTOMERS - 10; i < CUSTOMERS; i++) {
                changes[i] = changes[i].clock(1, 9);
            }
            await().untilAsserted(() -> assertThatThrownBy(() -> sink.put(changes))
                    .isInstanceOf(ForgottenWritesException.class)
                    .hasMessageContaining("has forgotten writes"));
            assertThat(database.number("SELECT COUNT(*) FROM tandem_customer_clock WHERE clock_modern = 9"))
                    .isZero();
        }
    }

    @Test
    void what_goes_wrong_later_ends_the_task_at_one_of_the_next_puts() {
        try (Sink sink = Sink.startWithThread(database, "sink.foreign.key.wait.ms", "0")) {
            putAtLast(sink, Change.named(1, "v1").clock(1, 0).with("region_id", 77L));

            await().untilAsserted(() -> assertThatThrownBy(sink::put)
                    .isInstanceOf(ConnectException.class)
                    .isNotInstanceOf(RetriableException.class)
                    .hasMessageContaining("cannot apply 1"));
            assertThat(sink.committable()).isZero();
        }
    }

    @Test
    void an_outage_is_told_to_the_worker_and_nothing_is_lost_by_it() {
        try (Sink sink = Sink.startWithThread(database)) {
            putAtLast(sink, version(1));
            sink.awaitApplied();
            server.kill();
            await().untilAsserted(() ->
                    assertThatThrownBy(() -> sink.put(version(2))).isInstanceOf(RetriableException.class));
            assertThat(sink.committable()).isLessThanOrEqualTo(2 * CUSTOMERS);

            server.restart();
            putAtLast(sink, version(3));
            await().ignoreExceptionsInstanceOf(RetriableException.class).untilAsserted(sink::awaitApplied);

            assertThat(database.number("SELECT COUNT(*) FROM customer WHERE name = 'v3'"))
                    .isEqualTo(CUSTOMERS);
        }
    }

    @Test
    void stop_ends_the_thread() {
        Sink sink = Sink.startWithThread(database);
        putAtLast(sink, version(1));
        assertThat(threads()).extracting(Thread::getName).contains(THREAD);

        sink.close();

        await().untilAsserted(
                        () -> assertThat(threads()).extracting(Thread::getName).doesNotContain(THREAD));
    }
}
