package io.tandem.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.tandem.distribution.TestAggregate.Side;
import io.tandem.examples.ExamplePair;
import io.tandem.examples.Master;
import io.tandem.testbed.ConnectRestException;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Whatever goes wrong, neither the worker's log nor a trace that Connect's REST interface shows holds a value of a row or a
 * password. Keys they may hold.
 */
@ExtendWith(PairExtension.class)
class SecretsIT {

    /** Part of every value of every row but the key. */
    private static final String CANARY = "c4n4ry";

    private static final String WRONG_PASSWORD = "c4n4ry-password";

    private static final String CANONICAL = """
            {"type": "record", "name": "Secret", "namespace": "test.secrets", "key": ["id"], "fields": [
              {"name": "id", "type": "int"},
              {"name": "name", "type": ["null", "string"]},
              {"name": "code", "type": "string"}]}
            """;

    private static final Side LEGACY = side(
            "legacy",
            "SE_SECRET",
            "SELECT COALESCE(GROUP_CONCAT(CONCAT(id, ' ', COALESCE(name, 'null'), ' ', code) ORDER BY id), '') "
                    + "FROM SE_SECRET",
            "ENGINE=InnoDB");
    private static final Side MODERN = side(
            "modern",
            "se_secret",
            "SELECT COALESCE(string_agg(concat(id, ' ', COALESCE(name, 'null'), ' ', code), ',' ORDER BY id), '') "
                    + "FROM se_secret",
            "");

    private final ExamplePair pair;
    private final List<String> shown = new ArrayList<>();
    private int items;

    SecretsIT(ExamplePair pair) {
        this.pair = pair;
    }

    private static Side side(String master, String table, String view, String engine) {
        return new Side(
                """
                {"aggregate": "secret", "master": "%s", "fields": [
                  {"field": "id", "column": "id"},
                  {"field": "name", "column": "name"},
                  {"field": "code", "column": "code"}]}
                """.formatted(master),
                Map.of("aggregate.root", table, "sink.foreign.key.wait.ms", "0"),
                view,
                List.of("CREATE TABLE " + table + " (id INT PRIMARY KEY, name VARCHAR(60), code VARCHAR(60) NOT NULL) "
                        + engine));
    }

    /** What a table may refuse, how it comes to do so, how it comes to take it again, and what the other master writes. */
    private record Refusal(String name, String begin, String end, String value) {}

    private static List<Refusal> refusals(String master) {
        boolean legacy = master.equals("legacy");
        String longName = "'" + CANARY + "-long-long-long-long-long-long'";
        String plain = "'" + CANARY + "-plain'";
        String table = legacy ? "SE_SECRET" : "se_secret";
        String alter = "ALTER TABLE " + table + " ";
        return List.of(
                new Refusal(
                        "a check",
                        alter + "ADD CONSTRAINT short CHECK (name IS NULL OR CHAR_LENGTH(name) < 30)",
                        alter + "DROP CONSTRAINT short",
                        longName),
                new Refusal(
                        "a column that is too short",
                        alter + (legacy ? "MODIFY name VARCHAR(20)" : "ALTER COLUMN name TYPE varchar(20)"),
                        alter + (legacy ? "MODIFY name VARCHAR(60)" : "ALTER COLUMN name TYPE varchar(60)"),
                        longName),
                new Refusal(
                        "NOT NULL",
                        alter + (legacy ? "MODIFY name VARCHAR(60) NOT NULL" : "ALTER COLUMN name SET NOT NULL"),
                        alter + (legacy ? "MODIFY name VARCHAR(60)" : "ALTER COLUMN name DROP NOT NULL"),
                        "NULL"),
                new Refusal(
                        "a trigger of the application",
                        legacy
                                ? "CREATE TRIGGER se_raise BEFORE INSERT ON SE_SECRET FOR EACH ROW BEGIN "
                                        + "SET @words = CONCAT('I do not like ', NEW.name); "
                                        + "SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = @words; END"
                                : "CREATE FUNCTION se_raise() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RAISE EXCEPTION "
                                        + "'I do not like %', NEW.name USING ERRCODE = 'XX123'; END$$; "
                                        + "CREATE TRIGGER se_raise BEFORE INSERT ON se_secret FOR EACH ROW "
                                        + "EXECUTE FUNCTION se_raise()",
                        legacy ? "DROP TRIGGER se_raise" : "DROP TRIGGER se_raise ON se_secret",
                        plain));
    }

