package io.tandem.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tandem.examples.ExamplePair;
import io.tandem.examples.Examples;
import io.tandem.examples.Master;
import io.tandem.testbed.Backup;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * A master is lost in the middle of traffic on both sides and restored from a real backup. docs/restore.md is followed
 * word by word, or not at all. In a pair of its own, since the last test leaves it with masters that differ for good.
 */
@TestInstance(Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
class RestoreIT {

    private static final long SOME = 200;

    private InstalledPlugin plugin;
    private ExamplePair pair;

    @BeforeAll
    void start() throws IOException {
        plugin = InstalledPlugin.fromArchive(Path.of(System.getProperty("tandem.archive")));
        pair = ExamplePair.start(List.of(plugin.folder()), step -> {});
        Examples.CONNECTORS.forEach(pair::post);
    }

    @AfterAll
    void stop() throws IOException {
        if (pair != null) {
            pair.close();
        }
        if (plugin != null) {
            plugin.close();
        }
    }

    @Test
    @Order(1)
    void the_procedure_brings_a_restored_postgresql_back() {
        theProcedureBringsBack(pair.modern(), new WorkloadKeys(700_000, 3, 15), page -> {});
    }

    @Test
    @Order(2)
    void the_procedure_brings_a_restored_mariadb_back() {
        theProcedureBringsBack(pair.legacy(), new WorkloadKeys(710_000, 3, 15), page -> {});
    }

    @Test
    @Order(3)
    void what_the_topics_no_longer_hold_is_sent_again_by_the_other_master() {
        RestorePage followed = theProcedureBringsBack(pair.modern(), new WorkloadKeys(720_000, 3, 15), page -> {
            // what modern has sent is known to legacy alone from now on
            page.awaitRead("connect-customer-legacy-sink");
            page.awaitRead("connect-order-legacy-sink");
            try (Topics topics = new Topics(pair)) {
                topics.forgetAll();
            }
            page.execute("republish-legacy.sql", pair.legacy());
            await("legacy has sent all")
                    .atMost(Await.LIMIT)
                    .until(() -> page.number("pending-legacy.sql", pair.legacy()) == 0);
        });
        followed.assertAllUsed();
    }

    /** @param beforeStepThree what else is done, with the database restored and its connectors stopped */
    private RestorePage theProcedureBringsBack(
            Master victim, WorkloadKeys keys, Consumer<RestorePage> beforeStepThree) {
        Master peer = pair.peer(victim);
        RestorePage page = new RestorePage(pair, victim);
        WorkloadKeys quiet = new WorkloadKeys(keys.first() + 5_000, 1, 1);
        keys.create(pair.legacy());
        quiet.create(pair.legacy());
        Await.aligned(pair);
        Workload lost = Workload.enduring(victim, keys);
        Workload peers = Workload.enduring(peer, keys);
        Workload again;
        try (peers) {
            Map<String, Long> sent;
            try (lost;
                    Backup backup = backupInTraffic(victim, lost, peers)) {
                writeOnce(victim, quiet.first(), "of the victim");
                writeOnce(peer, quiet.first() + 1, "of the peer");
                victim.server().kill();
                lost.close();
                page.run("1-stop.sh");
                sent = counters(peer, victim);
                backup.restore();
            }
            assertThat(forgotten(victim, sent))
                    .as("aggregates with writes that the peer knows and the restored database does not")
                    .isPositive();

            beforeStepThree.accept(page);
            page.run("3-recover.sh");
            page.run("4-wait.sh");
            page.run("5-align.sh");
            page.run("6-wait.sh");
            assertThat(forgotten(victim, sent)).isZero();
            page.run("7-source.sh");

            again = Workload.enduring(victim, keys);
            try (again) {
                Await.progress(again, SOME);
                Await.progress(peers, SOME);
            }
        }

        Await.aligned(pair);
        assertThat(lastName(victim, quiet.first())).isEqualTo("of the victim");
        assertThat(lastName(victim, quiet.first() + 1)).isEqualTo("of the peer");
        for (long customer = keys.first(); customer < keys.end(); customer++) {
            LostWrites.assertNone(pair, customer, Map.of(peer.id(), peers, victim.id(), again));
        }
        assertThat(workerLog()).doesNotContain("ALARM").contains("RECOVERY customer: ", "RECOVERY order: ");
        return page;
    }

    /** A write that is the last one of its customer, and has arrived on the other master when this returns. */
    private void writeOnce(Master master, long customer, String name) {
        try (Connection connection = master.application();
                PreparedStatement rename =
                        connection.prepareStatement(ApplicationSql.of(master).rename())) {
            rename.setString(1, name);
            rename.setLong(2, customer);
            rename.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        await(name + " arrives").atMost(Await.LIMIT).until(() -> lastName(pair.peer(master), customer), name::equals);
    }

    private static String lastName(Master master, long customer) {
        return master.query(
                master.id().equals("legacy")
                        ? "SELECT LAST_NAME FROM CUSTOMERS WHERE CUST_NO = " + customer
                        : "SELECT last_name FROM customer WHERE id = " + customer);
    }

    @Test
    @Order(4)
    void without_the_procedure_the_alarm_fires_and_the_sink_stops() {
        WorkloadKeys keys = new WorkloadKeys(730_000, 3, 15);
        keys.create(pair.legacy());
        Await.aligned(pair);
        try (Workload ours = Workload.enduring(pair.modern(), keys);
                Workload theirs = Workload.enduring(pair.legacy(), keys)) {
            try (Backup backup = backupInTraffic(pair.modern(), ours, theirs)) {
                backup.restore();
            }
            Await.progress(ours, SOME);

            String reason = await("the sink fails")
                    .atMost(Await.LIMIT)
                    .until(this::failureOfTheSink, failure -> !failure.isEmpty());

            assertThat(reason)
                    .contains("writes of 'modern', but the database of 'modern' knows")
                    .contains("docs/restore.md");
            assertThat(workerLog())
                    .containsPattern("ALARM customer \\d+: a record that knows more writes of this master than its "
                            + "database proves that the database has forgotten writes");
        }
    }

    /** A backup between two stretches of work on both sides, so that it holds some of it and lacks some. */
    private static Backup backupInTraffic(Master victim, Workload ours, Workload theirs) {
        Await.progress(ours, SOME);
        Await.progress(theirs, SOME);
        Backup backup = victim.server().backUp(victim.id());
        try {
            Await.progress(ours, SOME);
            Await.progress(theirs, SOME);
            return backup;
        } catch (RuntimeException e) {
            backup.close();
            throw e;
        }
    }

    private String failureOfTheSink() {
        return pair.rest().status("customer-modern-sink").tasks().stream()
                .map(task -> task.trace())
                .filter(Objects::nonNull)
                .findFirst()
                .orElse("");
    }

    private String workerLog() {
        try {
            return Files.readString(pair.worker().log());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long forgotten(Master victim, Map<String, Long> sent) {
        Map<String, Long> known = counters(victim, victim);
        return sent.entrySet().stream()
                .filter(entry -> known.getOrDefault(entry.getKey(), 0L) < entry.getValue())
                .count();
    }

    /** How many writes of one master another one knows, by aggregate. */
    private static Map<String, Long> counters(Master knowing, Master written) {
        Map<String, Long> counters = new HashMap<>();
        try (Connection connection = knowing.server().connect(knowing.id());
                Statement statement = connection.createStatement()) {
            for (String aggregate : new String[] {"customer", "order"}) {
                ResultSet rows = statement.executeQuery(
                        "SELECT * FROM tandem_" + aggregate + "_clock WHERE clock_" + written.id() + " > 0");
                while (rows.next()) {
                    counters.put(aggregate + " " + rows.getString(1), rows.getLong("clock_" + written.id()));
                }
            }
            return counters;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
