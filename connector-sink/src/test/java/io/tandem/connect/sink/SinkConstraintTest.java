package io.tandem.connect.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tandem.testbed.Vendor;
import io.tandem.testbed.fixtures.Servers;
import io.tandem.testbed.fixtures.Servers.Databases;
import io.tandem.testbed.fixtures.TestDatabase;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.RetriableException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The database refuses what arrives: for now, or for good. */
@ParameterizedClass
@EnumSource(Vendor.class)
@ExtendWith(Servers.class)
class SinkConstraintTest {

    private static final String TOO_LONG = "Wolfeschlegelsteinhausenbergerdorff";

    private final TestDatabase database;

    SinkConstraintTest(Vendor vendor, Databases databases) {
        database = databases.create(vendor).withTables();
    }

    private static Change of(long id, String name) {
        return Change.named(id, name).clock(1, 0);
    }

    /** Calls put without records until it fails. */
    private static Throwable awaitFailure(Sink sink) {
        AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        await().pollInterval(Duration.ofMillis(20)).until(() -> {
            try {
                sink.put();
            } catch (RetriableException e) {
                return false;
            } catch (ConnectException e) {
                failure.set(e);
            }
            return failure.get() != null;
        });
        return Objects.requireNonNull(failure.get());
    }

    @Test
    void what_refers_to_a_missing_row_waits_for_it_while_others_are_applied() {
        try (Sink sink = Sink.startOn(database)) {
            sink.put(of(1, "a"), of(2, "b").with("region_id", 5L).address(21, "Rome"), of(3, "c"));
            assertThat(database.customer(1)).isEqualTo("a null 7 []");
            assertThat(database.customer(2)).isEqualTo("none");
            assertThat(database.customer(3)).isEqualTo("c null 7 []");
            assertThat(sink.committable()).isOne();

            database.execute("INSERT INTO region (id) VALUES (5)");

            sink.awaitApplied();
            assertThat(database.customer(2)).isEqualTo("b null 7 [21 Rome 7]");
        }
    }

    @Test
    void a_row_that_stays_missing_ends_the_task_with_the_key() {
        try (Sink sink = Sink.startOn(database, "sink.foreign.key.wait.ms", "300")) {
            sink.put(of(4711, "Geheim").with("region_id", 5L), of(3, "c"));
            assertThat(sink.committable()).isZero();

            assertThat(awaitFailure(sink))
                    .hasMessageContaining("cannot apply 4711")
                    .hasMessageContaining("refers to is missing")
                    .hasStackTraceContaining("sink.foreign.key.wait.ms")
                    .message()
                    .doesNotContain("Geheim");
            assertThat(sink.committable()).isZero();
            assertThat(database.customer(3)).isEqualTo("c null 7 []");
        }
    }

    @Test
    void what_is_still_referred_to_is_deleted_when_it_no_longer_is() {
        database.execute("CREATE TABLE invoice (id BIGINT PRIMARY KEY, "
                + "customer_id BIGINT NOT NULL REFERENCES customer (id))");
        try (Sink sink = Sink.startOn(database)) {
            sink.apply(of(1, "a"));
            database.execute("INSERT INTO invoice (id, customer_id) VALUES (1, 1)");
            sink.put(Change.deleted(1).clock(2, 0).at(2000));
            assertThat(database.customer(1)).isEqualTo("a null 7 []");

            database.execute("DELETE FROM invoice");

            sink.awaitApplied();
            assertThat(database.customer(1)).isEqualTo("none");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 1000})
    void data_that_does_not_fit_ends_the_task_with_the_key_and_without_the_data(int batchSize) {
        try (Sink sink = Sink.startOn(database, "sink.batch.size", String.valueOf(batchSize))) {
            assertThatThrownBy(() -> sink.put(of(1, "a"), of(2, "b"), of(4711, TOO_LONG), of(4, "d"), of(5, "e")))
                    .isInstanceOf(ConnectException.class)
                    .isNotInstanceOf(RetriableException.class)
                    .hasMessageContaining("cannot apply 4711")
                    .hasMessageContaining("does not fit")
                    .satisfies(failure -> assertThat(failure).hasStackTraceContaining("4711"))
                    .satisfies(failure -> assertThat(stackTrace(failure)).doesNotContain(TOO_LONG));

            assertThat(database.customer(1)).isEqualTo("a null 7 []");
            assertThat(database.customer(2)).isEqualTo("b null 7 []");
            assertThat(database.customer(4711)).isEqualTo("none");
            assertThat(database.clock(4711)).isEqualTo("unclocked");
            // the failed put delivered nothing, so all of it is read again
            assertThat(sink.committable()).isZero();
        }
        try (Sink restarted = Sink.start(database)) {
            restarted.apply(of(1, "a"), of(2, "b"), of(4711, "short"), of(4, "d"), of(5, "e"));
            assertThat(database.number("SELECT COUNT(*) FROM customer")).isEqualTo(5);
        }
    }

    private static String stackTrace(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    @Test
    void a_child_that_moves_is_applied_whichever_aggregate_arrives_first_in_a_put() {
        try (Sink sink = Sink.startOn(database)) {
            sink.apply(of(1, "a").address(10, "Rome"), of(2, "b").address(20, "Oslo"));

            // 10 goes from 1 to 2, and 20 from 2 to 1
            sink.apply(
                    Change.named(2, "b").clock(2, 0).at(2000).address(10, "Rome"),
                    Change.named(1, "a").clock(2, 0).at(2000).address(20, "Oslo"));

            assertThat(database.customer(1)).isEqualTo("a null 7 [20 Oslo 7]");
            assertThat(database.customer(2)).isEqualTo("b null 7 [10 Rome 7]");
            assertThat(database.pending()).isZero();
        }
    }

    @Test
    void a_child_that_moves_waits_until_it_has_left_the_other_aggregate() {
        try (Sink sink = Sink.startOn(database)) {
            sink.apply(of(1, "a").address(10, "Rome"), of(2, "b").addresses());
            sink.put(Change.named(2, "b").clock(2, 0).at(2000).address(10, "Rome"));
            assertThat(database.customer(2)).isEqualTo("b null 7 []");
            assertThat(sink.committable()).isEqualTo(2);

            sink.put(Change.named(1, "a").clock(2, 0).at(2000).addresses());

            sink.awaitApplied();
            assertThat(database.customer(1)).isEqualTo("a null 7 []");
            assertThat(database.customer(2)).isEqualTo("b null 7 [10 Rome 7]");
        }
    }

    @Test
    void a_child_that_has_left_is_added_to_the_other_aggregate() {
        try (Sink sink = Sink.startOn(database)) {
            sink.apply(of(1, "a").address(10, "Rome"), of(2, "b").addresses());
            sink.apply(Change.named(1, "a").clock(2, 0).at(2000).addresses());

            sink.apply(Change.named(2, "b").clock(2, 0).at(2000).address(10, "Rome"));

            assertThat(database.customer(2)).isEqualTo("b null 7 [10 Rome 7]");
        }
    }
}