    @Test
    void no_value_of_a_row_and_no_password_gets_out() throws Exception {
        try (TestAggregate secrets = TestAggregate.start(pair, "secret", CANONICAL, LEGACY, MODERN)) {
            insert(pair.legacy(), "'" + CANARY + "-plain'");
            secrets.awaitBoth(pair.legacy().query(LEGACY.view()));
            for (Master writer : List.of(pair.legacy(), pair.modern())) {
                String other = pair.peer(writer).id();
                for (Refusal refusal : refusals(other)) {
                    secrets.alter(other, refusal.begin());
                    insert(writer, refusal.value());

                    shown.add(secrets.awaitFailure(other, "sink"));

                    secrets.alter(other, refusal.end());
                    secrets.restart(other, "sink");
                    secrets.awaitBoth(writer.query(view(writer)));
                    writer.run("DELETE FROM " + table(writer) + " WHERE id = " + items);
                    secrets.awaitBoth(writer.query(view(writer)));
                }
                uniqueValue(secrets, writer, pair.peer(writer));
            }
            conflict(secrets);
            lostConnections(secrets);
            wrongPassword();
        }

        assertThat(shown).hasSizeGreaterThan(8).noneMatch(text -> text.contains(CANARY));
        assertThat(Files.readAllLines(pair.worker().log())).noneMatch(line -> line.contains(CANARY));
    }

    /** That fails no task, but the ledger and the log tell of it. */
    private void uniqueValue(TestAggregate secrets, Master writer, Master other) {
        secrets.alter(other.id(), "CREATE UNIQUE INDEX se_unique ON " + table(other) + " (name)");
        insert(writer, "'" + CANARY + "-plain'");
        await("the clash is in the ledger")
                .atMost(Await.LIMIT)
                .until(
                        () -> other.query("SELECT COUNT(*) FROM tandem_secret_ledger WHERE kind = 'UNIQUE_KEY'"),
                        "1"::equals);
        secrets.alter(other.id(), "DROP INDEX se_unique" + (other.id().equals("legacy") ? " ON " + table(other) : ""));
        writer.run("DELETE FROM " + table(writer) + " WHERE id = " + items);
        secrets.awaitBoth(writer.query(view(writer)));
    }

    private static String view(Master master) {
        return master.id().equals("legacy") ? LEGACY.view() : MODERN.view();
    }

    private static String table(Master master) {
        return master.id().equals("legacy") ? "SE_SECRET" : "se_secret";
    }

    private void insert(Master master, String name) {
        master.run("INSERT INTO " + table(master) + " (id, name, code) VALUES (" + ++items + ", " + name + ", '"
                + CANARY + "')");
    }

    private void conflict(TestAggregate secrets) throws IOException {
        for (Master master : List.of(pair.legacy(), pair.modern())) {
            secrets.pause(master.id(), "sink");
        }
        for (Master master : List.of(pair.legacy(), pair.modern())) {
            master.run("UPDATE " + table(master) + " SET name = '" + CANARY + "-" + master.id() + "' WHERE id = 1");
        }
        for (Master master : List.of(pair.legacy(), pair.modern())) {
            secrets.resume(master.id(), "sink");
        }
        await("a conflict is logged")
                .atMost(Await.LIMIT)
                .until(() -> Files.readString(pair.worker().log()).contains("CONFLICT secret 1"));
    }

    /** In the midst of writing, on both sides. */
    private void lostConnections(TestAggregate secrets) {
        for (int round = 0; round < 3; round++) {
            for (Master master : List.of(pair.legacy(), pair.modern())) {
                master.run("UPDATE " + table(master) + " SET name = concat('" + CANARY + "', id, '-" + round + "')");
                secrets.endSessions(master.id());
            }
        }
        await("nothing is left to do")
                .atMost(Await.LIMIT)
                .until(() ->
                        pair.legacy().query(LEGACY.view()).equals(pair.modern().query(MODERN.view())));
    }

    private void wrongPassword() {
        for (String connector : List.of("customer-legacy-source", "customer-modern-sink")) {
            Map<String, String> settings = new HashMap<>(pair.settings(connector));
            settings.put("connection.password", WRONG_PASSWORD);
            settings.put("name", connector + "-wrong");
            shown.add(CheckAnswer.of(pair, settings));
            assertThat(shown.get(shown.size() - 1)).contains("the database refuses the user");
            ConnectRestException refusal = catchThrowableOfType(
                    ConnectRestException.class, () -> pair.rest().put(connector + "-wrong", settings));
            shown.add(String.valueOf(refusal.getMessage()));
        }
    }
}
