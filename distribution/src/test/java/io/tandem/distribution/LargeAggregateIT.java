package io.tandem.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tandem.examples.ExamplePair;
import io.tandem.examples.Master;
import java.io.IOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** An aggregate of ten thousand child rows, which Kafka takes as a rule, and what happens if it does not. */
@ExtendWith(PairExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LargeAggregateIT {

    private static final String SOURCE = "large-legacy-source";
    private static final String LINES = "10000";
    private static final String REFUSED = "UNDELIVERED large: 1 records did not reach Kafka";
    // takes all that the tests send but the large one
    private static final Map<String, String> LIMIT = Map.of("producer.override.max.request.size", "20000");

    private final ExamplePair pair;
    private TestAggregate items;
    private Map<String, String> settings;

    LargeAggregateIT(ExamplePair pair) {
        this.pair = pair;
    }

    @BeforeAll
    void start() {
        ChangingItem item = ChangingItem.of("large");
        items = TestAggregate.start(pair, item.name(), item.canonical(), item.legacy(), item.modern());
        settings = pair.rest().config(SOURCE);
        // not as the application, which has no right to the server's sequences
        items.alter(
                "legacy",
                "INSERT INTO SC_LARGE (ID, NAME) VALUES (1, 'l1')",
                "INSERT INTO SC_LARGE_LINE (ITEM_ID, NO, TEXT) SELECT 1, seq, 'a' FROM seq_1_to_" + LINES);
        shows(pair.modern(), "SELECT COUNT(*) FROM sc_large_line WHERE text = 'a'", LINES);
    }

    @AfterAll
    void stop() {
        items.close();
    }

    private static void shows(Master master, String query, String expected) {
        await(master.id() + " shows " + expected)
                .atMost(Await.LIMIT)
                .until(() -> master.query(query), expected::equals);
    }

    private void configure(Map<String, String> more) {
        Map<String, String> changed = new HashMap<>(settings);
        changed.putAll(more);
        pair.rest().put(SOURCE, changed);
        await("the source runs with other settings")
                .atMost(Await.LIMIT)
                .until(() -> pair.rest().config(SOURCE).equals(changed)
                        && pair.rest().status(SOURCE).isRunning());
    }

    /** Waits for a line of the log that says this of the large aggregate alone, with its size and what to do. */
    private void workerSays(String beginning) {
        await("the worker's log has a line that begins with " + beginning)
                .atMost(Await.LIMIT)
                .untilAsserted(() -> assertThat(log())
                        .anySatisfy(line -> assertThat(line)
                                .containsPattern(Pattern.quote(beginning) + ", 1 \\(about [1-9]\\d{4,5} bytes\\)")
                                .contains("producer.override.max.request.size")));
    }

    private List<String> log() throws IOException {
        return Files.readAllLines(pair.worker().log());
    }

    @Test
    void passes_both_ways_within_the_default_limits() {
        pair.modern().run("UPDATE sc_large_line SET text = 'b'");

        shows(pair.legacy(), "SELECT COUNT(*) FROM SC_LARGE_LINE WHERE TEXT = 'b'", LINES);
    }

    @Test
    void one_that_kafka_refuses_is_named_and_others_go_on_if_errors_are_tolerated() throws IOException {
        Map<String, String> tolerant = new HashMap<>(LIMIT);
        tolerant.put("errors.tolerance", "all");
        configure(tolerant);
        pair.legacy()
                .run(
                        "UPDATE SC_LARGE SET NAME = 'l2' WHERE ID = 1",
                        "INSERT INTO SC_LARGE (ID, NAME) VALUES (2, 'small')");

        shows(pair.modern(), "SELECT name FROM sc_large WHERE id = 2", "small");
        workerSays(REFUSED);
        pair.legacy().run("INSERT INTO SC_LARGE (ID, NAME) VALUES (3, 'small')");
        shows(pair.modern(), "SELECT name FROM sc_large WHERE id = 3", "small");
        assertThat(pair.modern().query("SELECT name FROM sc_large WHERE id = 1"))
                .isNotEqualTo("l2");
        // again after half a minute, and then after twice as long each time; not at every poll
        assertThat(log()).filteredOn(line -> line.contains(REFUSED)).hasSizeLessThan(4);

        configure(Map.of());
        shows(pair.modern(), "SELECT name FROM sc_large WHERE id = 1", "l2");
    }

    @Test
    void one_that_kafka_refuses_ends_the_task_and_is_named_if_errors_are_not_tolerated() {
        configure(LIMIT);
        pair.legacy().run("UPDATE SC_LARGE SET NAME = 'l3' WHERE ID = 1");

        assertThat(items.awaitFailure("legacy", "source")).contains("RecordTooLargeException");
        workerSays("UNDELIVERED large: the task stops, and Kafka has not acknowledged 1 records");
        pair.legacy().run("INSERT INTO SC_LARGE (ID, NAME) VALUES (4, 'small')");

        configure(Map.of());
        shows(pair.modern(), "SELECT name FROM sc_large WHERE id = 1", "l3");
        shows(pair.modern(), "SELECT name FROM sc_large WHERE id = 4", "small");
    }
}
