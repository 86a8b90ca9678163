package io.tandem.distribution;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tandem.distribution.TestAggregate.Side;
import io.tandem.examples.ExamplePair;
import io.tandem.examples.Master;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** What conflicts overrule and what cannot be applied is found again, and can be put right. */
@ExtendWith(PairExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OverruledIT {

    private static final String LONG_NAME = "a name that is longer than forty bytes on the other side";
    private static final String DEAD_LETTERS = "tandem.member.dead";

    private static final String CANONICAL = """
            {"type": "record", "name": "Member", "namespace": "test.member", "key": ["id"], "fields": [
              {"name": "id", "type": "long"},
              {"name": "name", "type": "string"},
              {"name": "mail", "type": ["null", "string"], "default": null}]}
            """;

    private static final Side LEGACY = new Side(
            """
            {"aggregate": "member", "master": "legacy", "fields": [
              {"field": "id", "column": "NO"}, {"field": "name", "column": "NAME"}, {"field": "mail", "column": "MAIL"}]}
            """,
            Map.of("aggregate.root", "IT_MEMBER"),
            "SELECT GROUP_CONCAT(CONCAT(NO, ' ', NAME, ' ', COALESCE(MAIL, '-')) ORDER BY NO SEPARATOR ', ') FROM IT_MEMBER",
            List.of("CREATE TABLE IT_MEMBER (NO BIGINT PRIMARY KEY, NAME VARCHAR(100) NOT NULL, "
                    + "MAIL VARCHAR(100) UNIQUE) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin ENGINE=InnoDB"));

    private static final Side MODERN = new Side(
            """
            {"aggregate": "member", "master": "modern", "fields": [
              {"field": "id", "column": "id"}, {"field": "name", "column": "name"}, {"field": "mail", "column": "mail"}]}
            """,
            Map.of("aggregate.root", "it_member"),
            "SELECT string_agg(id || ' ' || name || ' ' || COALESCE(mail, '-'), ', ' ORDER BY id) FROM it_member",
            List.of(
                    "CREATE TABLE it_member (id bigint PRIMARY KEY, name varchar(40) NOT NULL, mail varchar(100) UNIQUE)"));

    private final ExamplePair pair;
    private final TestAggregate members;

    OverruledIT(ExamplePair pair) {
        this.pair = pair;
        members = TestAggregate.start(pair, "member", CANONICAL, LEGACY, MODERN);
        members.alter("legacy", "GRANT SELECT, UPDATE ON tandem_member_ledger TO tandem");
        for (String master : List.of("legacy", "modern")) {
            members.configure(master, "source", Map.of("ledger.topic", conflicts(master)));
            members.configure(
                    master,
                    "sink",
                    Map.of(
                            "errors.tolerance", "all",
                            "errors.deadletterqueue.topic.name", DEAD_LETTERS,
                            "errors.deadletterqueue.topic.replication.factor", "1",
                            "errors.deadletterqueue.context.headers.enable", "true",
                            "sink.foreign.key.wait.ms", "500"));
        }
    }

    private static String conflicts(String master) {
        return "tandem.member.conflicts." + master;
    }

    @AfterAll
    void stop() {
        members.close();
    }

    private static String ledger(Master master, String kind) {
        return master.query("SELECT CONCAT(COUNT(*), ' ', MIN(overruled_data)) FROM tandem_member_ledger WHERE kind = '"
                + kind + "'");
    }

    private List<ConsumerRecord<byte[], byte[]>> awaitRecords(Topics topics, String topic) {
        return await("records in " + topic)
                .atMost(Await.LIMIT)
                .ignoreExceptions()
                .until(() -> topics.records(topic), records -> !records.isEmpty());
    }

    @Test
    void what_is_overruled_then_what_does_not_fit_and_then_what_two_masters_gave_away() {
        try (Topics topics = new Topics(pair)) {
            conflict(topics);
            deadLetter(topics);
            uniqueValue();
        }
    }

    private void conflict(Topics topics) {
        pair.legacy().run("INSERT INTO IT_MEMBER VALUES (1, 'Ann', NULL)");
        members.awaitBoth("1 Ann -");
        members.withoutSinks(() -> {
            pair.legacy().run("UPDATE IT_MEMBER SET NAME = 'Overruled' WHERE NO = 1");
            pair.modern().run("UPDATE it_member SET name = 'Winner' WHERE id = 1");
        });

        members.awaitBoth("1 Winner -");

        assertThat(ledger(pair.legacy(), "CONFLICT")).isEqualTo("1 {\"NO\":1,\"NAME\":\"Overruled\",\"MAIL\":null}");
        assertThat(ledger(pair.modern(), "CONFLICT")).isEqualTo("1 {\"id\":1,\"name\":\"Overruled\",\"mail\":null}");
        for (String master : List.of("legacy", "modern")) {
            assertThat(awaitRecords(topics, conflicts(master)))
                    .singleElement()
                    .satisfies(record -> assertThat(new String(record.value(), UTF_8))
                            .contains("CONFLICT", "Overruled", "timestamp:legacy,modern"));
        }
    }

    private void deadLetter(Topics topics) {
        pair.legacy().run("INSERT INTO IT_MEMBER VALUES (2, '" + LONG_NAME + "', NULL)");
        pair.legacy().run("INSERT INTO IT_MEMBER VALUES (3, 'Cid', NULL)");
        ConsumerRecord<byte[], byte[]> letter =
                awaitRecords(topics, DEAD_LETTERS).get(0);
        assertThat(header(letter, "__connect.errors.exception.message"))
                .contains("cannot apply 2", "does not fit")
                .doesNotContain(LONG_NAME);
        await("what comes behind it is applied")
                .atMost(Await.LIMIT)
                .until(() -> pair.modern().query("SELECT name FROM it_member WHERE id = 3"), "Cid"::equals);

        members.alter("modern", "ALTER TABLE it_member ALTER COLUMN name TYPE varchar(100)");
        topics.put(header(letter, "__connect.errors.topic"), letter.key(), letter.value());
        members.awaitBoth("1 Winner -, 2 " + LONG_NAME + " -, 3 Cid -");
    }

    private static String header(ConsumerRecord<byte[], byte[]> letter, String name) {
        return new String(letter.headers().lastHeader(name).value(), UTF_8);
    }

    private void uniqueValue() {
        members.withoutSinks(() -> {
            pair.legacy().run("INSERT INTO IT_MEMBER VALUES (11, 'Dan', 'd@x')", "DELETE FROM IT_MEMBER WHERE NO < 4");
            pair.modern().run("INSERT INTO it_member VALUES (12, 'Dora', 'd@x')");
        });
        for (Master master : List.of(pair.legacy(), pair.modern())) {
            await("the clash is in the ledger of " + master.id())
                    .atMost(Await.LIMIT)
                    .until(() -> ledger(master, "UNIQUE_KEY"), found -> found.startsWith("1 "));
        }
        assertThat(pair.legacy().query(LEGACY.view())).isEqualTo("11 Dan d@x");
        assertThat(pair.modern().query(MODERN.view())).isEqualTo("12 Dora d@x");

        // as the README says: one gets another value, the other one is published again
        pair.legacy().run("UPDATE IT_MEMBER SET MAIL = 'dan@x' WHERE NO = 11");
        members.alter("modern", "UPDATE tandem_member_clock SET published = 0 WHERE key_id = 12");

        members.awaitBoth("11 Dan dan@x, 12 Dora d@x");
    }
}
